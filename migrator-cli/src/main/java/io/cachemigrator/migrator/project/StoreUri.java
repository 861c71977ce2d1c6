package io.cachemigrator.migrator.project;

import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a store is. Its text form hides user and password, so that it can be shown anywhere.
 */
public final class StoreUri {

    /** What stands behind a store URI. */
    public enum Kind {
        /** One Redis server, with or without TLS. */
        REDIS,
        /** A folder of the disk tier. */
        DISK
    }

    private static final List<String> LATER = List.of("redis-sentinel", "redis-cluster", "dump", "diskcache");
    private static final Pattern SCHEME = Pattern.compile("^([a-zA-Z][a-zA-Z0-9+.-]*):(.*)$", Pattern.DOTALL);
    private static final String ALLOWED = "redis://[user:password@]host[:port][/db], rediss://..., disk:DIR";

    private final Kind kind;
    private final @Nullable URI uri;
    private final @Nullable Path folder;

    private StoreUri(Kind kind, @Nullable URI uri, @Nullable Path folder) {
        this.kind = kind;
        this.uri = uri;
        this.folder = folder;
    }

    /**
     * Reads a URI as given on the command line.
     *
     * @param option the option it came with, for messages
     * @param base folder that a relative path is resolved against
     */
    public static StoreUri parse(String option, String text, Path base) {
        Matcher matcher = SCHEME.matcher(text);
        String scheme = matcher.matches() ? matcher.group(1).toLowerCase(Locale.ROOT) : "";
        if (LATER.contains(scheme)) {
            throw new MigratorException(
                    ErrorCode.NOT_AVAILABLE,
                    option + " names a '" + scheme + ":' store.",
                    "This version reads and writes single Redis servers and disk folders.",
                    "Use " + ALLOWED + ".");
        }
        return switch (scheme) {
            case "redis", "rediss" -> redis(option, text);
            case "disk" -> new StoreUri(Kind.DISK, null, disk(option, matcher.group(2), base));
            // the text is not repeated: without a known scheme nobody can tell where in it a password is
            default ->
                throw bad(
                        option,
                        scheme.isEmpty()
                                ? "It has no scheme such as redis://."
                                : "'" + scheme + ":' is not a scheme that this version knows.");
        };
    }

    private static Path disk(String option, String path, Path base) {
        if (path.isBlank()) {
            throw bad(option, "'disk:' names no folder.");
        }
        return base.resolve(path).normalize();
    }

    private static StoreUri redis(String option, String text) {
        try {
            URI parsed = new URI(text);
            if (parsed.getHost() == null) {
                throw bad(option, "It names no host.");
            }
            String path = parsed.getPath();
            if (path != null && path.length() > 1 && !path.matches("/\\d{1,5}")) {
                throw bad(option, "The database '" + path + "' is not a number.");
            }
            return new StoreUri(Kind.REDIS, parsed, null);
        } catch (URISyntaxException e) {
            // the exception's own message would repeat the URI with its password
            throw bad(option, "It is not a URI: " + e.getReason() + " at character " + e.getIndex() + ".");
        }
    }

    private static MigratorException bad(String option, String why) {
        return new MigratorException(
                ErrorCode.BAD_URI, option + " is not a store this version can use.", why, "Use " + ALLOWED + ".");
    }

    /** What stands behind it. */
    public Kind kind() {
        return kind;
    }

    /** Host of a Redis server. */
    public String host() {
        return redisUri().getHost();
    }

    /** Port of a Redis server, 6379 when not given. */
    public int port() {
        return redisUri().getPort() < 0 ? 6379 : redisUri().getPort();
    }

    /** Database number of a Redis server, 0 when not given. */
    public int database() {
        String path = redisUri().getPath();
        return path == null || path.length() < 2 ? 0 : Integer.parseInt(path.substring(1));
    }

    /** Whether TLS is used. */
    public boolean tls() {
        return redisUri().getScheme().equalsIgnoreCase("rediss");
    }

    /** User name, or null. */
    public @Nullable String user() {
        return userInfo(0);
    }

    /** Password, or null. Never shown. */
    public @Nullable String password() {
        return userInfo(1);
    }

    /** Folder of a disk store. */
    public Path folder() {
        if (folder == null) {
            throw new IllegalStateException("not a disk store: " + this);
        }
        return folder;
    }

    /** Whether both name the same server and database, as far as their texts tell. */
    public boolean samePlace(StoreUri other) {
        return toString().equals(other.toString());
    }

    private URI redisUri() {
        if (uri == null) {
            throw new IllegalStateException("not a Redis store: " + this);
        }
        return uri;
    }

    private @Nullable String userInfo(int part) {
        String raw = redisUri().getRawUserInfo();
        if (raw == null) {
            return null;
        }
        int colon = raw.indexOf(':');
        String text =
                part == 0 ? (colon < 0 ? raw : raw.substring(0, colon)) : (colon < 0 ? "" : raw.substring(colon + 1));
        return text.isEmpty() ? null : URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Replaces the user information of any URI inside a text, so that the text can be shown. */
    public static String hideSecrets(String text) {
        return text.replaceAll("(?i)([a-z][a-z0-9+.-]*://)[^\\s\"]*@", "$1***@");
    }

    @Override
    public String toString() {
        if (kind == Kind.DISK) {
            return "disk:" + folder;
        }
        return redisUri().getScheme().toLowerCase(Locale.ROOT) + "://" + host() + ":" + port() + "/" + database();
    }
}
