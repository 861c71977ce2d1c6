package io.cachemigrator.cache.tier.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** The scripts that run on the server, each one atomic step there. */
enum RedisScript {
    PUT,
    DELETE,
    EXISTS,
    EXPIRE,
    INCREMENT,
    INVALIDATE,
    SWEEP,
    LEASE(false),
    RELEASE(false);

    private final String source;
    private final String sha1;

    RedisScript() {
        this(true);
    }

    RedisScript(boolean readsEntries) {
        this.source = (readsEntries ? read("entry") : "") + read(name().toLowerCase(Locale.ROOT));
        this.sha1 = sha1Of(source);
    }

    byte[] source() {
        return source.getBytes(StandardCharsets.UTF_8);
    }

    byte[] sha1() {
        return sha1.getBytes(StandardCharsets.US_ASCII);
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
    private static String sha1Of(String source) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(source.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
