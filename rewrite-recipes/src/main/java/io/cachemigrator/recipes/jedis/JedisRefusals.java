package io.cachemigrator.recipes.jedis;

import io.cachemigrator.recipes.services.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Why a use of Jedis stays, beside what every family has. */
final class JedisRefusals {
    static final Refusal BINARY = new Refusal(
            "BINARY_KEYS", "Keys or values are bytes, and a text cache keeps texts. Use a region of bytes by hand.");
    static final Refusal NOT_ATOMIC = new Refusal(
            "NOT_ATOMIC",
            "The command reads and writes in one step, which a region does not offer. Look whether two steps, or getOrLoad of a region, will do.");
    static final Refusal STRUCTURE = new Refusal(
            "DATA_STRUCTURE",
            "Hashes, lists, sets, streams and the like are no cached texts. Keep them, or cache the whole as one value of a region.");
    static final Refusal TRANSACTION = new Refusal(
            "TRANSACTION",
            "A text cache has no transactions and no pipelines. Call the commands one by one, or keep it.");
    static final Refusal SCRIPT = new Refusal(
            "SCRIPT", "A script runs on raw keys in the server. Keep it, or write it as code over a region.");
    static final Refusal PUB_SUB = new Refusal("PUB_SUB", "Messages are no cache. Keep a client of Redis for them.");
    static final Refusal KEY_SPACE = new Refusal(
            "KEY_SPACE",
            "The command is about all keys of the server, or what kind they are. Use clear, scan or invalidatePrefix of a region by hand.");
    static final Refusal CONNECTION = new Refusal(
            "CONNECTION",
            "The command is about the connection or the server. Say it where the cache is opened, or ask the health of the service.");
    static final Refusal CONSTRUCTION = new Refusal(
            "CONSTRUCTION",
            "A text cache is opened by a URI, or by host, port, timeout, password and database. Open it by hand over a CacheService with these settings.");
    static final Refusal POOL_SETTING = new Refusal(
            "POOL_SETTING",
            "The setting of the pool has no counterpart, and leaving it out might be felt. Decide by hand.");
    static final Refusal WRITE_OPTION =
            new Refusal("WRITE_OPTION", "Only nx, xx, ex and px have counterparts. Write the others by hand.");
    static final Refusal CLUSTER = new Refusal(
            "CLUSTER",
            "Clusters, shards and Sentinels are reached by the URI of a CacheService. Open one by hand, and a text cache over it.");
    static final Refusal BOXED_RESULT = new Refusal(
            "BOXED_RESULT",
            "The result is an object here, and a plain number or truth value of the new cache. Put it into a variable of the plain type first.");
    static final Refusal SUBCLASS = new Refusal(
            "CACHE_SUBCLASS",
            "A class extends a client or pool, and the replacement is final. Hold it in a field instead.");
    static final Refusal STAND_IN = new Refusal(
            "RAW_REFLECTION",
            "Something stands in for a client or pool here, and the replacement is final. Use a real cache in memory.");

    private static final List<Kind> TYPES = List.of(
            new Kind(CLUSTER, ".*(Cluster|Shard|Sentinel|Failover|MultiDb).*"),
            new Kind(TRANSACTION, ".*(Transaction|Pipeline|Response).*"),
            new Kind(PUB_SUB, ".*PubSub.*"),
            new Kind(KEY_SPACE, ".*Scan.*"),
            new Kind(CONSTRUCTION, ".*(Config|HostAndPort|Connection|Protocol|Credentials|Ssl|Socket|Client).*"));

    private static final List<Kind> KINDS = List.of(
            new Kind(NOT_ATOMIC, "getSet|setGet|getDel|getEx|append|setrange|incrByFloat|msetnx|msetex"),
            new Kind(
                    TRANSACTION,
                    "multi|exec|watch|unwatch|pipelined|transaction|transactionMulti|sync|executeCommand|sendCommand|sendBlockingCommand"),
            new Kind(SCRIPT, "eval.*|script.*|fcall.*|function.*"),
            new Kind(PUB_SUB, "p?publish|spublish|[ps]?subscribe|pubsub.*"),
            new Kind(
                    KEY_SPACE,
                    "keys|scan.*|randomKey|dbSize|flush.*|rename.*|move|type|dump|restore|copy|object.*|touch|sort.*|migrate|swapDB|expireTime|pexpireTime|memory.*|waitReplicas|waitAOF"),
            new Kind(
                    CONNECTION,
                    "auth|select|ping|echo|quit|connect|disconnect|isConnected|isBroken|getClient|getConnection|getDB|getPool|info|config.*|client.*|debug|monitor|save|bgsave|bgrewriteaof|lastsave|shutdown|slave.*|replica.*|role|time|slowlog.*|cluster.*|sentinel.*|module.*|acl.*|readonly|readwrite|command.*|resetState|setDataSource|getNum.*|addObjects?|preparePool|evict|clear"),
            new Kind(
                    STRUCTURE,
                    "[hlzx][a-zA-Z]+|s(add|card|diff|inter|ismember|mismember|members|move|pop|randmember|rem|union|scan).*|r(push|pop).*|b[lrz](m?pop|move|push).*|geo.*|pf.*|bit.*|setbit|getbit|vadd|v[a-z]+|ft.*|json.*|ts.*|bf.*|cf.*|cms.*|topk.*|tdigest.*|[a-z]+Multiple"));

    /** Commands of one kind, by a pattern of their names. */
    private record Kind(Refusal refusal, Pattern names) {
        Kind(Refusal refusal, String names) {
            this(refusal, Pattern.compile(names));
        }
    }

    private static final String BY_HAND = "Write down what it is used for, and do that by hand.";

    private JedisRefusals() {}

    /** Why a type stays that nothing replaces. */
    static Refusal type(String name) {
        return first(TYPES, name).orElseGet(() -> Refusal.noCounterpart(name, BY_HAND));
    }

    /** Why a command stays that a text cache has not. */
    static Refusal command(String name) {
        return first(KINDS, name).orElseGet(() -> Refusal.noCounterpart("The command " + name, BY_HAND));
    }

    private static Optional<Refusal> first(List<Kind> kinds, String name) {
        return kinds.stream()
                .filter(kind -> kind.names().matcher(name).matches())
                .map(Kind::refusal)
                .findFirst();
    }

    /**
     * Whether a command may read, change or remove a text that another command keeps: all but those of other structures,
     * messages and connections.
     */
    static boolean meetsTexts(String name) {
        return !Set.of(STRUCTURE, PUB_SUB, CONNECTION).contains(command(name));
    }
}
