package io.cachemigrator.cache.envelope;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Compresses payloads with Zstandard, and opens what anyone may have written. */
final class ZstdFrames {
    /** Up to here the size that a frame claims is believed; beyond it memory is taken as output comes. */
    private static final int BELIEVED = 1 << 20;

    /** No frame gives more for each of its bytes: a block of four bytes stands for 128 KiB at most. */
    private static final long MOST_FOR_A_BYTE = 32 << 10;

    private static final int LARGEST_WINDOW_LOG = 27;

    private ZstdFrames() {}

    /** The payload as one frame that states its content's size; null when it would not shrink. */
    static byte @Nullable [] compress(byte[] payload, int level) {
        try {
            byte[] frame = Zstd.compress(payload, level);
            return frame.length < payload.length ? frame : null;
        } catch (ZstdException | LinkageError unavailable) {
            // a platform without the native library keeps payloads as they are
            return null;
        }
    }

    /**
     * The content of a frame.
     *
     * @param most largest content admitted
     */
    static byte[] open(byte[] frame, int most) throws EnvelopeException {
        try {
            // the library does not look at nothing at all
            long claimed = frame.length == 0 ? 0 : Zstd.getFrameContentSize(frame);
            if (claimed <= 0) {
                throw new EnvelopeException("the compressed payload is no zstd frame that states its size");
            }
            if (claimed > most) {
                throw new EnvelopeException("the compressed payload says that it holds " + claimed
                        + " bytes, more than the " + most + " that this region admits");
            }
            if (claimed > frame.length * MOST_FOR_A_BYTE) {
                throw new EnvelopeException(
                        "the compressed payload says that it holds " + claimed + " bytes, and cannot");
            }
            return claimed <= BELIEVED ? openAtOnce(frame, (int) claimed) : openInSteps(frame, (int) claimed);
        } catch (ZstdException notAFrame) {
            throw damaged();
        } catch (LinkageError unavailable) {
            throw new EnvelopeException(
                    "the payload is compressed with zstd, whose native library cannot be loaded here");
        }
    }

    private static byte[] openAtOnce(byte[] frame, int size) throws EnvelopeException {
        byte[] content = new byte[size];
        long opened = Zstd.decompressByteArray(content, 0, size, frame, 0, frame.length);
        if (Zstd.isError(opened) || opened != size) {
            throw damaged();
        }
        return content;
    }

    private static byte[] openInSteps(byte[] frame, int size) throws EnvelopeException {
        byte[] content = new byte[BELIEVED];
        int length = 0;
        try (InputStream in =
                new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(frame)).setLongMax(LARGEST_WINDOW_LOG)) {
            while (true) {
                int read = in.read(content, length, content.length - length);
                if (read < 0) {
                    break;
                }
                length += read;
                if (length == content.length) {
                    if (length > size) {
                        break;
                    }
                    // one byte more than it should hold, so that more is noticed
                    content = Arrays.copyOf(content, (int) Math.min(2L * length, size + 1L));
                }
            }
        } catch (IOException notAFrame) {
            throw damaged();
        }
        if (length != size) {
            throw damaged();
        }
        return Arrays.copyOf(content, size);
    }

    private static EnvelopeException damaged() {
        return new EnvelopeException("the compressed payload is damaged");
    }
}
