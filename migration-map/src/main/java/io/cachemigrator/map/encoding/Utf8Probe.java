package io.cachemigrator.map.encoding;

/** Checks a long text for well-formed UTF-8 as its bytes come, in pieces of any size; agrees with {@link Utf8}. Not thread-safe. */
public final class Utf8Probe {
    private int left;
    private int low = 0x80;
    private int high = 0xbf;
    private boolean broken;

    /** Takes the next bytes. */
    public void accept(byte[] bytes, int length) {
        for (int i = 0; i < length && !broken; i++) {
            accept(bytes[i]);
        }
    }

    /** Takes the next byte; tells whether the text may still be well-formed. */
    boolean accept(byte next) {
        int b = next & 0xff;
        if (left > 0) {
            broken |= b < low || b > high;
            left--;
            low = 0x80;
            high = 0xbf;
        } else if (b >= 0x80) {
            lead(b);
        }
        return !broken;
    }

    private void lead(int b) {
        left = b < 0xc2 ? 0 : b < 0xe0 ? 1 : b < 0xf0 ? 2 : b < 0xf5 ? 3 : 0;
        broken = left == 0;
        low = b == 0xe0 ? 0xa0 : b == 0xf0 ? 0x90 : 0x80;
        high = b == 0xed ? 0x9f : b == 0xf4 ? 0x8f : 0xbf;
    }

    /** Whether the bytes so far end inside of a character. */
    boolean isInside() {
        return left > 0;
    }

    /** Whether the bytes so far are well-formed. */
    public boolean isValid() {
        return !broken && left == 0;
    }
}
