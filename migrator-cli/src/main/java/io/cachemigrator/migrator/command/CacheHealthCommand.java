package io.cachemigrator.migrator.command;

import io.cachemigrator.cache.CacheHealth;
import io.cachemigrator.cache.CacheService;
import io.cachemigrator.migrator.error.ExitCode;
import io.cachemigrator.migrator.project.StoreUri;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code cache-health}: how the tiers of the consolidated service fare. */
final class CacheHealthCommand {
    private CacheHealthCommand() {}

    private record Document(String status, Map<String, Tier> tiers) {}

    private record Tier(
            String status,
            @Nullable String reason,
            @Nullable Double latencyMs,
            Map<String, String> details) {}

    static CommandSpec spec() {
        return new CommandSpec(
                "cache-health",
                "shows how the tiers of the consolidated service fare, with reasons",
                "cache-health --target redis://localhost:6379",
                false,
                List.of(),
                CacheHealthCommand::run);
    }

    private static CommandResult run(Invocation invocation) {
        StoreUri target = invocation.workspace().requireTarget();
        CacheHealth health;
        try (CacheService service = CacheService.open(ValidateCommand.config(target))) {
            health = service.health();
        }
        Map<String, Tier> tiers = new TreeMap<>();
        List<String> lines = new ArrayList<>();
        lines.add("== " + health.status() + " (" + target + ")");
        health.tiers().forEach((name, tier) -> {
            Double latency = tier.latency() == null ? null : tier.latency().toNanos() / 1e6;
            tiers.put(name, new Tier(tier.status().name(), tier.reason(), latency, new TreeMap<>(tier.details())));
            lines.add(String.format(
                    Locale.ROOT,
                    "  %-8s %-9s%s%s",
                    name,
                    tier.status(),
                    latency == null ? "" : String.format(Locale.ROOT, " %.2f ms", latency),
                    tier.reason() == null ? "" : " " + tier.reason()));
            new TreeMap<>(tier.details()).forEach((key, value) -> lines.add("             " + key + " " + value));
        });
        int exit = switch (health.status()) {
            case UP -> ExitCode.OK;
            case DEGRADED -> ExitCode.FINDINGS;
            case DOWN -> ExitCode.ENVIRONMENT;
        };
        return new CommandResult(exit, new Document(health.status().name(), tiers), lines, List.of());
    }
}
