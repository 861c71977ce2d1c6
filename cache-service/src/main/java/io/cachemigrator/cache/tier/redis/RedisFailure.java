package io.cachemigrator.cache.tier.redis;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/** Kinds of failures, of which only some say that the server is out of order. */
enum RedisFailure {
    /** No connection, no answer in time, or an answer that it cannot serve now. */
    UNREACHABLE,
    /** All connections of the pool were in use. */
    EXHAUSTED,
    /** The server answered with an error. */
    REFUSED;

    private static final Set<String> OUT_OF_ORDER =
            Set.of("LOADING", "BUSY", "MASTERDOWN", "CLUSTERDOWN", "TRYAGAIN", "READONLY", "LATE");

    private static final Pattern CODE = Pattern.compile("^(?:ERR .*@user_script: ?\\d+: -?)?([A-Z]{2,20})\\b");

    static RedisFailure of(JedisException failure) {
        if (failure instanceof JedisDataException) {
            return OUT_OF_ORDER.contains(codeOf(failure)) ? UNREACHABLE : REFUSED;
        }
        if (hasCause(failure, NoSuchElementException.class) && !hasCause(failure, IOException.class)) {
            return EXHAUSTED;
        }
        return failure instanceof JedisConnectionException || hasCause(failure, IOException.class)
                ? UNREACHABLE
                : hasCause(failure, JedisDataException.class) ? REFUSED : UNREACHABLE;
    }

    /** Whether a connection broke: not when there was no answer in time, as asking again would only take as long again. */
    static boolean isDisconnect(JedisException failure) {
        return hasCause(failure, JedisConnectionException.class) && !hasCause(failure, SocketTimeoutException.class);
    }

    /** Whether a cluster's server has sent the caller to another one. */
    static boolean isRedirection(JedisException failure) {
        return hasCause(failure, JedisRedirectionException.class);
    }

    /** Whether a script came too late, by the estimate of the server's time that it was given. */
    static boolean isLate(@Nullable Throwable failure) {
        return failure instanceof JedisDataException && codeOf(failure).equals("LATE");
    }

    /** A line without the server's own text, which may quote keys and values; only its code is told. */
    String reason(JedisException failure, String server) {
        return switch (this) {
            case UNREACHABLE ->
                failure instanceof JedisDataException
                        ? server + " cannot serve now: " + codeOf(failure)
                        : server + " does not answer: "
                                + rootOf(failure).getClass().getSimpleName();
            case EXHAUSTED -> "all pooled connections to " + server + " are in use";
            case REFUSED -> server + " refused: " + codeOf(rootOf(failure));
        };
    }

    /** The first word of the server's error; of an error inside a script, the first word of that one. */
    private static String codeOf(Throwable failure) {
        Matcher code = CODE.matcher(String.valueOf(failure.getMessage()));
        return code.find() ? code.group(1) : "ERR";
    }

    private static boolean hasCause(Throwable failure, Class<?> kind) {
        return causes(failure).stream().anyMatch(kind::isInstance);
    }

    private static Throwable rootOf(Throwable failure) {
        List<Throwable> causes = causes(failure);
        return causes.get(causes.size() - 1);
    }

    /**
     * A failure and all its causes. A cluster's client hangs the reason on beside the cause, and a pipeline that fails again
     * when it is closed may make a circle.
     */
    private static List<Throwable> causes(Throwable failure) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Throwable> causes = new ArrayList<>();
        Deque<Throwable> open = new ArrayDeque<>(List.of(failure));
        while (!open.isEmpty()) {
            Throwable next = open.removeFirst();
            if (seen.add(next)) {
                causes.add(next);
                if (next.getCause() != null) {
                    open.add(next.getCause());
                }
                open.addAll(Arrays.asList(next.getSuppressed()));
            }
        }
        return causes;
    }
}
