package io.cachemigrator.cache.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An address of Redis as text, before it is known to be one. No message repeats it, as it may hold a password. */
final class RedisAddress {
    private static final Pattern LOGIN = Pattern.compile("^\\s*[A-Za-z]+://[^/@]*?:([^/]*)@");
    private static final int HIGHEST_PORT = 65_535;

    private RedisAddress() {}

    /** What is wrong with it; null when nothing is. */
    static @Nullable String fault(String url) {
        URI uri;
        try {
            uri = new URI(url.strip());
        } catch (URISyntaxException repeatsTheText) {
            return "redis_url is no URI; allowed: redis://host:port or rediss://host:port, with characters that have a"
                    + " meaning in URIs percent-encoded in a password";
        }
        String scheme = String.valueOf(uri.getScheme());
        if (!scheme.matches("rediss?(-sentinel|-cluster)?")) {
            return "redis_url has the scheme '" + scheme + "'; allowed: redis:// or rediss://";
        }
        if (scheme.matches("rediss?") && (uri.getHost() == null || uri.getHost().isEmpty())) {
            return "redis_url names no host; allowed: " + scheme + "://host:port";
        }
        if (scheme.matches("rediss?")
                && (uri.getPort() == 0
                        || uri.getPort() > HIGHEST_PORT
                        || uri.getRawAuthority().endsWith(":"))) {
            return "redis_url has a port that is none; allowed: 1 to 65,535";
        }
        return null;
    }

    /** The address with TLS. */
    static String secured(String url) {
        return url.strip().replaceFirst("^redis(?=[:-])", "rediss");
    }

    /** An address with something in the place of its password. */
    static String withoutPassword(String url, String instead) {
        Matcher login = LOGIN.matcher(url);
        return login.find() ? url.substring(0, login.start(1)) + instead + url.substring(login.end(1)) : url;
    }
}
