package io.cachemigrator.cache.tier.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;

/** The scripts that run on the server, each one atomic step there. */
enum RedisScript {
    /** Without conditions and tag indexes, which need to know more of entries: the server reads less. */
    SET("server", "told", "set"),
    PUT_IF("server", "told", "stamps", "entry", "records", "live", "put"),
    APPLY("server", "told", "stamps", "entry", "records", "apply"),
    DELETE("server", "told", "stamps", "entry", "records", "live", "delete"),
    EXISTS("server", "told", "stamps", "entry", "records", "live", "exists"),
    EXPIRE("server", "told", "stamps", "entry", "records", "live", "expire"),
    INCREMENT("server", "told", "stamps", "entry", "records", "live", "increment"),
    INVALIDATE("server", "told", "stamps", "entry", "records", "invalidate"),
    SWEEP("server", "told", "stamps", "entry", "records", "live", "sweep"),
    REMOVE("server", "told", "stamps", "entry", "records", "remove"),
    REPLAY("server", "told", "stamps", "entry", "records", "replay"),
    FENCE("server", "told", "stamps", "entry", "records", "fence"),

    // for one entry in a cluster
    CLUSTER_PUT_IF("cluster", "stamps", "entry", "judged", "live", "put"),
    CLUSTER_APPLY("cluster", "stamps", "entry", "judged", "apply"),
    CLUSTER_DELETE("cluster", "stamps", "entry", "judged", "live", "delete"),
    CLUSTER_EXISTS("cluster", "stamps", "entry", "judged", "live", "exists"),
    CLUSTER_EXPIRE("cluster", "stamps", "entry", "judged", "live", "expire"),
    CLUSTER_INCREMENT("cluster", "stamps", "entry", "judged", "live", "increment"),
    CLUSTER_REPLAY("cluster", "stamps", "entry", "judged", "replay"),
    CLUSTER_UNCHANGED("cluster", "stamps", "entry", "unchanged"),
    // on the server of the records in a cluster
    META("server", "told", "stamps", "entry", "records", "meta"),
    SINCE("server", "told", "stamps", "entry", "records", "since"),
    INDEX("server", "told", "stamps", "entry", "records", "index"),

    MARK("mark"),
    LEASE("lease"),
    RELEASE("release"),
    TIME("time");

    @SuppressWarnings("ImmutableEnumChecker") // handed to the client with every call, and never changed
    private final byte[] source;

    @SuppressWarnings("ImmutableEnumChecker") // as above
    private final byte[] sha1;

    RedisScript(String... parts) {
        String text = Arrays.stream(parts).map(RedisScript::read).collect(Collectors.joining());
        this.source = text.getBytes(StandardCharsets.UTF_8);
        this.sha1 = sha1Of(source);
    }

    byte[] source() {
        return source;
    }

    byte[] sha1() {
        return sha1;
    }

    private static String read(String name) {
        try (InputStream in = RedisScript.class.getResourceAsStream(name + ".lua")) {
            if (in == null) {
                throw new IllegalStateException("The script " + name + ".lua is missing. Repair the installation.");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8) + "\n";
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Redis names scripts by their SHA-1; nothing here rests on its strength. */
    private static byte[] sha1Of(byte[] source) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(source);
            return HexFormat.of().formatHex(digest).getBytes(StandardCharsets.US_ASCII);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
