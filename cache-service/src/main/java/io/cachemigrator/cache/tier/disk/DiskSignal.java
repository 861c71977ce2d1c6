package io.cachemigrator.cache.tier.disk;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Memory that the processes of a folder share: how often something was committed. Thread safe. */
final class DiskSignal {
    private static final String NAME = "cache.signal";
    private static final int BYTES = 8;
    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final MappedByteBuffer memory;

    DiskSignal(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(
                folder.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (channel.size() < BYTES) {
                // written, not left as a hole: on a full disk this fails, and using a hole would be fatal
                channel.write(ByteBuffer.allocate(BYTES), 0);
            }
            memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, BYTES);
        }
    }

    /** Differs, never negative, after every commit that was acknowledged. */
    long value() {
        return (long) LONGS.getVolatile(memory, 0) & Long.MAX_VALUE;
    }

    /** Says that something was committed. */
    void raise() {
        LONGS.getAndAdd(memory, 0, 1L);
    }
}
