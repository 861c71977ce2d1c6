package io.cachemigrator.compat.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/** A key with a certificate of its own for an address, in a PKCS 12 file, and what servers and clients need of it. */
public final class TestCertificate {
    /** Of the file. */
    public static final String PASSWORD = "changeit";

    private final Path store;

    private TestCertificate(Path store) {
        this.store = store;
    }

    /** Makes one; the file is named {@code name}. */
    public static TestCertificate make(Path folder, String name, String address)
            throws IOException, InterruptedException {
        Path store = folder.resolve(name);
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "redis",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=test",
                        "-ext",
                        "SAN=IP:" + address,
                        "-ext",
                        "BC=ca:true",
                        "-validity",
                        "30",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .inheritIO()
                .start();
        if (keytool.waitFor() != 0) {
            throw new IllegalStateException("keytool failed");
        }
        return new TestCertificate(store);
    }

    /** The file. */
    public Path store() {
        return store;
    }

    /** Settings of a server that speaks TLS with it. */
    public String[] serverSettings(int port) throws IOException, GeneralSecurityException {
        KeyStore keys = load();
        return new String[] {
            "tls-port " + port,
            "tls-cert-file "
                    + pem("cert", "CERTIFICATE", keys.getCertificate("redis").getEncoded()),
            "tls-key-file "
                    + pem(
                            "key",
                            "PRIVATE KEY",
                            keys.getKey("redis", PASSWORD.toCharArray()).getEncoded()),
            "tls-auth-clients no"
        };
    }

    /** A file with the certificate alone, which opens without a password. */
    public Path openTrustStore() throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("JKS");
        trusted.load(null, null);
        trusted.setCertificateEntry("redis", load().getCertificate("redis"));
        Path file = store.resolveSibling(store.getFileName() + ".jks");
        try (OutputStream out = Files.newOutputStream(file)) {
            trusted.store(out, PASSWORD.toCharArray());
        }
        return file;
    }

    private KeyStore load() throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    private Path pem(String name, String type, byte[] content) throws IOException {
        String text = "-----BEGIN " + type + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END "
                + type + "-----\n";
        return Files.writeString(store.resolveSibling(store.getFileName() + "." + name), text);
    }
}
