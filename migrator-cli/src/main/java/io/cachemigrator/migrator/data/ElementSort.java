package io.cachemigrator.migrator.data;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Puts any number of elements into the ascending order of their bytes, each of them once, in bounded memory: sorted runs of a few
 * megabytes go to a temporary file and are merged in the end. Of an element that comes again, as a scan may give it, one is
 * kept. Used by one thread.
 */
final class ElementSort implements AutoCloseable {
    private static final long RUN_BYTES = 8 << 20;
    /** What an element takes in memory beside its bytes, roughly. */
    private static final int OVERHEAD = 64;

    private static final int MERGE_BYTES = 4 << 20;
    private static final int LEAST_BUFFER = 4 << 10;
    private static final int MOST_BUFFER = 64 << 10;
    private static final byte[] NOTHING = new byte[0];
    private static final Comparator<Element> ORDER = (one, other) -> Arrays.compareUnsigned(one.name, other.name);

    private final long runBytes;
    private final List<Element> run = new ArrayList<>();
    private final List<long[]> runs = new ArrayList<>();
    private @Nullable FileChannel file;
    private long held;

    /** With runs of the usual size. */
    ElementSort() {
        this(RUN_BYTES);
    }

    ElementSort(long runBytes) {
        this.runBytes = runBytes;
    }

    @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared as a whole
    private record Element(byte[] name, byte[] value) {}

    /** Told of elements in order. */
    interface Receiver {
        /** Takes an element; the value is empty where there is none. */
        void take(byte[] name, byte[] value) throws IOException;
    }

    void add(byte[] name) throws IOException {
        add(name, NOTHING);
    }

    void add(byte[] name, byte[] value) throws IOException {
        run.add(new Element(name, value));
        held += name.length + value.length + OVERHEAD;
        if (held >= runBytes) {
            spill();
        }
    }

    /** Gives all elements in order, each once. */
    void forEach(Receiver receiver) throws IOException {
        if (runs.isEmpty()) {
            run.sort(ORDER);
            Distinct distinct = new Distinct(receiver);
            for (Element element : run) {
                distinct.take(element);
            }
            return;
        }
        spill();
        merge(receiver);
    }

    private static final class Distinct {
        private final Receiver receiver;
        private byte @Nullable [] last;

        Distinct(Receiver receiver) {
            this.receiver = receiver;
        }

        void take(Element element) throws IOException {
            if (!Arrays.equals(last, element.name)) {
                receiver.take(element.name, element.value);
                last = element.name;
            }
        }
    }

    private void spill() throws IOException {
        if (run.isEmpty()) {
            return;
        }
        run.sort(ORDER);
        FileChannel to = file == null ? TemporaryFiles.open() : file;
        file = to;
        long from = to.size();
        ByteArrayOutputStream buffer = new ByteArrayOutputStream(2 * MOST_BUFFER);
        DataOutputStream out = new DataOutputStream(buffer);
        for (Element element : run) {
            out.writeInt(element.name.length);
            out.write(element.name);
            out.writeInt(element.value.length);
            out.write(element.value);
            if (buffer.size() >= MOST_BUFFER) {
                TemporaryFiles.append(to, buffer.toByteArray());
                buffer.reset();
            }
        }
        TemporaryFiles.append(to, buffer.toByteArray());
        runs.add(new long[] {from, to.size()});
        run.clear();
        held = 0;
    }

    private void merge(Receiver receiver) throws IOException {
        PriorityQueue<Run> queue = new PriorityQueue<>((one, other) -> ORDER.compare(one.first(), other.first()));
        int buffer = Math.max(LEAST_BUFFER, Math.min(MOST_BUFFER, MERGE_BYTES / runs.size()));
        for (long[] bounds : runs) {
            Run each = new Run(new Part(bounds[0], bounds[1], buffer));
            if (each.next()) {
                queue.add(each);
            }
        }
        Distinct distinct = new Distinct(receiver);
        for (Run least = queue.poll(); least != null; least = queue.poll()) {
            distinct.take(least.first());
            if (least.next()) {
                queue.add(least);
            }
        }
    }

    /** A sorted run that is read along. */
    private static final class Run {
        private final DataInputStream in;
        private Element first = new Element(NOTHING, NOTHING);

        Run(InputStream in) {
            this.in = new DataInputStream(in);
        }

        Element first() {
            return first;
        }

        boolean next() throws IOException {
            int length;
            try {
                length = in.readInt();
            } catch (EOFException end) {
                return false;
            }
            byte[] name = in.readNBytes(length);
            first = new Element(name, in.readNBytes(in.readInt()));
            return true;
        }
    }

    /** A part of the file, read through a buffer. */
    private final class Part extends InputStream {
        private final ByteBuffer buffer;
        private final long end;
        private long at;

        Part(long from, long end, int bytes) {
            this.buffer = ByteBuffer.allocate(bytes).limit(0);
            this.at = from;
            this.end = end;
        }

        private boolean fill() throws IOException {
            if (buffer.hasRemaining()) {
                return true;
            }
            FileChannel from = file;
            if (from == null || at >= end) {
                return false;
            }
            buffer.clear().limit((int) Math.min(buffer.capacity(), end - at));
            at += from.read(buffer, at);
            buffer.flip();
            return true;
        }

        @Override
        public int read() throws IOException {
            return fill() ? buffer.get() & 0xff : -1;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (!fill()) {
                return -1;
            }
            int some = Math.min(length, buffer.remaining());
            buffer.get(bytes, offset, some);
            return some;
        }
    }

    @Override
    public void close() throws IOException {
        run.clear();
        if (file != null) {
            file.close();
        }
    }
}
