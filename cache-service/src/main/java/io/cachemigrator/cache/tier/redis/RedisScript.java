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
    PUT("server", "put"),
    PUT_IF("server", "entry", "records", "live", "put"),
    DELETE("server", "entry", "records", "live", "delete"),
    EXISTS("server", "entry", "records", "live", "exists"),
    EXPIRE("server", "entry", "records", "live", "expire"),
    INCREMENT("server", "entry", "records", "live", "increment"),
    INVALIDATE("server", "entry", "records", "invalidate"),
    SWEEP("server", "entry", "records", "live", "sweep"),
    REMOVE("server", "entry", "records", "remove"),
    REPLAY("server", "entry", "records", "replay"),

    // for one entry in a cluster
    CLUSTER_PUT("cluster", "put"),
    CLUSTER_PUT_IF("cluster", "entry", "judged", "live", "put"),
    CLUSTER_DELETE("cluster", "entry", "judged", "live", "delete"),
    CLUSTER_EXISTS("cluster", "entry", "judged", "live", "exists"),
    CLUSTER_EXPIRE("cluster", "entry", "judged", "live", "expire"),
    CLUSTER_INCREMENT("cluster", "entry", "judged", "live", "increment"),
    CLUSTER_REPLAY("cluster", "entry", "judged", "replay"),
    CLUSTER_UNCHANGED("cluster", "entry", "unchanged"),
    // on the server of the records in a cluster
    META("server", "meta"),
    INDEX("server", "entry", "records", "index"),

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
