package io.cachemigrator.cache.contract;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;

/** TLS in front of a server on this machine, with a certificate of its own for one address. */
public final class TlsEntrance implements AutoCloseable {
    private static final String PASSWORD = "changeit";

    private final Path keyStore;
    private final ServerSocket entrance;
    private final int target;

    /**
     * Started.
     *
     * @param folder where its key store goes
     * @param name what the certificate names, such as {@code ip:127.0.0.1}
     */
    public TlsEntrance(Path folder, String name, int target) throws Exception {
        this(folder, name, target, false);
    }

    /**
     * Started.
     *
     * @param asksForKeys whether clients must show a certificate that this entrance trusts: its own
     */
    public TlsEntrance(Path folder, String name, int target, boolean asksForKeys) throws Exception {
        this.target = target;
        this.keyStore = folder.resolve("entrance.p12");
        keytool("-genkeypair", "-alias", "entrance", "-keyalg", "EC", "-dname", "CN=test", "-ext", "SAN=" + name);
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keyStore)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(keys);
        context.init(managers.getKeyManagers(), trusted.getTrustManagers(), null);
        entrance = context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        ((SSLServerSocket) entrance).setNeedClientAuth(asksForKeys);
        start(this::accept);
    }

    private void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", keyStore.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IllegalStateException(said);
        }
    }

    /** Its port. */
    public int port() {
        return entrance.getLocalPort();
    }

    /** The file whose certificate clients must trust. */
    public Path trustStore() {
        return keyStore;
    }

    /** The password of that file. */
    public String password() {
        return PASSWORD;
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket client = entrance.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                start(() -> pump(client, server));
                start(() -> pump(server, client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void pump(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException refused) {
            // the client notices too: both ends are closed
            return;
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "tls-entrance");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        entrance.close();
    }
}
