package io.cachemigrator.migrator.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.args.Rawable;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/** A script that a server runs in one step: it is named by its SHA-1, and sent when the server does not know it. Immutable. */
final class RedisScript {
    private final byte[] source;
    private final byte[] name;

    private RedisScript(byte[] source) {
        this.source = source;
        this.name = sha1(source).getBytes(StandardCharsets.US_ASCII);
    }

    /** Of files beside this class, one after the other. */
    static RedisScript of(String... files) {
        ByteArrayOutputStream source = new ByteArrayOutputStream();
        for (String file : files) {
            try (InputStream in = RedisScript.class.getResourceAsStream(file)) {
                if (in == null) {
                    throw new IllegalStateException("The script " + file + " is missing. Repair the installation.");
                }
                source.writeBytes(in.readAllBytes());
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
        return new RedisScript(source.toByteArray());
    }

    byte[] source() {
        return source;
    }

    byte[] name() {
        return name;
    }

    /** Runs it and returns its answer. */
    Object run(Jedis redis, List<byte[]> keys, List<byte[]> arguments) {
        RedisBatch batch = new RedisBatch(redis);
        List<Rawable> all = new ArrayList<>(2 + keys.size() + arguments.size());
        all.add(RedisBatch.argument(name));
        all.add(RedisBatch.argument(String.valueOf(keys.size()).getBytes(StandardCharsets.US_ASCII)));
        all.addAll(RedisBatch.arguments(keys));
        all.addAll(RedisBatch.arguments(arguments));
        batch.send(Protocol.Command.EVALSHA, all);
        Object answer = batch.replies().get(0);
        return answer instanceof JedisNoScriptException
                ? redis.eval(source, keys, arguments)
                : RedisBatch.present(answer);
    }

    /** The SHA-1 as the server's scripts write it. Nothing here rests on its strength. */
    static String sha1(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
