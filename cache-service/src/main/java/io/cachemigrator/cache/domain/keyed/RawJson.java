package io.cachemigrator.cache.domain.keyed;

import io.cachemigrator.cache.codec.Codec;

/** Payload bytes of an entry, read only when it is known as what. Never changed after it is made. */
@SuppressWarnings("ArrayRecordComponent") // handed between codec and store, never compared
record RawJson(byte[] bytes) {

    /** Takes the payloads of JSON, and of what a copy could not read: text and bytes. */
    static final Codec<RawJson> CODEC = new Codec<>() {
        private static final int BYTES = 0;
        private static final int TEXT = 1;
        private static final int JSON = 2;

        @Override
        public int id() {
            return JSON;
        }

        @Override
        public boolean reads(int otherId) {
            return otherId == JSON || otherId == TEXT || otherId == BYTES;
        }

        @Override
        public byte[] encode(RawJson value) {
            return value.bytes();
        }

        @Override
        public RawJson decode(byte[] payload, int writtenBy) {
            // text that another codec wrote is a value by itself, even when it looks like JSON
            return new RawJson(
                    writtenBy == TEXT
                            ? KeyedJson.write(new String(payload, java.nio.charset.StandardCharsets.UTF_8))
                            : payload);
        }

        @Override
        public boolean immutableValues() {
            return true;
        }
    };
}
