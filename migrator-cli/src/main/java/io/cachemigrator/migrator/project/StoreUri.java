package io.cachemigrator.migrator.project;

import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a store is. Its text form hides user and password, so that it can be shown anywhere.
 */
public final class StoreUri {

    /** What stands behind a store URI. */
    public enum Kind {
        /** One Redis server, with or without TLS. */
        REDIS,
        /** The Redis server that Sentinels name as the master, with or without TLS. */
        SENTINEL,
        /** All masters of a Redis Cluster, with or without TLS. */
        CLUSTER,
        /** A folder of the disk tier. */
        DISK,
        /** A file that a legacy cache was dumped to. Only read. */
        DUMP,
        /** A folder of Python's diskcache. Only read. */
        DISKCACHE;

        /** Whether Redis servers stand behind it. */
        public boolean isRedis() {
            return this == REDIS || this == SENTINEL || this == CLUSTER;
        }

        /** Whether entries can be written to it. */
        public boolean isWritable() {
            return this != DUMP && this != DISKCACHE;
        }
    }

    private static final Pattern SCHEME = Pattern.compile("^([a-zA-Z][a-zA-Z0-9+.-]*):(.*)$", Pattern.DOTALL);
    private static final Pattern HOST = Pattern.compile("([^\\s:\\[\\]]+|\\[[0-9a-fA-F:.]+])(?::(\\d{1,5}))?");
    private static final String ALLOWED = "redis://[user:password@]host[:port][/db], rediss://...,"
            + " redis-sentinel://host[:port],.../master[/db], redis-cluster://host[:port],..., disk:DIR, dump:FILE,"
            + " diskcache:DIR";
    private static final int REDIS_PORT = 6379;
    private static final int SENTINEL_PORT = 26379;
    private static final int MOST_PORTS = 65_535;

    /**
     * A server that a URI names.
     *
     * @param host name or address
     * @param port 1 to 65535
     */
    public record Server(String host, int port) {
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    private final Kind kind;
    private final @Nullable URI uri;
    private final @Nullable Path path;
    private final List<Server> servers;

    private StoreUri(Kind kind, @Nullable URI uri, @Nullable Path path, List<Server> servers) {
        this.kind = kind;
        this.uri = uri;
        this.path = path;
        this.servers = servers;
    }

    /**
     * Reads a URI as given on the command line.
     *
     * @param option the option it came with, for messages
     * @param base folder that a relative path is resolved against
     */
    public static StoreUri parse(String option, String text, Path base) {
        Matcher matcher = SCHEME.matcher(text);
        String scheme = matcher.matches() ? matcher.group(1).toLowerCase(Locale.ROOT) : "";
        return switch (scheme) {
            case "redis", "rediss" -> redis(option, text, Kind.REDIS);
            case "redis-sentinel", "rediss-sentinel" -> redis(option, text, Kind.SENTINEL);
            case "redis-cluster", "rediss-cluster" -> redis(option, text, Kind.CLUSTER);
            case "disk" -> file(option, scheme, Kind.DISK, matcher.group(2), base);
            case "dump" -> file(option, scheme, Kind.DUMP, matcher.group(2), base);
            case "diskcache" -> file(option, scheme, Kind.DISKCACHE, matcher.group(2), base);
            // the text is not repeated: without a known scheme nobody can tell where in it a password is
            default ->
                throw bad(
                        option,
                        scheme.isEmpty()
                                ? "It has no scheme such as redis://."
                                : "'" + scheme + ":' is not a scheme that this version knows.");
        };
    }

    private static StoreUri file(String option, String scheme, Kind kind, String path, Path base) {
        if (path.isBlank()) {
            throw bad(option, "'" + scheme + ":' names no " + (kind == Kind.DUMP ? "file." : "folder."));
        }
        return new StoreUri(kind, null, base.resolve(path).normalize(), List.of());
    }

    private static StoreUri redis(String option, String text, Kind kind) {
        try {
            URI parsed = new URI(text);
            String authority = parsed.getRawAuthority() == null ? "" : parsed.getRawAuthority();
            String hosts = authority.substring(authority.lastIndexOf('@') + 1);
            if (hosts.isEmpty() || (kind == Kind.REDIS && parsed.getHost() == null)) {
                throw bad(option, "It names no host.");
            }
            List<Server> servers = new ArrayList<>();
            for (String host : hosts.split(",", -1)) {
                servers.add(server(option, host, kind == Kind.SENTINEL ? SENTINEL_PORT : REDIS_PORT));
            }
            checkPath(option, parsed.getPath() == null ? "" : parsed.getPath(), kind);
            return new StoreUri(kind, parsed, null, List.copyOf(servers));
        } catch (URISyntaxException e) {
            // the exception's own message would repeat the URI with its password
            throw bad(option, "It is not a URI: " + e.getReason() + " at character " + e.getIndex() + ".");
        }
    }

    private static Server server(String option, String text, int defaultPort) {
        Matcher matcher = HOST.matcher(text);
        if (!matcher.matches()) {
            throw bad(option, "'" + text + "' is no host with a port.");
        }
        int port = matcher.group(2) == null ? defaultPort : Integer.parseInt(matcher.group(2));
        if (port < 1 || port > MOST_PORTS) {
            throw bad(option, "The port " + port + " is none from 1 to " + MOST_PORTS + ".");
        }
        return new Server(matcher.group(1), port);
    }

    private static void checkPath(String option, String path, Kind kind) {
        switch (kind) {
            case SENTINEL -> {
                if (!path.matches("/[^/]+(/\\d{1,5})?/?")) {
                    throw bad(option, "It names no master, or a database that is not a number.");
                }
            }
            case CLUSTER -> {
                if (path.length() > 1 && !path.equals("/0")) {
                    throw bad(option, "A Redis Cluster has the database 0 only.");
                }
            }
            default -> {
                if (path.length() > 1 && !path.matches("/\\d{1,5}")) {
                    throw bad(option, "The database '" + path + "' is not a number.");
                }
            }
        }
    }

    private static MigratorException bad(String option, String why) {
        return new MigratorException(
                ErrorCode.BAD_URI, option + " is not a store this version can use.", why, "Use " + ALLOWED + ".");
    }

    /** What stands behind it. */
    public Kind kind() {
        return kind;
    }

    /** Host of the first server that it names. */
    public String host() {
        return servers().get(0).host();
    }

    /** Port of the first server that it names: 6379, or 26379 of a Sentinel, when not given. */
    public int port() {
        return servers().get(0).port();
    }

    /** The servers that it names: the Redis server, Sentinels, or some of a cluster. */
    public List<Server> servers() {
        redisUri();
        return servers;
    }

    /** The name that Sentinels know the master by. */
    public String masterName() {
        return segments()[0];
    }

    /** Database number of a Redis server, 0 when not given. */
    public int database() {
        String[] segments = segments();
        int at = kind == Kind.SENTINEL ? 1 : 0;
        return segments.length > at ? Integer.parseInt(segments[at]) : 0;
    }

    private String[] segments() {
        String path = redisUri().getPath();
        return path == null || path.length() < 2
                ? new String[0]
                : path.substring(1).split("/");
    }

    /** Whether TLS is used. */
    public boolean tls() {
        return redisUri().getScheme().toLowerCase(Locale.ROOT).startsWith("rediss");
    }

    /** User name, or null. */
    public @Nullable String user() {
        return userInfo(0);
    }

    /** Password, or null. Never shown. */
    public @Nullable String password() {
        return userInfo(1);
    }

    /** Folder of a disk store or of a diskcache. */
    public Path folder() {
        if (path == null || kind == Kind.DUMP) {
            throw new IllegalStateException("not a folder: " + this);
        }
        return path;
    }

    /** File of a dump. */
    public Path file() {
        if (path == null || kind != Kind.DUMP) {
            throw new IllegalStateException("not a dump: " + this);
        }
        return path;
    }

    /** Whether both name the same server and database, as far as their texts tell. */
    public boolean samePlace(StoreUri other) {
        return toString().equals(other.toString());
    }

    private URI redisUri() {
        if (uri == null) {
            throw new IllegalStateException("not a Redis store: " + this);
        }
        return uri;
    }

    private @Nullable String userInfo(int part) {
        String authority = redisUri().getRawAuthority();
        int at = authority == null ? -1 : authority.lastIndexOf('@');
        if (authority == null || at < 0) {
            return null;
        }
        String raw = authority.substring(0, at);
        int colon = raw.indexOf(':');
        String text =
                part == 0 ? (colon < 0 ? raw : raw.substring(0, colon)) : (colon < 0 ? "" : raw.substring(colon + 1));
        return text.isEmpty() ? null : URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Replaces the user information of any URI inside a text, so that the text can be shown. */
    public static String hideSecrets(String text) {
        return text.replaceAll("(?i)([a-z][a-z0-9+.-]*://)[^\\s\"]*@", "$1***@");
    }

    @Override
    public String toString() {
        if (path != null) {
            return kind.name().toLowerCase(Locale.ROOT) + ":" + path;
        }
        String hosts = servers.stream().map(Server::toString).collect(Collectors.joining(","));
        String place = switch (kind) {
            case SENTINEL -> "/" + masterName() + "/" + database();
            case CLUSTER -> "";
            default -> "/" + database();
        };
        return redisUri().getScheme().toLowerCase(Locale.ROOT) + "://" + hosts + place;
    }
}
