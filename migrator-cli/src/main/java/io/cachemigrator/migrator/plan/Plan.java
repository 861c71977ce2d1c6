package io.cachemigrator.migrator.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.cachemigrator.migrator.backup.ContentStore;
import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a migration will do, nothing implied. It is written by {@code dry-run}, applied by {@code migrate}, and
 * named by the hash of its content, so that what was reviewed is what is applied. Holds no secret.
 *
 * @param version version of the plan's fields
 * @param project absolute folder of the project it was made for
 * @param legacy legacy store; empty when there are no data to move
 * @param target target store; empty when there are no data to move
 * @param families families that it migrates
 * @param parameters parameters of the maps
 * @param maps hash of each map's content, by family
 * @param files files that change
 * @param refused call sites that are left, as {@code file:line reason}
 * @param keySpaces key spaces found
 * @param estimate how much there is to copy
 */
public record Plan(
        int version,
        String project,
        String legacy,
        String target,
        List<String> families,
        Map<String, String> parameters,
        Map<String, String> maps,
        List<PlanFile> files,
        List<String> refused,
        List<PlanKeySpace> keySpaces,
        Estimate estimate) {

    /** Version of the fields that this build writes and reads. */
    public static final int VERSION = 1;

    private static final long MAX_BYTES = 64L << 20;
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    /** The plan's text, from which its hash is taken. */
    public String text() {
        try {
            return MAPPER.writeValueAsString(this) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a plan that cannot be written: " + e.getOriginalMessage(), e);
        }
    }

    /** SHA-256 of the plan's text in hexadecimal. */
    public String sha256() {
        return ContentStore.sha256(text().getBytes(StandardCharsets.UTF_8));
    }

    /** Writes the plan into a folder, under a name with its hash, and returns the file. */
    public Path write(Path folder) {
        Path file = folder.resolve("plan-" + sha256().substring(0, 12) + ".json");
        try {
            Files.createDirectories(folder);
            Files.writeString(file, text());
            return file;
        } catch (IOException e) {
            throw new MigratorException(
                    ErrorCode.FILE_UNUSABLE,
                    "The plan file " + file + " cannot be written.",
                    e.getClass().getSimpleName() + ": " + e.getMessage(),
                    "Make room or correct its permissions, then run the command again.",
                    e);
        }
    }

    /**
     * Reads a plan file.
     *
     * @throws MigratorException {@link ErrorCode#BAD_PLAN} when it is no plan, or was edited since it was written
     */
    public static Plan read(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                throw bad(file, "There is no such file.", null);
            }
            if (Files.size(file) > MAX_BYTES) {
                throw bad(file, "It is larger than any plan.", null);
            }
            String text = Files.readString(file);
            Plan plan = parse(file, text);
            String name = file.getFileName().toString();
            String hash = plan.sha256();
            if (!plan.text().equals(text)
                    || (name.matches("plan-[0-9a-f]{12}\\.json") && !name.contains(hash.substring(0, 12)))) {
                throw bad(
                        file,
                        "It was edited after dry-run wrote it: its content no longer has the hash in its name.",
                        null);
            }
            return plan;
        } catch (IOException e) {
            throw bad(file, e.getClass().getSimpleName() + ": " + e.getMessage(), e);
        }
    }

    private static Plan parse(Path file, String text) {
        try {
            @Nullable Plan plan = MAPPER.readValue(text, Plan.class);
            if (plan == null || !plan.isComplete()) {
                throw bad(file, "It lacks fields that every plan has.", null);
            }
            if (plan.version != VERSION) {
                throw bad(file, "It has version " + plan.version + ", and this toolkit reads " + VERSION + ".", null);
            }
            return plan;
        } catch (JsonProcessingException e) {
            long line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw bad(file, "Line " + line + " is not what a plan holds: " + e.getOriginalMessage() + ".", e);
        }
    }

    /** Jackson gives null for what a file does not name. */
    private boolean isComplete() {
        return Stream.of(project, legacy, target, families, parameters, maps, files, refused, keySpaces, estimate)
                .allMatch(Objects::nonNull);
    }

    /** Reads the text of a plan that the journal kept. */
    public static Plan ofJournal(String text) {
        return parse(Path.of("journal"), text);
    }

    private static MigratorException bad(Path file, String why, @Nullable Throwable cause) {
        return new MigratorException(
                ErrorCode.BAD_PLAN,
                "The plan " + file + " cannot be used.",
                why,
                "Make a new one with `migrator dry-run`.",
                cause);
    }
}
