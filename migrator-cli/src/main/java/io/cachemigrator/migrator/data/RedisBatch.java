package io.cachemigrator.migrator.data;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.args.Rawable;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Commands that are sent together, with their replies as they come. It does what a pipeline of the client does, but copies no
 * argument and makes no object that waits for a reply, which is most of what a pipeline costs when each key takes several
 * commands. Used once, by one thread, with nothing else on the connection in between.
 */
final class RedisBatch {
    private final Connection connection;
    private int sent;

    RedisBatch(Jedis redis) {
        this.connection = redis.getConnection();
    }

    /** An argument, which is sent as it is and not changed by anybody. */
    static Rawable argument(byte[] bytes) {
        return new Argument(bytes);
    }

    /** The same for each of some keys. */
    static List<Rawable> arguments(List<byte[]> keys) {
        return keys.stream().map(RedisBatch::argument).toList();
    }

    void send(ProtocolCommand command, Rawable argument) {
        send(new CommandArguments(command).add(argument));
    }

    void send(ProtocolCommand command, Rawable first, Rawable second) {
        send(new CommandArguments(command).add(first).add(second));
    }

    void send(ProtocolCommand command, Iterable<Rawable> arguments) {
        CommandArguments all = new CommandArguments(command);
        arguments.forEach(all::add);
        send(all);
    }

    private void send(CommandArguments command) {
        connection.sendCommand(command);
        sent++;
    }

    /** The replies in order; an error is one of them. */
    List<Object> replies() {
        return connection.getMany(sent);
    }

    /**
     * A reply.
     *
     * @throws JedisDataException when it is an error
     */
    static @Nullable Object checked(@Nullable Object reply) {
        if (reply instanceof JedisDataException error) {
            throw error;
        }
        return reply;
    }

    /** A reply that is never null. */
    static Object present(@Nullable Object reply) {
        return Objects.requireNonNull(checked(reply));
    }

    private static final class Argument implements Rawable {
        private final byte[] bytes;

        Argument(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public byte[] getRaw() {
            return bytes;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Argument argument && Arrays.equals(bytes, argument.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }
}
