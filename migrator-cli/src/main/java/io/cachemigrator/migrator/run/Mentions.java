package io.cachemigrator.migrator.run;

import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import io.cachemigrator.migrator.project.ProjectTree;
import io.cachemigrator.migrator.source.SourcePatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names that a project's files mention, other than its settings files: a setting that is mentioned is still in use. */
final class Mentions {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{2,}");
    private static final Pattern TEXT_FILE = Pattern.compile(
            "(?i).*\\.(java|kt|groovy|scala|ya?ml|json|xml|sh|bash|py|js|ts|gradle|kts|toml|conf|tf|tpl|service)"
                    + "|(?i)(docker|make|jenkins|proc)file.*|docker-compose.*");
    private static final long MAX_BYTES = 2 << 20;

    private final Set<String> names = new HashSet<>();

    private Mentions() {}

    /** Of a project, with some files as they will be. */
    static Mentions of(Path root, List<SourcePatch> patches) {
        Map<Path, byte[]> patched = new HashMap<>();
        patches.forEach(patch -> patched.put(root.resolve(patch.file()), patch.after()));
        Mentions mentions = new Mentions();
        for (Path file : ProjectTree.files(root, name -> TEXT_FILE.matcher(name).matches(), MAX_BYTES)) {
            byte[] after = patched.get(file);
            mentions.add(after != null ? after : read(file));
        }
        return mentions;
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new MigratorException(
                    ErrorCode.FILE_UNUSABLE,
                    "The file " + file + " cannot be read.",
                    e.getClass().getSimpleName() + ": " + e.getMessage(),
                    "Correct its permissions.",
                    e);
        }
    }

    private void add(byte[] content) {
        Matcher matcher = NAME.matcher(new String(content, StandardCharsets.UTF_8));
        while (matcher.find()) {
            names.add(matcher.group());
        }
    }

    /** Whether a name is mentioned, as a whole word. */
    boolean contains(String name) {
        return names.contains(name);
    }
}
