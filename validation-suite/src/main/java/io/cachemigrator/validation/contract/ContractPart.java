package io.cachemigrator.validation.contract;

import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.EntryDetails;
import io.cachemigrator.cache.Region;
import io.cachemigrator.cache.WriteOptions;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** What the parts of the contract share. They are interfaces so that one class has them all and each file has one subject. */
interface ContractPart {
    /** A region that keeps a tag index. */
    String INDEXED = "indexed";
    /** A region whose reads renew the deadline. */
    String SLIDING = "sliding";
    /** A region that keeps expired entries for an hour. */
    String STALE = "stale";
    /** A region that takes values up to 1,000 bytes. */
    String SMALL = "small";

    /** A value. */
    Profile ANA =
            new Profile("Ana Pérez 🌍", 41, Instant.parse("2025-08-03T10:15:30.123456Z"), List.of("admin", "ops"));
    /** Options for ten seconds of life. */
    WriteOptions TEN_SECONDS = WriteOptions.ttl(Duration.ofSeconds(10));

    /** The fixture of this test. */
    CacheFixture fixture();

    /** The service under test. */
    CacheService cache();

    /** A second service on the same store, or the same service where the store is this process's. */
    CacheService another();

    /** A region of objects. */
    Region<Profile> profiles();

    /** A region of numbers. */
    Region<Long> numbers();

    /** A region of texts. */
    Region<String> texts();

    /** Lets time pass. */
    default void pass(Duration span) {
        fixture().pass(span);
    }

    /** Name of the tier that holds the truth. */
    default String authority() {
        return fixture().authority();
    }

    /** What is kept under an id that is there. */
    static EntryDetails details(Region<?> region, String id) {
        return Objects.requireNonNull(region.describe(id), () -> "There is no entry '" + id + "' to describe.");
    }

    /** The value under an id that is there. */
    static <V> V value(Region<V> region, String id) {
        return Objects.requireNonNull(region.lookup(id).valueOrNull(), () -> "There is no value '" + id + "'.");
    }

    /** The type {@code List<String>}. */
    static Type listOfStrings() {
        return ListHolder.class.getRecordComponents()[0].getGenericType();
    }

    /** Says the type. */
    record ListHolder(List<String> list) {}
}
