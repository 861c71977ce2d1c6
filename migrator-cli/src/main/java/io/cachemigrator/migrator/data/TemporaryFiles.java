package io.cachemigrator.migrator.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Files for what does not fit into memory. They go when they are closed, and with the process, however that ends. */
final class TemporaryFiles {
    private TemporaryFiles() {}

    /** A new one, for reading and writing, in the folder for temporary files. */
    static FileChannel open() throws IOException {
        Path file = Files.createTempFile("migrator-", ".part");
        return FileChannel.open(
                file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
    }

    static void append(FileChannel file, byte[] bytes) throws IOException {
        append(file, bytes, bytes.length);
    }

    static void append(FileChannel file, byte[] bytes, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
        long at = file.size();
        while (buffer.hasRemaining()) {
            at += file.write(buffer, at);
        }
    }
}
