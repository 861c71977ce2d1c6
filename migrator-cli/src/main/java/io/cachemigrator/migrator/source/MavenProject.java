package io.cachemigrator.migrator.source;

import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openrewrite.ExecutionContext;
import org.openrewrite.InMemoryExecutionContext;
import org.openrewrite.Parser;
import org.openrewrite.SourceFile;
import org.openrewrite.maven.MavenDownloadingException;
import org.openrewrite.maven.MavenDownloadingExceptions;
import org.openrewrite.maven.MavenExecutionContextView;
import org.openrewrite.maven.MavenParser;
import org.openrewrite.maven.MavenSettings;
import org.openrewrite.maven.cache.LocalMavenArtifactCache;
import org.openrewrite.maven.tree.MavenResolutionResult;
import org.openrewrite.maven.tree.Plugin;
import org.openrewrite.maven.tree.ResolvedDependency;
import org.openrewrite.maven.tree.ResolvedPom;
import org.openrewrite.maven.tree.Scope;
import org.openrewrite.maven.utilities.MavenArtifactDownloader;

/**
 * What Maven build files say of compiling: jars and language level. Dependencies of the toolkit's own group are left
 * out, since the toolkit brings them itself.
 *
 * @param jars jars of all modules and scopes, in order
 * @param release highest language level of the modules; 0 when none says
 * @param problems dependencies that could not be found
 * @param modules modules by their folders in the project; the root's folder is empty
 */
record MavenProject(List<Path> jars, int release, List<SourceProblem> problems, Map<String, Module> modules) {
    static final MavenProject NONE = new MavenProject(List.of(), 0, List.of(), Map.of());

    /**
     * What one module compiles with.
     *
     * @param jars jars of all its scopes, in order
     * @param upstream folders of the project's modules that it depends on
     * @param release its language level; 0 when it says none
     */
    record Module(List<Path> jars, Set<String> upstream, int release) {}

    private static final Pattern DEPENDENCY = Pattern.compile("(?s)<dependency>.*?</dependency>");
    private static final Pattern NUMBER = Pattern.compile("(?:1\\.)?(\\d+)");

    /** Reads build files and finds the jars, first in the local repository, then in the repositories of the settings. */
    static MavenProject read(Path root, List<Path> poms) {
        Map<String, String> texts =
                new TreeMap<>(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()));
        for (Path pom : poms) {
            texts.put(root.relativize(pom).toString().replace('\\', '/'), without(load(pom), "io.cachemigrator", null));
        }
        return new Resolution(root, texts).resolve();
    }

    private static String load(Path pom) {
        try {
            return Files.readString(pom);
        } catch (IOException unreadable) {
            throw new MigratorException(
                    ErrorCode.FILE_UNUSABLE,
                    "The build file " + pom + " cannot be read.",
                    unreadable.getClass().getSimpleName() + ": " + unreadable.getMessage(),
                    "Correct its permissions or its encoding.",
                    unreadable);
        }
    }

    /** A build file without the dependencies on a group, or on one artifact of it. */
    private static String without(String pom, String group, @Nullable String artifact) {
        return DEPENDENCY.matcher(pom).replaceAll(match -> {
            String text = match.group().replaceAll("\\s+", "");
            boolean sought = text.contains("<groupId>" + group + "</groupId>")
                    && (artifact == null || text.contains("<artifactId>" + artifact + "</artifactId>"));
            return Matcher.quoteReplacement(sought ? "" : match.group());
        });
    }

    /** One attempt after the other, each without what could not be found. */
    private static final class Resolution {
        private final Path root;
        private final Map<String, String> poms;
        private final MavenExecutionContextView ctx;
        private final List<Throwable> failures = new ArrayList<>();
        private final Set<String> missing = new TreeSet<>();
        private final List<SourceProblem> problems = new ArrayList<>();

        Resolution(Path root, Map<String, String> poms) {
            this.root = root;
            this.poms = poms;
            ExecutionContext plain = new InMemoryExecutionContext(failures::add);
            this.ctx = MavenExecutionContextView.view(plain);
            MavenSettings settings = MavenSettings.readMavenSettingsFromDisk(ctx);
            if (settings != null) {
                ctx.setMavenSettings(settings);
            }
        }

        MavenProject resolve() {
            Map<String, MavenResolutionResult> found = attempt();
            for (int attempts = 0; attempts < 20 && dropUnresolved(); attempts++) {
                found = attempt();
            }
            Map<String, String> own = new HashMap<>();
            found.forEach((folder, module) ->
                    own.put(module.getPom().getGroupId() + ":" + module.getPom().getArtifactId(), folder));
            Set<Path> jars = new LinkedHashSet<>();
            Map<String, Module> modules = new TreeMap<>();
            int release = 0;
            for (Map.Entry<String, MavenResolutionResult> each : found.entrySet()) {
                Module module = module(each.getValue(), own);
                release = Math.max(release, module.release());
                jars.addAll(module.jars());
                modules.put(each.getKey(), module);
            }
            return new MavenProject(List.copyOf(jars), release, List.copyOf(problems), modules);
        }

        private Module module(MavenResolutionResult module, Map<String, String> own) {
            Set<Path> jars = new LinkedHashSet<>();
            Set<String> upstream = new TreeSet<>();
            for (Scope scope : List.of(Scope.Compile, Scope.Provided, Scope.Test)) {
                for (ResolvedDependency each : module.getDependencies().getOrDefault(scope, List.of())) {
                    String folder = own.get(each.getGroupId() + ":" + each.getArtifactId());
                    if (folder == null) {
                        addJar(each, jars);
                    } else {
                        upstream.add(folder);
                    }
                }
            }
            return new Module(List.copyOf(jars), Set.copyOf(upstream), release(module));
        }

        private Map<String, MavenResolutionResult> attempt() {
            failures.clear();
            List<Parser.Input> inputs = new ArrayList<>();
            poms.forEach((path, text) -> inputs.add(Parser.Input.fromString(root.resolve(path), text)));
            Map<String, MavenResolutionResult> modules = new LinkedHashMap<>();
            for (SourceFile pom :
                    MavenParser.builder().build().parseInputs(inputs, root, ctx).toList()) {
                String path = pom.getSourcePath().toString().replace('\\', '/');
                String folder = path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
                pom.getMarkers()
                        .findFirst(MavenResolutionResult.class)
                        .ifPresent(module -> modules.put(folder, module));
            }
            return modules;
        }

        private boolean dropUnresolved() {
            boolean dropped = false;
            for (Throwable failure : List.copyOf(failures)) {
                for (MavenDownloadingException each : exceptions(failure)) {
                    dropped |= drop(each);
                }
            }
            return dropped;
        }

        private static List<MavenDownloadingException> exceptions(Throwable failure) {
            if (failure instanceof MavenDownloadingExceptions several) {
                return several.getExceptions();
            }
            return failure instanceof MavenDownloadingException one ? List.of(one) : List.of();
        }

        private boolean drop(MavenDownloadingException failure) {
            String failed = failure.getFailedOn().getGroupId() + ":"
                    + failure.getFailedOn().getArtifactId() + ":"
                    + failure.getFailedOn().getVersion();
            String group = String.valueOf(failure.getRoot().getGroupId());
            String artifact = failure.getRoot().getArtifactId();
            missing(failed);
            boolean changed = false;
            for (Map.Entry<String, String> pom : poms.entrySet()) {
                String shorter = without(pom.getValue(), group, artifact);
                changed |= !shorter.equals(pom.getValue());
                pom.setValue(shorter);
            }
            return changed;
        }

        private void missing(String artifact) {
            if (missing.add(artifact)) {
                problems.add(new SourceProblem(
                        "pom.xml",
                        1,
                        "The dependency " + artifact + " could not be found, so that legacy calls may be missed. "
                                + "Install it in the local Maven repository, or make its repository reachable."));
            }
        }

        private void addJar(ResolvedDependency dependency, Set<Path> jars) {
            if (dependency.getGroupId().equals("io.cachemigrator") || "pom".equals(dependency.getType())) {
                return;
            }
            Path jar = localRepository().resolve(path(dependency));
            if (Files.isRegularFile(jar)) {
                jars.add(jar);
                return;
            }
            List<Throwable> refused = new ArrayList<>();
            Path loaded = new MavenArtifactDownloader(
                            new LocalMavenArtifactCache(localRepository()), ctx.getSettings(), refused::add, ctx)
                    .downloadArtifact(dependency);
            if (loaded == null) {
                missing(dependency.getGroupId() + ":" + dependency.getArtifactId() + ":" + dependency.getVersion());
            } else {
                jars.add(loaded);
            }
        }

        private static String path(ResolvedDependency dependency) {
            String classifier = dependency.getClassifier() == null ? "" : "-" + dependency.getClassifier();
            return dependency.getGroupId().replace('.', '/') + "/" + dependency.getArtifactId() + "/"
                    + dependency.getVersion() + "/" + dependency.getArtifactId() + "-" + dependency.getVersion()
                    + classifier + ".jar";
        }

        private Path localRepository() {
            String property = System.getProperty("maven.repo.local");
            MavenSettings settings = ctx.getSettings();
            String configured = settings == null ? null : settings.getLocalRepository();
            if (property != null || configured != null) {
                return Path.of(property != null ? property : configured);
            }
            return Path.of(System.getProperty("user.home"), ".m2", "repository");
        }

        private static int release(MavenResolutionResult module) {
            ResolvedPom pom = module.getPom();
            List<@Nullable String> stated = new ArrayList<>();
            for (List<Plugin> plugins : List.of(pom.getPlugins(), pom.getPluginManagement())) {
                for (Plugin plugin : plugins) {
                    if (plugin.getArtifactId().equals("maven-compiler-plugin")) {
                        stated.add(plugin.getConfigurationStringValue("release"));
                        stated.add(plugin.getConfigurationStringValue("source"));
                    }
                }
            }
            for (String name : List.of("maven.compiler.release", "maven.compiler.source", "java.version")) {
                stated.add(pom.getProperties().get(name));
            }
            for (String value : stated) {
                Matcher number = NUMBER.matcher(value == null ? "" : String.valueOf(pom.getValue(value)));
                if (number.matches()) {
                    return Integer.parseInt(number.group(1));
                }
            }
            return 0;
        }
    }
}
