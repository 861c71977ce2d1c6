package io.cachemigrator.migrator.command;

import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.observe.KeyPatterns;
import io.cachemigrator.migrator.error.ExitCode;
import io.cachemigrator.migrator.project.StoreUri;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code cache-stats}: what the consolidated service holds, by region and pattern of keys. */
final class CacheStatsCommand {
    private static final int MOST_PATTERNS = 10;

    private CacheStatsCommand() {}

    private record Document(long entries, long bytes, List<RegionLine> regions) {}

    private record RegionLine(
            String region, long entries, long bytes, long withoutExpiry, List<PatternLine> patterns) {}

    private record PatternLine(String pattern, long entries, long bytes, long withoutExpiry, long meanAgeSeconds) {}

    static CommandSpec spec() {
        return new CommandSpec(
                "cache-stats",
                "shows what each region holds: entries, bytes, expiry, patterns of keys",
                "cache-stats --target redis://localhost:6379",
                false,
                List.of(TargetCache.REGION),
                CacheStatsCommand::run);
    }

    private static CommandResult run(Invocation invocation) {
        StoreUri target = invocation.workspace().requireTarget();
        return TargetCache.with(target, service -> {
            List<RegionLine> regions = new ArrayList<>();
            for (String name : TargetCache.regions(invocation, service)) {
                invocation.console().line("Reading region " + name);
                regions.add(read(service, name));
            }
            Document document = new Document(
                    regions.stream().mapToLong(RegionLine::entries).sum(),
                    regions.stream().mapToLong(RegionLine::bytes).sum(),
                    regions);
            return new CommandResult(ExitCode.OK, document, text(document, target), List.of());
        });
    }

    private static RegionLine read(CacheService service, String name) {
        KeyPatterns patterns = KeyPatterns.of(service.region(name, byte[].class), Instant.now(), Long.MAX_VALUE);
        List<PatternLine> lines = patterns.patterns().stream()
                .map(line -> new PatternLine(
                        line.pattern(),
                        line.entries(),
                        line.bytes(),
                        line.withoutExpiry(),
                        line.meanAge().toSeconds()))
                .toList();
        return new RegionLine(
                name,
                patterns.entries(),
                lines.stream().mapToLong(PatternLine::bytes).sum(),
                lines.stream().mapToLong(PatternLine::withoutExpiry).sum(),
                lines.stream().limit(MOST_PATTERNS).toList());
    }

    private static List<String> text(Document document, StoreUri target) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "== %,d entries, %,d bytes of values in %d regions (%s)",
                document.entries(),
                document.bytes(),
                document.regions().size(),
                target));
        for (RegionLine region : document.regions()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  %-24s %,10d entries %,14d bytes %,8d without expiry",
                    region.region(),
                    region.entries(),
                    region.bytes(),
                    region.withoutExpiry()));
            region.patterns()
                    .forEach(pattern -> lines.add(String.format(
                            Locale.ROOT,
                            "      %-40s %,8d entries %,12d bytes, mean age %,d s",
                            pattern.pattern(),
                            pattern.entries(),
                            pattern.bytes(),
                            pattern.meanAgeSeconds())));
        }
        return lines;
    }
}
