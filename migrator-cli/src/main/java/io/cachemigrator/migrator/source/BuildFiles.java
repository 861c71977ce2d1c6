package io.cachemigrator.migrator.source;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import io.cachemigrator.cache.CacheService;
import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import io.cachemigrator.migrator.source.ProjectSources.JavaFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Works out which build files must name the cache service as a dependency, so that the rewritten code compiles there too. */
final class BuildFiles {
    private static final String GROUP = "io.cachemigrator";
    private static final String ARTIFACT = "cache-service";
    private static final Pattern BLOCK = Pattern.compile("(?m)^dependencies\\s*\\{[ \\t]*(\\R)");
    private static final int CONTEXT = 3;

    private final ProjectCode code;
    private final List<SourcePatch> patches = new ArrayList<>();
    private final List<SourceProblem> problems = new ArrayList<>();

    BuildFiles(ProjectCode code) {
        this.code = code;
    }

    /** Build files that change, by path. */
    List<SourcePatch> patches() {
        return List.copyOf(patches);
    }

    /** What a person must add. */
    List<SourceProblem> problems() {
        return List.copyOf(problems);
    }

    /** Adds the dependency where files that are rewritten need it and no build file gives it. */
    BuildFiles need(Collection<String> rewritten) {
        Map<String, Boolean> modules = new TreeMap<>();
        for (String file : rewritten) {
            boolean main = !code.sources().isTest(file);
            modules.merge(code.sources().moduleOf(file), main, (one, other) -> one || other);
        }
        modules.forEach(this::module);
        return this;
    }

    private void module(String module, boolean main) {
        String folder = module.equals(".") ? "" : module + "/";
        if (code.knowsService(module.equals(".") ? "" : module, main)) {
            return;
        }
        if (code.sources().poms().contains(code.root().resolve(folder + "pom.xml"))) {
            maven(folder + "pom.xml", main);
            return;
        }
        String gradle = code.sources().gradle().stream()
                .filter(build -> build.equals(folder + "build.gradle") || build.equals(folder + "build.gradle.kts"))
                .findFirst()
                .orElse(null);
        if (gradle != null) {
            gradle(gradle, main);
        } else {
            byHand(folder.isEmpty() ? "." : folder);
        }
    }

    private void maven(String pom, boolean main) {
        JavaFile file = read(pom);
        String after = PomDependency.add(file.text(), GROUP, ARTIFACT, version(), main ? null : "test");
        if (after == null) {
            byHand(pom);
        } else {
            patch(file, after);
        }
    }

    private void gradle(String build, boolean main) {
        JavaFile file = read(build);
        if (file.text().contains(GROUP + ":")) {
            return;
        }
        Matcher block = BLOCK.matcher(file.text());
        if (!block.find()) {
            byHand(build);
            return;
        }
        String configuration = main ? "implementation" : "testImplementation";
        String what = GROUP + ":" + ARTIFACT + ":" + version();
        String line = build.endsWith(".kts") ? configuration + "(\"" + what + "\")" : configuration + " '" + what + "'";
        String indent = indent(file.text().substring(block.end()));
        patch(
                file,
                file.text().substring(0, block.end())
                        + indent
                        + line
                        + block.group(1)
                        + file.text().substring(block.end()));
    }

    /** As the next line has it. */
    private static String indent(String rest) {
        Matcher next = Pattern.compile("^([ \\t]+)\\S").matcher(rest);
        return next.find() ? next.group(1) : "    ";
    }

    private void byHand(String where) {
        problems.add(new SourceProblem(
                where,
                1,
                "The rewritten code needs " + GROUP + ":" + ARTIFACT + ":" + version()
                        + ", which is not added here. Add it to the dependencies by hand."));
    }

    private void patch(JavaFile file, String after) {
        List<String> old = file.text().lines().toList();
        List<String> diff = UnifiedDiffUtils.generateUnifiedDiff(
                "a/" + file.path(),
                "b/" + file.path(),
                old,
                DiffUtils.diff(old, after.lines().toList()),
                CONTEXT);
        patches.add(new SourcePatch(file.path(), file.bytes(), file.encode(after), String.join("\n", diff) + "\n"));
    }

    private JavaFile read(String path) {
        Path file = code.root().resolve(path);
        try {
            return JavaFile.of(path, Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new MigratorException(
                    ErrorCode.FILE_UNUSABLE,
                    "The build file " + path + " cannot be read.",
                    unreadable.getClass().getSimpleName() + ": " + unreadable.getMessage(),
                    "Correct its permissions.",
                    unreadable);
        }
    }

    /** Version of the cache service that this toolkit comes with. */
    static String version() {
        @Nullable String version = CacheService.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
