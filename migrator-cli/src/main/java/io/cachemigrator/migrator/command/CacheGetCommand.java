package io.cachemigrator.migrator.command;

import io.cachemigrator.cache.EntryDetails;
import io.cachemigrator.migrator.error.ExitCode;
import io.cachemigrator.migrator.project.StoreUri;
import io.cachemigrator.migrator.project.Workspace;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code cache-get}: prints one entry of the consolidated service. */
final class CacheGetCommand {
    private CacheGetCommand() {}

    /** The document: what is kept beside the value, and the value as text, or in hexadecimal when it is none. */
    private record Document(
            String region,
            String id,
            boolean found,
            @Nullable String codec,
            @Nullable String tier,
            boolean migrated,
            @Nullable String created,
            @Nullable String deadline,
            List<String> tags,
            Map<String, String> metadata,
            @Nullable String value) {}

    static CommandSpec spec() {
        return new CommandSpec(
                "cache-get",
                "prints one entry with its deadline, tags and metadata",
                "cache-get metrics metr:api:requests --target redis://localhost:6379",
                false,
                List.of(
                        OptionSpec.argument(0, "region", "REGION", "region's name"),
                        OptionSpec.argument(1, "id", "ID", "id in the region")),
                CacheGetCommand::run);
    }

    private static CommandResult run(Invocation invocation) {
        String region = invocation.required("region", "the name of a region");
        String id = invocation.required("id", "an id");
        Workspace workspace = invocation.workspace();
        StoreUri target = workspace.requireTarget();
        return TargetCache.with(target, service -> {
            EntryDetails entry = service.region(region, byte[].class).describe(id);
            return entry == null ? absent(region, id) : found(entry);
        });
    }

    private static CommandResult absent(String region, String id) {
        Document document = new Document(region, id, false, null, null, false, null, null, List.of(), Map.of(), null);
        return new CommandResult(
                ExitCode.FINDINGS,
                document,
                List.of("There is no entry '" + id + "' in region '" + region + "'."),
                List.of());
    }

    private static CommandResult found(EntryDetails entry) {
        Document document = new Document(
                entry.region(),
                entry.id(),
                true,
                codec(entry.codec()),
                entry.tier(),
                entry.migrated(),
                entry.created().toString(),
                entry.deadline() == null ? null : entry.deadline().toString(),
                entry.tags(),
                entry.metadata(),
                value(entry));
        List<String> lines = new ArrayList<>();
        lines.add("region    " + document.region());
        lines.add("id        " + document.id());
        lines.add("codec     " + document.codec());
        lines.add("tier      " + document.tier());
        lines.add("created   " + document.created() + (document.migrated() ? " (copied)" : ""));
        lines.add("deadline  " + (document.deadline() == null ? "none" : document.deadline()));
        lines.add("tags      " + String.join(", ", document.tags()));
        document.metadata().forEach((key, value) -> lines.add("metadata  " + key + " = " + value));
        lines.add("value     " + document.value());
        return new CommandResult(ExitCode.OK, document, lines, List.of());
    }

    private static String codec(int id) {
        return switch (id) {
            case 0 -> "bytes";
            case 1 -> "string";
            case 2 -> "json";
            default -> "codec " + id;
        };
    }

    private static String value(EntryDetails entry) {
        if (entry.nullValue()) {
            return "null";
        }
        return entry.codec() == 1 || entry.codec() == 2
                ? new String(entry.payload(), StandardCharsets.UTF_8)
                : HexFormat.of().formatHex(entry.payload());
    }
}
