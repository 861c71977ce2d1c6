package io.cachemigrator.cache.config.source;

import io.cachemigrator.cache.config.RedisConfig;
import io.cachemigrator.cache.config.RedisLogin;
import io.cachemigrator.cache.config.RedisOutageConfig;
import io.cachemigrator.cache.config.RedisTlsConfig;
import io.cachemigrator.cache.config.RedisTopology;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Binds how Redis is reached. */
final class RedisSettings {
    private static final String SECURED = "rediss";
    private static final String TLS = "redis.tls";
    private static final String TLS_DETAILS = "redis.tls.";
    private static final String URI_PATH = "redis.uri";
    private static final String NODES = "redis.nodes";
    private static final String MASTER = "redis.masterName";
    private static final String DATABASE = "redis.database";
    private static final String TOPOLOGY = "redis.topology";
    private static final int MAX_DATABASE = 9_999;
    private static final String NODE = "[^\\s:/@,\\[\\]]+(:[0-9]{1,5})?";
    private static final String ONLY_NODE = NODE + "|\\[[0-9A-Fa-f:.]+\\](:[0-9]{1,5})?";

    private final ServiceValues values;

    RedisSettings(ServiceValues values) {
        this.values = values;
    }

    /** How Redis is reached, if any setting says so. */
    Optional<RedisConfig> bind() {
        if (!values.hasAny("redis.")) {
            return Optional.empty();
        }
        Optional<URI> servers = values.has(URI_PATH) ? byUri() : byNodes();
        // where the servers are not known, a stand-in has the other settings checked too, so that every fault is found
        RedisConfig base = RedisConfig.of("redis://localhost");
        URI uri = servers.orElse(base.uri());
        boolean tls = tlsWanted(uri);
        RedisConfig config = new RedisConfig(
                tls ? secured(uri) : uri,
                values.text("redis.username"),
                values.text("redis.password"),
                values.find("redis.poolSize", ConfigText::integer).orElse(base.poolSize()),
                values.find("redis.connectTimeout", ConfigText::duration).orElse(base.connectTimeout()),
                values.find("redis.socketTimeout", ConfigText::duration).orElse(base.socketTimeout()),
                outage(),
                values.hasAny(TLS_DETAILS) ? tlsDetails() : null,
                servers.isPresent() ? sentinelLogin() : null);
        return Optional.of(config);
    }

    private Optional<URI> byUri() {
        for (String other : List.of(TOPOLOGY, NODES, MASTER, DATABASE)) {
            if (values.has(other)) {
                values.fault(other, "is set beside redis.uri, which says that too; give one of them");
            }
        }
        return values.find(URI_PATH, RedisSettings::uri);
    }

    private static URI uri(String text) throws ConfigText.Refused {
        try {
            return new URI(text.trim());
        } catch (URISyntaxException malformed) {
            throw new ConfigText.Refused("a URI such as redis://host:6379/0");
        }
    }

    private Optional<URI> byNodes() {
        if (!values.has(NODES)) {
            values.names("redis.")
                    .forEach(path ->
                            values.fault(path, "is set, and neither redis.uri nor redis.nodes is; give one too"));
            return Optional.empty();
        }
        RedisTopology topology = values.find(TOPOLOGY, RedisSettings::topology).orElse(RedisTopology.STANDALONE);
        Optional<List<String>> nodes = values.find(NODES, text -> nodes(text, topology));
        Optional<String> master = master(topology);
        int database = values.find(DATABASE, text -> database(text, topology)).orElse(0);
        String path = master.map(name -> "/" + name).orElse("") + (database == 0 ? "" : "/" + database);
        return nodes.map(hosts -> URI.create(topology.scheme() + "://" + String.join(",", hosts) + path));
    }

    private static RedisTopology topology(String text) throws ConfigText.Refused {
        for (RedisTopology topology : RedisTopology.values()) {
            if (topology.name().equalsIgnoreCase(text.trim())) {
                return topology;
            }
        }
        throw new ConfigText.Refused(Arrays.stream(RedisTopology.values())
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", ")));
    }

    private static List<String> nodes(String text, RedisTopology topology) throws ConfigText.Refused {
        List<String> nodes = ConfigText.list(text);
        boolean one = topology == RedisTopology.STANDALONE;
        boolean readable = nodes.stream().allMatch(node -> node.matches(nodes.size() == 1 ? ONLY_NODE : NODE));
        if (nodes.isEmpty() || (one && nodes.size() > 1) || !readable) {
            throw new ConfigText.Refused(
                    one
                            ? "one host:port; for several, redis.topology is sentinel or cluster"
                            : "a list of host:port, where an IPv6 address can only stand alone");
        }
        return nodes;
    }

    private Optional<String> master(RedisTopology topology) {
        if (topology == RedisTopology.SENTINEL && !values.has(MASTER)) {
            values.fault(TOPOLOGY, "is sentinel, and redis.masterName is not set; give it too");
        }
        return values.find(MASTER, text -> {
            if (topology != RedisTopology.SENTINEL) {
                throw new ConfigText.Refused("none, as redis.topology is not sentinel");
            }
            if (!text.trim().matches("[A-Za-z0-9._-]+")) {
                throw new ConfigText.Refused("letters, digits, '.', '-' and '_'");
            }
            return text.trim();
        });
    }

    private static int database(String text, RedisTopology topology) throws ConfigText.Refused {
        int number = ConfigText.integer(text);
        int most = topology == RedisTopology.CLUSTER ? 0 : MAX_DATABASE;
        if (number < 0 || number > most) {
            throw new ConfigText.Refused(most == 0 ? "0, as a cluster has one database only" : "0 to 9,999");
        }
        return number;
    }

    private boolean tlsWanted(URI uri) {
        boolean secured = String.valueOf(uri.getScheme()).startsWith(SECURED);
        boolean wanted = values.find(TLS, ConfigText::flag).orElse(secured || values.hasAny(TLS_DETAILS));
        if (secured && !wanted) {
            values.fault(TLS, "is false, and the scheme of redis.uri asks for TLS; correct one of them");
        } else if (!wanted && values.hasAny(TLS_DETAILS)) {
            values.fault(TLS, "is false, and settings of TLS are given; correct one of them");
        }
        return wanted;
    }

    private static URI secured(URI uri) {
        String text = uri.toString();
        boolean plain = text.startsWith("redis:") || text.startsWith("redis-");
        return plain ? URI.create(SECURED + text.substring("redis".length())) : uri;
    }

    private RedisTlsConfig tlsDetails() {
        return new RedisTlsConfig(
                this.file("redis.tls.trustStore"),
                values.text("redis.tls.trustStorePassword"),
                this.file("redis.tls.keyStore"),
                values.text("redis.tls.keyStorePassword"),
                values.find("redis.tls.verifyHostName", ConfigText::flag).orElse(true));
    }

    private @Nullable Path file(String path) {
        return values.<Path>find(path, ConfigText::path).orElse(null);
    }

    private RedisOutageConfig outage() {
        RedisOutageConfig base = RedisOutageConfig.DEFAULTS;
        return new RedisOutageConfig(
                values.find("redis.outage.failures", ConfigText::integer).orElse(base.failures()),
                values.find("redis.outage.pause", ConfigText::duration).orElse(base.pause()),
                values.find("redis.outage.heldWrites", ConfigText::integer).orElse(base.heldWrites()),
                values.find("redis.outage.heldBytes", ConfigText::size).orElse(base.heldBytes()));
    }

    private @Nullable RedisLogin sentinelLogin() {
        return values.hasAny("redis.sentinel.")
                ? new RedisLogin(values.text("redis.sentinel.username"), values.text("redis.sentinel.password"))
                : null;
    }
}
