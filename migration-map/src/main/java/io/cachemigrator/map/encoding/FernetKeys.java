package io.cachemigrator.map.encoding;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Keys that open Fernet tokens, in the order in which they are tried; the first one seals. A token's seal is checked before anything of it is
 * decrypted, in constant time; its age does not matter. Never shows a key. Immutable, safe for use by many threads.
 */
public final class FernetKeys {
    /** No key: every sealed value is set aside. */
    public static final FernetKeys NONE = new FernetKeys(List.of());

    private static final String CIPHER = "AES/CBC/PKCS5Padding";
    private static final int HALF = 16;
    private static final int IV_START = 9;
    private static final int SEAL = 32;
    private static final int SHORTEST = IV_START + HALF + HALF + SEAL;
    private static final byte[] START = "gAAAAA".getBytes(StandardCharsets.US_ASCII);

    private final List<byte[]> keys;

    private FernetKeys(List<byte[]> keys) {
        this.keys = keys;
    }

    /**
     * Reads keys.
     *
     * @param texts each 32 bytes in base64url, with padding or without; white space around them does not count
     * @throws IllegalArgumentException where one is no such key; the message says which, not what it is
     */
    public static FernetKeys of(List<String> texts) {
        List<byte[]> keys = new ArrayList<>();
        for (String text : texts) {
            byte[] key = base64(text.strip());
            if (key == null || key.length != 2 * HALF) {
                throw new IllegalArgumentException("Key " + (keys.size() + 1)
                        + " is no Fernet key. Give 32 bytes in base64url, which are 44 characters.");
            }
            keys.add(key);
        }
        return keys.isEmpty() ? NONE : new FernetKeys(List.copyOf(keys));
    }

    /** Whether there is no key. */
    public boolean isEmpty() {
        return keys.isEmpty();
    }

    /** Whether a value has the form of a token: its first characters, base64url to its end, and the version. */
    public static boolean looksLike(byte[] value) {
        return token(value) != null;
    }

    private static byte @Nullable [] token(byte[] value) {
        if (value.length < START.length || !Arrays.equals(value, 0, START.length, START, 0, START.length)) {
            return null;
        }
        byte[] token = base64(new String(value, StandardCharsets.ISO_8859_1));
        return token != null && token.length >= SHORTEST && token[0] == (byte) 0x80 ? token : null;
    }

    /**
     * Opens a token.
     *
     * @param value the token's text
     * @return what it holds; null where no key fits, or the token was changed
     */
    byte @Nullable [] open(byte[] value) {
        byte[] token = token(value);
        if (token == null) {
            return null;
        }
        for (byte[] key : keys) {
            if (isSealedWith(key, token)) {
                return decrypt(key, token);
            }
        }
        return null;
    }

    /**
     * Seals content with the first key.
     *
     * @param time stands in the token in the clear, in whole seconds
     * @param random where the start vector is taken from
     * @return the token's text
     * @throws IllegalStateException if there is no key
     */
    public byte[] seal(byte[] content, Instant time, SecureRandom random) {
        if (keys.isEmpty()) {
            throw new IllegalStateException("There is no key to seal with. Give one.");
        }
        byte[] key = keys.get(0);
        byte[] iv = new byte[HALF];
        random.nextBytes(iv);
        try {
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, HALF, HALF, "AES"), new IvParameterSpec(iv));
            byte[] hidden = cipher.doFinal(content);
            ByteBuffer token = ByteBuffer.allocate(IV_START + HALF + hidden.length + SEAL);
            token.put((byte) 0x80).putLong(time.getEpochSecond()).put(iv).put(hidden);
            token.put(sealOf(key, token.array(), token.position()));
            return Base64.getUrlEncoder().encode(token.array());
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("This Java has no " + CIPHER + ". Use a complete one.", missing);
        }
    }

    private static boolean isSealedWith(byte[] key, byte[] token) {
        return MessageDigest.isEqual(
                sealOf(key, token, token.length - SEAL), Arrays.copyOfRange(token, token.length - SEAL, token.length));
    }

    private static byte[] sealOf(byte[] key, byte[] token, int length) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, 0, HALF, "HmacSHA256"));
            mac.update(token, 0, length);
            return mac.doFinal();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("This Java has no HmacSHA256. Use a complete one.", missing);
        }
    }

    private static byte @Nullable [] decrypt(byte[] key, byte[] token) {
        int start = IV_START + HALF;
        try {
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    new SecretKeySpec(key, HALF, HALF, "AES"),
                    new IvParameterSpec(token, IV_START, HALF));
            return cipher.doFinal(token, start, token.length - SEAL - start);
        } catch (GeneralSecurityException notAWholeCiphertext) {
            return null; // sealed by the key's owner all the same, and unreadable
        }
    }

    private static byte @Nullable [] base64(String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }

    @Override
    public String toString() {
        return "FernetKeys[" + keys.size() + "]";
    }
}
