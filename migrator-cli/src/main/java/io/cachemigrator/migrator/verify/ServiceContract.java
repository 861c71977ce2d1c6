package io.cachemigrator.migrator.verify;

import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.CounterResult;
import io.cachemigrator.cache.Lookup;
import io.cachemigrator.cache.Region;
import io.cachemigrator.cache.WriteOptions;
import io.cachemigrator.cache.WriteOutcome;
import io.cachemigrator.cache.config.CacheConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * Tries the behaviour that applications rely on against the real target: in a region and under ids of its own, which are
 * removed again.
 */
public final class ServiceContract {
    private static final String REGION = "cm-contract";
    private static final Duration LIFE = Duration.ofMinutes(1);

    private final String id = "probe-" + UUID.randomUUID();
    private final List<String> failed = new ArrayList<>();
    private int run;

    private ServiceContract() {}

    /** Tries it against a service that is opened from a configuration. */
    public static ValidateReport.Contract check(CacheConfig config) {
        ServiceContract contract = new ServiceContract();
        try (CacheService service = CacheService.open(config)) {
            Region<String> texts = service.region(REGION, String.class);
            try {
                contract.basics(texts);
                contract.counters(texts);
                contract.tags(texts);
            } finally {
                texts.deleteAll(List.of(contract.id, contract.id + "-n", contract.id + "-t"));
            }
        }
        return new ValidateReport.Contract(contract.run, List.copyOf(contract.failed));
    }

    private void basics(Region<String> texts) {
        WriteOptions options = WriteOptions.ttl(LIFE);
        check("absent before it is stored", () -> texts.lookup(id) instanceof Lookup.Absent);
        check(
                "stored only if present: refused when absent",
                () -> texts.put(id, "a", options.withCondition(WriteOptions.Condition.IF_PRESENT))
                        == WriteOutcome.CONDITION_NOT_MET);
        check("stored", () -> texts.put(id, "a", options).isStored());
        check("read back", () -> texts.find(id).filter("a"::equals).isPresent());
        check(
                "stored only if absent: refused when present",
                () -> texts.put(id, "b", options.withCondition(WriteOptions.Condition.IF_ABSENT))
                        == WriteOutcome.CONDITION_NOT_MET);
        check("exists", () -> texts.exists(id));
        check("found in bulk", () -> texts.findAll(List.of(id, id + "-none")).equals(Map.of(id, "a")));
        check("expiry set", () -> texts.expire(id, LIFE).isStored());
        check("deleted", () -> texts.delete(id).isStored());
        check("absent after it was deleted", () -> texts.lookup(id) instanceof Lookup.Absent);
    }

    private void counters(Region<String> texts) {
        String counter = id + "-n";
        check(
                "counter created",
                () -> texts.increment(counter, 41) instanceof CounterResult.Counted c && c.value() == 41);
        check(
                "counter added to",
                () -> texts.increment(counter, 1) instanceof CounterResult.Counted c && c.value() == 42);
        check("counter expires when told", () -> texts.expire(counter, LIFE).isStored());
    }

    private void tags(Region<String> texts) {
        String tagged = id + "-t";
        check(
                "stored with a tag",
                () -> texts.put(tagged, "t", WriteOptions.ttl(LIFE).withTags(id))
                        .isStored());
        check(
                "invalidated by its tag",
                () -> texts.invalidateTags(List.of(id)).recorded()
                        && !texts.lookup(tagged).isPresent());
    }

    private void check(String name, BooleanSupplier behaviour) {
        run++;
        if (!behaviour.getAsBoolean()) {
            failed.add(name);
        }
    }
}
