package io.cachemigrator.cache.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Whom TLS connections to Redis trust, and who they say they are. Immutable; {@link #toString()} hides the passwords. Files
 * are read when a tier opens its connections: a file that is replaced while it runs counts from the next opening on.
 *
 * @param trustStore a key store file of certificates, PKCS 12 or JKS; null = the platform's trust store
 * @param trustStorePassword null = none
 * @param keyStore a key store file with the key and certificate that a server asks clients for; null = none
 * @param keyStorePassword null = none
 * @param verifyHostName whether the server's certificate must name the host that is connected to
 */
public record RedisTlsConfig(
        @Nullable Path trustStore,
        @Nullable String trustStorePassword,
        @Nullable Path keyStore,
        @Nullable String keyStorePassword,
        boolean verifyHostName) {

    /** The platform's trust store, no key, and certificates must name the host. */
    public static final RedisTlsConfig DEFAULTS = new RedisTlsConfig(null, null, null, null, true);

    /** Trusts the certificates of a file, which must name the host. */
    public RedisTlsConfig(Path trustStore, @Nullable String trustStorePassword) {
        this(trustStore, trustStorePassword, null, null, true);
    }

    @Override
    public String toString() {
        return "RedisTlsConfig[trustStore=" + trustStore + ", keyStore=" + keyStore + ", verifyHostName="
                + verifyHostName + "]";
    }
}
