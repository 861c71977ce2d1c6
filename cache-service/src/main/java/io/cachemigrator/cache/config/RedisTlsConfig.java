package io.cachemigrator.cache.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Whom TLS connections to Redis trust, where the platform's own trust store does not do. The server's certificate must name
 * the host that is connected to. Immutable; {@link #toString()} hides the password.
 *
 * @param trustStore a key store file of certificates, PKCS 12 or JKS
 * @param trustStorePassword null = none
 */
public record RedisTlsConfig(Path trustStore, @Nullable String trustStorePassword) {
    @Override
    public String toString() {
        return "RedisTlsConfig[" + trustStore + "]";
    }
}
