package io.cachemigrator.cache.tier.redis;

import io.cachemigrator.cache.tier.TierUnavailableException;
import io.cachemigrator.cache.tier.redis.RedisLink.Repeat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.ClusterPipeline;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPool;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.Protocol.Keyword;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisAskDataException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisNoScriptException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/** Makes several calls at once in a cluster, one round trip to each server that is asked. */
final class ClusterCalls implements AutoCloseable {
    private static final int THREADS = 4;

    private final RedisLink link;
    private final ExecutorService threads;

    ClusterCalls(RedisLink link) {
        this.link = link;
        ThreadPoolExecutor executor =
                new ThreadPoolExecutor(THREADS, THREADS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "cache-redis-cluster");
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        this.threads = executor;
    }

    /**
     * One call.
     *
     * @param command as it is tried first
     * @param script of a script: what is sent when the server does not know it yet
     */
    record Step(CommandArguments command, @Nullable CommandArguments script) {

        static Step get(byte[] key) {
            return new Step(new CommandArguments(Command.GET).key(key), null);
        }

        /** Sets a key, for some milliseconds; -1 = for good. */
        static Step set(byte[] key, byte[] value, long life) {
            CommandArguments set = new CommandArguments(Command.SET).key(key).add(value);
            return new Step(life < 0 ? set : set.add(Keyword.PX).add(life), null);
        }

        static Step mget(byte[]... keys) {
            return new Step(new CommandArguments(Command.MGET).keys((Object[]) keys), null);
        }

        static Step run(RedisScript script, byte[] key, List<byte[]> arguments) {
            return run(script, List.of(key), arguments);
        }

        static Step run(RedisScript script, List<byte[]> keys, List<byte[]> arguments) {
            return new Step(
                    scripted(Command.EVALSHA, script.sha1(), keys, arguments),
                    scripted(Command.EVAL, script.source(), keys, arguments));
        }

        private static CommandArguments scripted(
                Command command, byte[] script, List<byte[]> keys, List<byte[]> arguments) {
            CommandArguments all =
                    new CommandArguments(command).add(script).add(keys.size()).keys(keys.toArray());
            arguments.forEach(all::add);
            return all;
        }
    }

    /** Makes the calls; an answer is what the server said, which may be a {@link JedisDataException}, or null. */
    List<@Nullable Object> make(List<Step> steps, Repeat repeat) throws TierUnavailableException {
        return link.call(redis -> steps.size() == 1 ? single(redis, steps.get(0)) : piped(redis, steps), repeat);
    }

    /** Runs a script on keys of one slot, also while that moves. */
    static Object run(RedisClusterClient redis, RedisScript script, List<byte[]> keys, List<byte[]> arguments) {
        @Nullable
        Object answer = single(redis, Step.run(script, keys, arguments)).get(0);
        if (answer instanceof JedisDataException refused) {
            throw refused;
        }
        if (answer == null) {
            throw new IllegalStateException("a script answered with nothing");
        }
        return answer;
    }

    private static List<@Nullable Object> single(UnifiedJedis redis, Step step) {
        List<@Nullable Object> answer = new ArrayList<>(1);
        try {
            answer.add(redis.executeCommand(step.command()));
        } catch (JedisException refused) {
            answer.add(afterRefusal(redis, step, refused));
        }
        return answer;
    }

    private List<@Nullable Object> piped(UnifiedJedis redis, List<Step> steps) {
        List<Response<Object>> responses = new ArrayList<>(steps.size());
        try (ClusterPipeline pipeline = ((RedisClusterClient) redis).pipelined(threads)) {
            for (Step step : steps) {
                responses.add(pipeline.executeCommand(new CommandObject<>(step.command(), BuilderFactory.RAW_OBJECT)));
            }
            pipeline.sync();
        } catch (NullPointerException lost) {
            // how the client's pipeline fails that has lost a connection while it was in use, when it is closed
            throw new JedisConnectionException("a connection to a server of the cluster was lost", lost);
        }
        List<@Nullable Object> answers = new ArrayList<>(steps.size());
        for (int i = 0; i < steps.size(); i++) {
            answers.add(answer(redis, steps.get(i), responses.get(i)));
        }
        return answers;
    }

    private static @Nullable Object answer(UnifiedJedis redis, Step step, Response<Object> response) {
        try {
            return response.get();
        } catch (JedisException refused) {
            return afterRefusal(redis, step, refused);
        } catch (IllegalStateException unanswered) {
            // the pipeline keeps to itself that a connection broke
            throw new JedisConnectionException("a server of the cluster did not answer", unanswered);
        }
    }

    /** A call that was not run, as the script was unknown or the slot has moved, is made again. */
    private static @Nullable Object afterRefusal(UnifiedJedis redis, Step step, JedisException refused) {
        CommandArguments script = step.script();
        if (refused instanceof JedisNoScriptException && script != null) {
            return single(redis, new Step(script, null)).get(0);
        }
        @Nullable JedisRedirectionException redirection = redirection(refused);
        if (redirection instanceof JedisAskDataException) {
            return asking((RedisClusterClient) redis, step, redirection);
        }
        if (redirection != null) {
            ((RedisClusterClient) redis).refreshClusterTopology();
            return elsewhere(() -> redis.executeCommand(script == null ? step.command() : script));
        }
        if (refused instanceof JedisDataException && RedisFailure.of(refused) == RedisFailure.REFUSED) {
            return refused;
        }
        throw refused;
    }

    /** The answer of the server that a call was sent on to; an error is one, too. */
    private static @Nullable Object elsewhere(Supplier<@Nullable Object> call) {
        try {
            return call.get();
        } catch (JedisDataException refused) {
            if (RedisFailure.of(refused) == RedisFailure.REFUSED && !(refused instanceof JedisRedirectionException)) {
                return refused;
            }
            throw refused;
        }
    }

    private static @Nullable JedisRedirectionException redirection(JedisException refused) {
        // the client hangs the reason on now as the cause, now beside it
        return Stream.concat(Stream.of(refused, refused.getCause()), Arrays.stream(refused.getSuppressed()))
                .filter(JedisRedirectionException.class::isInstance)
                .map(JedisRedirectionException.class::cast)
                .findFirst()
                .orElse(null);
    }

    /** While a slot moves, its keys are asked for where they will be. */
    private static @Nullable Object asking(
            RedisClusterClient cluster, Step step, JedisRedirectionException redirection) {
        @Nullable
        ConnectionPool pool =
                cluster.getClusterNodes().get(redirection.getTargetNode().toString());
        if (pool == null) {
            cluster.refreshClusterTopology();
            throw new JedisConnectionException("a server of the cluster is not known yet");
        }
        CommandArguments script = step.script();
        try (Connection connection = pool.getResource()) {
            connection.executeCommand(Command.ASKING);
            return elsewhere(() -> connection.executeCommand(script == null ? step.command() : script));
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
