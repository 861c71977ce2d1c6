package io.cachemigrator.map.translate;

/** What the payload of a translated entry is, with the codec's number in the envelope. */
public enum PayloadCodec {
    /** Bytes without a meaning here. */
    BYTES(0),
    /** Text in UTF-8. */
    STRING(1),
    /** JSON text in UTF-8. */
    JSON(2);

    private final int number;

    PayloadCodec(int number) {
        this.number = number;
    }

    /** The codec's number in the envelope. */
    public int number() {
        return number;
    }
}
