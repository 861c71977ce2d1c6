package io.cachemigrator.migrator.data;

import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import io.cachemigrator.migrator.project.StoreUri;
import java.net.SocketTimeoutException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** Turns what a Redis client throws into an error that says what was tried and how to mend it. */
final class StoreErrors {
    private StoreErrors() {}

    static MigratorException explain(StoreUri uri, String role, RuntimeException e) {
        String message = String.valueOf(e.getMessage());
        String upper = message.toUpperCase(Locale.ROOT);
        if (hasCause(e, SSLException.class) || (uri.tls() && hasCause(e, SocketTimeoutException.class))) {
            return new MigratorException(
                    ErrorCode.STORE_TLS,
                    "No secure connection to the " + role + " store " + uri + ".",
                    rootMessage(e),
                    "Use redis:// if the server speaks no TLS; else make Java trust its certificate"
                            + " (-Djavax.net.ssl.trustStore in JAVA_TOOL_OPTIONS).",
                    e);
        }
        if (upper.contains("WRONGPASS")
                || upper.contains("NOAUTH")
                || upper.contains("AUTH FAILED")
                || upper.contains("WITHOUT ANY PASSWORD")
                || upper.contains("INVALID PASSWORD")) {
            return new MigratorException(
                    ErrorCode.STORE_DENIED,
                    "The " + role + " store " + uri + " refuses the login.",
                    upper.contains("NOAUTH") ? "It asks for a password." : "User or password is wrong.",
                    "Give user and password in the URI, best through a variable in migrator.yml: redis://:${REDIS_PASSWORD}@"
                            + uri.host() + ".",
                    e);
        }
        if (upper.contains("NOPERM")) {
            return new MigratorException(
                    ErrorCode.STORE_FORBIDS,
                    "The " + role + " store " + uri + " forbids a command that is needed.",
                    message,
                    "Grant it: `migrator check` lists every command that a migration needs.",
                    e);
        }
        if (upper.startsWith("OOM") || upper.contains("MAXMEMORY")) {
            return new MigratorException(
                    ErrorCode.TARGET_FULL,
                    "The " + role + " store " + uri + " is out of memory.",
                    message,
                    "Raise its maxmemory, then run `migrator migrate --resume`.",
                    e);
        }
        return connection(uri, role, e, message);
    }

    private static MigratorException connection(StoreUri uri, String role, RuntimeException e, String message) {
        if (e instanceof JedisConnectionException) {
            String hint = uri.tls() ? "" : " and whether it wants TLS (rediss://)";
            return new MigratorException(
                    ErrorCode.STORE_UNREACHABLE,
                    "The " + role + " store " + uri + " does not answer.",
                    rootMessage(e),
                    "Check that the server runs, its host and port" + hint + ", then run the command again.",
                    e);
        }
        return new MigratorException(
                ErrorCode.STORE_UNREACHABLE,
                "The " + role + " store " + uri + " answered with an error.",
                message,
                "Mend the server, then run the command again.",
                e);
    }

    private static boolean hasCause(Throwable e, Class<? extends Throwable> type) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
            for (Throwable suppressed : cause.getSuppressed()) {
                if (type.isInstance(suppressed)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        Throwable shown = root;
        if (root.getMessage() != null && root.getMessage().startsWith("Failed to connect")) {
            for (Throwable suppressed : root.getSuppressed()) {
                shown = suppressed;
            }
        }
        return StoreUri.hideSecrets(shown.getClass().getSimpleName() + ": " + shown.getMessage());
    }
}
