package io.cachemigrator.recipes.jedis;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The types of Jedis that are replaced, and the members of them that the replacements have. */
final class JedisTypes {
    static final String CLIENTS = "redis.clients.";
    static final String JEDIS = CLIENTS + "jedis.";
    static final String TEXT = "io.cachemigrator.cache.text.";
    static final String CACHE = TEXT + "TextCache";
    static final String POOL = TEXT + "TextCaches";
    static final String POOL_CONFIG = TEXT + "TextPoolConfig";
    static final String OPTIONS = TEXT + "SetOptions";

    private static final Map<String, String> RENAMED = renamed();

    /** What Jedis throws; renamed only where a text cache throws it. */
    static final Map<String, String> THROWN = Map.of(
            JEDIS + "exceptions.JedisException", TEXT + "TextCacheException",
            JEDIS + "exceptions.JedisConnectionException", TEXT + "TextCacheConnectionException",
            JEDIS + "exceptions.JedisDataException", TEXT + "TextCacheDataException");

    /** Members by the replacement's name: {@code int} stands for {@code long}, which takes it. */
    static final Map<String, Set<String>> MEMBERS = Map.of(
            CACHE,
            Set.of(
                    "<init>()",
                    "<init>(String)",
                    "<init>(String,long)",
                    "<init>(String,long,long)",
                    "create()",
                    "create(String)",
                    "create(String,long)",
                    "get(String)",
                    "mget(String[])",
                    "set(String,String)",
                    "set(String,String,SetParams)",
                    "set(String,String,String,String,long)",
                    "setex(String,long,String)",
                    "psetex(String,long,String)",
                    "setnx(String,String)",
                    "mset(String[])",
                    "del(String)",
                    "del(String[])",
                    "unlink(String)",
                    "unlink(String[])",
                    "exists(String)",
                    "exists(String[])",
                    "strlen(String)",
                    "expire(String,long)",
                    "pexpire(String,long)",
                    "expireAt(String,long)",
                    "pexpireAt(String,long)",
                    "persist(String)",
                    "ttl(String)",
                    "pttl(String)",
                    "incr(String)",
                    "incrBy(String,long)",
                    "decr(String)",
                    "decrBy(String,long)",
                    "close()"),
            POOL,
            Set.of(
                    "<init>()",
                    "<init>(String)",
                    "<init>(String,long)",
                    "<init>(JedisPoolConfig,String)",
                    "<init>(JedisPoolConfig,String,long)",
                    "<init>(JedisPoolConfig,String,long,long)",
                    "<init>(JedisPoolConfig,String,long,long,String)",
                    "<init>(JedisPoolConfig,String,long,long,String,long)",
                    "getResource()",
                    "returnResource(Jedis)",
                    "returnBrokenResource(Jedis)",
                    "isClosed()",
                    "destroy()",
                    "close()"),
            POOL_CONFIG,
            Set.of(
                    "<init>()",
                    "setMaxTotal(long)",
                    "getMaxTotal()",
                    "setMaxIdle(long)",
                    "setMinIdle(long)",
                    "setTestOnBorrow(boolean)",
                    "setTestOnReturn(boolean)",
                    "setTestOnCreate(boolean)",
                    "setTestWhileIdle(boolean)",
                    "setMinEvictableIdleTimeMillis(long)",
                    "setMinEvictableIdleTime(Duration)",
                    "setMinEvictableIdleDuration(Duration)",
                    "setSoftMinEvictableIdleTimeMillis(long)",
                    "setTimeBetweenEvictionRunsMillis(long)",
                    "setTimeBetweenEvictionRuns(Duration)",
                    "setDurationBetweenEvictionRuns(Duration)",
                    "setNumTestsPerEvictionRun(long)"),
            OPTIONS,
            Set.of("<init>()", "setParams()", "nx()", "xx()", "ex(long)", "px(long)"));

    private JedisTypes() {}

    private static Map<String, String> renamed() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put(JEDIS + "JedisPoolConfig", POOL_CONFIG);
        names.put(JEDIS + "JedisPooled", CACHE);
        names.put(JEDIS + "JedisPool", POOL);
        names.put(JEDIS + "UnifiedJedis", CACHE);
        names.put(JEDIS + "RedisClient", CACHE);
        names.put(JEDIS + "Jedis", CACHE);
        names.put(JEDIS + "params.SetParams", OPTIONS);
        return names;
    }

    /** Types that are renamed wherever they stand, in the order in which that is done. */
    static Map<String, String> renames() {
        return RENAMED;
    }
}
