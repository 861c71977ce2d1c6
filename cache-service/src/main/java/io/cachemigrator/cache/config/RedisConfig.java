package io.cachemigrator.cache.config;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How Redis is reached. Immutable; {@link #toString()} hides passwords.
 *
 * <p>The URI's scheme tells the {@link RedisTopology topology}, and an {@code s} in {@code rediss} asks for TLS:
 *
 * <ul>
 *   <li>{@code redis://user:password@host:6379/0}
 *   <li>{@code redis-sentinel://host1:26379,host2:26379/master-name/0}
 *   <li>{@code redis-cluster://host1:7000,host2:7001}
 * </ul>
 *
 * @param uri user and password may stand in it
 * @param username ACL user, overrides the URI's; null = the URI's or none
 * @param password overrides the URI's; null = the URI's or none
 * @param poolSize 1 to 1,000 connections, in a cluster to each server
 * @param connectTimeout positive
 * @param socketTimeout positive
 * @param outage what is done while Redis does not answer
 * @param tls whom TLS connections trust, and who they say they are; null = the platform's trust store, and nobody
 * @param sentinel whom Sentinels admit; null = anybody. The servers that they name are logged in to by {@code username} and
 *     {@code password}
 */
public record RedisConfig(
        URI uri,
        @Nullable String username,
        @Nullable String password,
        int poolSize,
        Duration connectTimeout,
        Duration socketTimeout,
        RedisOutageConfig outage,
        @Nullable RedisTlsConfig tls,
        @Nullable RedisLogin sentinel) {

    private static final int REDIS_PORT = 6379;
    private static final int SENTINEL_PORT = 26379;

    /** With the defaults for outages and trust. */
    public RedisConfig(
            URI uri,
            @Nullable String username,
            @Nullable String password,
            int poolSize,
            Duration connectTimeout,
            Duration socketTimeout) {
        this(uri, username, password, poolSize, connectTimeout, socketTimeout, RedisOutageConfig.DEFAULTS, null, null);
    }

    /** Reached by URI, with 10 connections and timeouts of 2 and 5 seconds. */
    public static RedisConfig of(String uri) {
        return new RedisConfig(URI.create(uri), null, null, 10, Duration.ofSeconds(2), Duration.ofSeconds(5));
    }

    /** A copy with other timeouts. */
    public RedisConfig withTimeouts(Duration connect, Duration socket) {
        return new RedisConfig(uri, username, password, poolSize, connect, socket, outage, tls, sentinel);
    }

    /** A copy with another number of connections. */
    public RedisConfig withPoolSize(int connections) {
        return new RedisConfig(
                uri, username, password, connections, connectTimeout, socketTimeout, outage, tls, sentinel);
    }

    /** A copy that logs in as another ACL user; null = the URI's, or none. */
    public RedisConfig withLogin(@Nullable String user, @Nullable String secret) {
        return new RedisConfig(uri, user, secret, poolSize, connectTimeout, socketTimeout, outage, tls, sentinel);
    }

    /** A copy that logs in to Sentinels; null = it does not. */
    public RedisConfig withSentinelLogin(@Nullable RedisLogin login) {
        return new RedisConfig(uri, username, password, poolSize, connectTimeout, socketTimeout, outage, tls, login);
    }

    /** A copy that does otherwise while Redis does not answer. */
    public RedisConfig withOutage(RedisOutageConfig newOutage) {
        return new RedisConfig(
                uri, username, password, poolSize, connectTimeout, socketTimeout, newOutage, tls, sentinel);
    }

    /** A copy that trusts other servers. */
    public RedisConfig withTls(@Nullable RedisTlsConfig newTls) {
        return new RedisConfig(
                uri, username, password, poolSize, connectTimeout, socketTimeout, outage, newTls, sentinel);
    }

    /** Whether another configuration reaches the same data, perhaps in another way. */
    public boolean reachesTheSameAs(RedisConfig other) {
        return topology() == other.topology()
                && Set.copyOf(hosts()).equals(Set.copyOf(other.hosts()))
                && Objects.equals(masterName(), other.masterName())
                && database() == other.database();
    }

    /** How the servers work together, by the URI's scheme; standalone when it is none of ours. */
    public RedisTopology topology() {
        String scheme = String.valueOf(uri.getScheme());
        return Arrays.stream(RedisTopology.values())
                .filter(each -> each.hasScheme(scheme))
                .findFirst()
                .orElse(RedisTopology.STANDALONE);
    }

    /** Whether connections use TLS. */
    public boolean isSecured() {
        return String.valueOf(uri.getScheme()).startsWith("rediss");
    }

    /** The servers that the URI names, each {@code host:port}; for Sentinel the Sentinels. */
    public List<String> hosts() {
        String authority = authority();
        int port = topology() == RedisTopology.SENTINEL ? SENTINEL_PORT : REDIS_PORT;
        return authority.isEmpty()
                ? List.of()
                : Arrays.stream(authority.split(",", -1))
                        .map(host -> host.matches(".*:[0-9]+") ? host : host + ":" + port)
                        .toList();
    }

    /** The name that Sentinels know the master by; null where there is none. */
    public @Nullable String masterName() {
        return topology() == RedisTopology.SENTINEL && segments().length > 0 ? segments()[0] : null;
    }

    /** The number of the database; 0 unless the URI names one. */
    public int database() {
        String[] segments = segments();
        int at = topology() == RedisTopology.SENTINEL ? 1 : 0;
        return segments.length > at ? Integer.parseInt(segments[at]) : 0;
    }

    /** User and password in the URI, still encoded; null when there are none. */
    public @Nullable String rawUserInfo() {
        @Nullable String raw = uri.getRawAuthority();
        int at = raw == null ? -1 : raw.lastIndexOf('@');
        return raw == null || at < 0 ? null : raw.substring(0, at);
    }

    private String authority() {
        @Nullable String raw = uri.getRawAuthority();
        return raw == null ? "" : raw.substring(raw.lastIndexOf('@') + 1);
    }

    /** The parts of the path. */
    String[] segments() {
        @Nullable String path = uri.getPath();
        return path == null || path.length() < 2
                ? new String[0]
                : path.substring(1).split("/", -1);
    }

    /** The URI without user information, for people. */
    public String displayUri() {
        String path = uri.getPath() == null ? "" : uri.getPath();
        return uri.getScheme() + "://" + String.join(",", hosts()) + path;
    }

    @Override
    public String toString() {
        return "RedisConfig[" + displayUri() + ", poolSize=" + poolSize + "]";
    }
}
