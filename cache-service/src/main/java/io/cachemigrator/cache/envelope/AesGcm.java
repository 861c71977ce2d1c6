package io.cachemigrator.cache.envelope;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.cachemigrator.cache.config.EncryptionConfig;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Encrypts payloads with AES-256-GCM; thread safe. */
final class AesGcm {
    private static final String ALGORITHM = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final int MAX_KEY_ID = 5;

    /** What encryption adds to a payload at most. */
    static final int OVERHEAD = 1 + MAX_KEY_ID + NONCE_BYTES + TAG_BYTES;

    private final String current;
    private final Map<String, SecretKey> keys = new HashMap<>();
    private final Supplier<byte[]> nonces;

    AesGcm(EncryptionConfig config) {
        this(config, randomNonces());
    }

    /** With nonces of the caller's; the same nonce twice under one key gives the key away. */
    AesGcm(EncryptionConfig config, Supplier<byte[]> nonces) {
        this.current = Integer.toString(config.currentKeyId());
        config.keys().forEach((id, key) -> keys.put(Integer.toString(id), new SecretKeySpec(key, "AES")));
        this.nonces = nonces;
    }

    private static Supplier<byte[]> randomNonces() {
        SecureRandom random = new SecureRandom();
        return () -> {
            byte[] nonce = new byte[NONCE_BYTES];
            random.nextBytes(nonce);
            return nonce;
        };
    }

    /** Key's id, nonce and ciphertext. */
    byte[] encrypt(byte[] payload, byte[] bound) {
        byte[] id = current.getBytes(US_ASCII);
        byte[] nonce = nonces.get();
        try {
            byte[] ciphertext =
                    cipher(Cipher.ENCRYPT_MODE, keys.get(current), nonce, bound).doFinal(payload);
            return ByteBuffer.allocate(1 + id.length + nonce.length + ciphertext.length)
                    .put((byte) id.length)
                    .put(id)
                    .put(nonce)
                    .put(ciphertext)
                    .array();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this Java runtime cannot encrypt with " + ALGORITHM, impossible);
        }
    }

    /** What was encrypted, if it was so under one of the keys, with the same bound bytes. */
    byte[] decrypt(byte[] stored, byte[] bound) throws EnvelopeException {
        int idLength = stored.length == 0 ? 0 : stored[0];
        int start = 1 + idLength + NONCE_BYTES;
        if (idLength < 1 || idLength > MAX_KEY_ID || stored.length < start + TAG_BYTES) {
            throw new EnvelopeException("the encrypted payload is too short, or names no key");
        }
        String id = new String(stored, 1, idLength, US_ASCII);
        @Nullable SecretKey key = keys.get(id);
        if (key == null) {
            throw new EnvelopeException("the payload is encrypted with a key that is not configured here");
        }
        byte[] nonce = new byte[NONCE_BYTES];
        System.arraycopy(stored, 1 + idLength, nonce, 0, NONCE_BYTES);
        try {
            return cipher(Cipher.DECRYPT_MODE, key, nonce, bound).doFinal(stored, start, stored.length - start);
        } catch (GeneralSecurityException changed) {
            throw new EnvelopeException(
                    "the encrypted payload was changed, moved from another id, or its key is another");
        }
    }

    private static Cipher cipher(int mode, @Nullable SecretKey key, byte[] nonce, byte[] bound)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(ALGORITHM);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * 8, nonce));
        cipher.updateAAD(bound);
        return cipher;
    }
}
