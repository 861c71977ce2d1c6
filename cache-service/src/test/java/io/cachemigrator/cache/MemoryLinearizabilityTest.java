package io.cachemigrator.cache;

import io.cachemigrator.cache.config.CacheConfig;
import java.util.List;
import org.jetbrains.kotlinx.lincheck.LinChecker;
import org.jetbrains.kotlinx.lincheck.annotations.Operation;
import org.jetbrains.kotlinx.lincheck.annotations.Param;
import org.jetbrains.kotlinx.lincheck.paramgen.IntGen;
import org.jetbrains.kotlinx.lincheck.strategy.stress.StressOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A region in memory behaves, seen by several threads, as if one operation came after the other. */
@Tag("isolated")
@Tag("SVC-1")
@Tag("SVC-3")
@Param(name = "id", gen = IntGen.class, conf = "1:2")
@Param(name = "value", gen = IntGen.class, conf = "1:3")
public class MemoryLinearizabilityTest {
    private static final CacheService SERVICE =
            CacheService.open(CacheConfig.builder().build());

    private final Region<Integer> region = SERVICE.region("linear", Integer.class);

    /** Every scenario starts with an empty region. */
    public MemoryLinearizabilityTest() {
        region.deleteAll(List.of("id1", "id2"));
    }

    /** Reads. */
    @Operation
    public Integer get(@Param(name = "id") int id) {
        return region.get("id" + id);
    }

    /** Writes. */
    @Operation
    public boolean put(@Param(name = "id") int id, @Param(name = "value") int value) {
        return region.put("id" + id, value).isStored();
    }

    /** Writes if nothing is there. */
    @Operation
    public boolean putIfAbsent(@Param(name = "id") int id, @Param(name = "value") int value) {
        return region.put("id" + id, value, WriteOptions.ifAbsent()).isStored();
    }

    /** Removes. */
    @Operation
    public boolean delete(@Param(name = "id") int id) {
        return region.delete("id" + id).isStored();
    }

    /** Counts. */
    @Operation
    public long increment(@Param(name = "id") int id, @Param(name = "value") int value) {
        return region.increment("id" + id, value) instanceof CounterResult.Counted counted ? counted.value() : -1;
    }

    @Test
    void operations_fromThreeThreads_areLinearizable() {
        StressOptions options = new StressOptions()
                .iterations(15)
                .invocationsPerIteration(300)
                .threads(3)
                .actorsPerThread(3)
                .sequentialSpecification(Sequential.class);
        LinChecker.check(MemoryLinearizabilityTest.class, options);
    }

    /** The same without threads: what Lincheck compares with. */
    public static final class Sequential {
        private final java.util.Map<Integer, Integer> values = new java.util.HashMap<>();

        /** Reads. */
        public Integer get(int id) {
            return values.get(id);
        }

        /** Writes. */
        public boolean put(int id, int value) {
            values.put(id, value);
            return true;
        }

        /** Writes if nothing is there. */
        public boolean putIfAbsent(int id, int value) {
            return values.putIfAbsent(id, value) == null;
        }

        /** Removes. */
        public boolean delete(int id) {
            return values.remove(id) != null;
        }

        /** Counts. */
        public long increment(int id, int value) {
            return values.merge(id, value, Integer::sum);
        }
    }
}
