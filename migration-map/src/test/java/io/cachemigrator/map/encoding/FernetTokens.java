package io.cachemigrator.map.encoding;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Makes sealed values as the writers of the legacy stores did, with a time and a start vector that never change. */
public final class FernetTokens {
    private FernetTokens() {}

    public static byte[] seal(String key, byte[] content) {
        byte[] both = Base64.getUrlDecoder().decode(key);
        byte[] iv = new byte[16];
        Arrays.fill(iv, (byte) 7);
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(both, 16, 16, "AES"), new IvParameterSpec(iv));
            byte[] ciphertext = cipher.doFinal(content);
            ByteBuffer token = ByteBuffer.allocate(1 + 8 + 16 + ciphertext.length + 32);
            token.put((byte) 0x80).putLong(1_760_954_400L).put(iv).put(ciphertext);
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(both, 0, 16, "HmacSHA256"));
            mac.update(token.array(), 0, token.position());
            token.put(mac.doFinal());
            return Base64.getUrlEncoder().encodeToString(token.array()).getBytes(StandardCharsets.US_ASCII);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
