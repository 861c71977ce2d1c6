package io.cachemigrator.cache.observe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes what a monitor has seen as text. */
final class PerformanceExport {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private PerformanceExport() {}

    static String text(PerformanceSnapshot seen, ExportFormat format) {
        return switch (format) {
            case JSON -> json(seen);
            case CSV -> csv(seen);
            case PROMETHEUS -> prometheus(seen);
        };
    }

    static void write(Path file, String text) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException("'" + file + "' is no file that can be written");
        }
        Files.createDirectories(folder);
        Path part = Files.createTempFile(folder, ".part-", null);
        try {
            Files.writeString(part, text);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static String json(PerformanceSnapshot seen) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("export_timestamp", seen.takenAt().toString());
        for (Figure figure : figures(seen)) {
            if (figure.label().isEmpty()) {
                document.put(figure.name(), figure.value());
            } else {
                @SuppressWarnings("unchecked") // put below, with this type
                Map<String, Object> group =
                        (Map<String, Object>) document.computeIfAbsent(figure.name(), name -> new TreeMap<>());
                group.put(figure.label(), figure.value());
            }
        }
        document.put(
                "alerts", seen.alerts().stream().map(PerformanceAlert::message).toList());
        try {
            return MAPPER.writeValueAsString(document) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Numbers and texts can be written as JSON.", impossible);
        }
    }

    private static String csv(PerformanceSnapshot seen) {
        StringBuilder out = new StringBuilder("name,label,value\n");
        figures(seen)
                .forEach(figure -> out.append(figure.name())
                        .append(",\"")
                        .append(figure.label().replace("\"", "\"\""))
                        .append("\",")
                        .append(figure.value())
                        .append('\n'));
        return out.toString();
    }

    private static String prometheus(PerformanceSnapshot seen) {
        StringBuilder out = new StringBuilder();
        String last = "";
        for (Figure figure : figures(seen)) {
            String name = "cachemigrator_performance_" + figure.name();
            if (!name.equals(last)) {
                out.append("# TYPE ").append(name).append(" gauge\n");
                last = name;
            }
            out.append(name);
            if (!figure.label().isEmpty()) {
                out.append("{of=\"")
                        .append(figure.label()
                                .replace("\\", "\\\\")
                                .replace("\"", "\\\"")
                                .replace("\n", "\\n"))
                        .append("\"}");
            }
            out.append(' ').append(figure.value()).append('\n');
        }
        return out.toString();
    }

    private static List<Figure> figures(PerformanceSnapshot seen) {
        List<Figure> figures = new ArrayList<>(List.of(
                new Figure("hit_rate_percent", "", seen.hitRatePercent()),
                new Figure("hits", "", seen.hits()),
                new Figure("misses", "", seen.misses()),
                new Figure("memory_bytes", "", seen.memoryBytes()),
                new Figure("memory_entries", "", seen.memoryEntries()),
                new Figure("invalidations_last_hour", "", seen.invalidationsLastHour()),
                new Figure("invalidations_last_day", "", seen.invalidationsLastDay()),
                new Figure("keys_invalidated", "", seen.keysInvalidated())));
        new TreeMap<>(seen.operations())
                .forEach((name, times) -> figures.add(new Figure("operations", name, times.count())));
        new TreeMap<>(seen.operations())
                .forEach((name, times) -> figures.add(
                        new Figure("operation_mean_ms", name, times.mean().toNanos() / 1e6)));
        new TreeMap<>(seen.operations())
                .forEach((name, times) -> figures.add(new Figure("operation_slow", name, times.slow())));
        new TreeMap<>(seen.keys()).forEach((name, times) -> figures.add(new Figure("keys_made", name, times.count())));
        new TreeMap<>(seen.topPatterns())
                .forEach((name, count) -> figures.add(new Figure("invalidations_of", name, count)));
        return figures;
    }

    private record Figure(String name, String label, Number value) {}
}
