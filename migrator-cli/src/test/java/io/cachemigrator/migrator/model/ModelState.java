package io.cachemigrator.migrator.model;

/** One state of the model in two words, so that millions of them fit into memory. Immutable. */
record ModelState(long low, long high) {
    /** A state of which every field is zero. */
    static final ModelState ZERO = new ModelState(0, 0);

    /** What a state is made of, with the bits it takes; fields of the second process follow those of the first. */
    enum Field {
        /** Steps of the servers' clock so far. */
        TIME(3),
        /** Value in the legacy layout, named by the time when it was written; 0 = none. */
        LEGACY_VALUE(3),
        /** Its deadline, named by the time when it was set. */
        LEGACY_DEADLINE(3),
        /** What the consolidated layout has: 0 nothing, 1 an entry, 2 a tombstone, 3 somebody else's bytes. */
        TARGET_KIND(2),
        TARGET_VALUE(3),
        TARGET_DEADLINE(3),
        TARGET_CREATED(4),
        /** Whether a copy wrote it. */
        TARGET_MIGRATED(1),
        /** 0 LEGACY, 1 DUAL_WRITE, 2 CANARY, 3 CONSOLIDATED. */
        STAGE(2),
        /** Whether the copy has an entry in hand: 0 no, 1 yes. */
        COPY_STEP(1),
        COPY_VALUE(3),
        COPY_DEADLINE(3),
        COPY_READ(3),
        /** Whether both layouts were found alike since the copy. */
        VERIFIED(1),
        /** Whether the last acknowledged change is known, as no other ran beside it. */
        TRUTH_KNOWN(1),
        TRUTH_VALUE(3),
        TRUTH_DEADLINE(3),
        /** Whether a process died between its two writes and nobody has compared since. */
        TORN(1),
        A_SEEN(2),
        /** 0 idle, 1 has changed the layout that counts, 2 holds its state, 3 has handed it over. */
        A_STEP(2),
        A_VALUE(3),
        A_DEADLINE(3),
        A_AS_OF(4),
        /** Which layout counts for the change under way: 0 legacy, 1 consolidated. */
        A_COUNTS(1),
        A_OVERLAPPED(1),
        B_SEEN(2),
        B_STEP(2),
        B_VALUE(3),
        B_DEADLINE(3),
        B_AS_OF(4),
        B_COUNTS(1),
        B_OVERLAPPED(1);

        private static final int PER_PROCESS = 7;

        private final int bits;

        Field(int bits) {
            this.bits = bits;
        }

        /** The same field of another process. */
        Field of(int process) {
            return values()[ordinal() + process * PER_PROCESS];
        }
    }

    private static final int[] OFFSETS = offsets();

    private static int[] offsets() {
        int[] offsets = new int[Field.values().length];
        int next = 0;
        for (Field field : Field.values()) {
            if (next < 64 && next + field.bits > 64) {
                next = 64;
            }
            offsets[field.ordinal()] = next;
            next += field.bits;
        }
        if (next > 128) {
            throw new IllegalStateException("the fields take " + next + " bits");
        }
        return offsets;
    }

    int get(Field field) {
        int offset = OFFSETS[field.ordinal()];
        long word = offset < 64 ? low >>> offset : high >>> (offset - 64);
        return (int) (word & ((1L << field.bits) - 1));
    }

    boolean is(Field field) {
        return get(field) != 0;
    }

    ModelState with(Field field, int value) {
        long mask = (1L << field.bits) - 1;
        if (value < 0 || value > mask) {
            throw new IllegalArgumentException(field + " cannot be " + value);
        }
        int offset = OFFSETS[field.ordinal()];
        return offset < 64
                ? new ModelState((low & ~(mask << offset)) | ((long) value << offset), high)
                : new ModelState(low, (high & ~(mask << (offset - 64))) | ((long) value << (offset - 64)));
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Field field : Field.values()) {
            if (is(field)) {
                text.append(field).append('=').append(get(field)).append(' ');
            }
        }
        return text.toString();
    }
}
