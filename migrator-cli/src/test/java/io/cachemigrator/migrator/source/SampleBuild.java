package io.cachemigrator.migrator.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Compiles a project with the compiler and runs its tests, as its own build would. */
final class SampleBuild {
    private SampleBuild() {}

    /** Runs every test of a project against a Redis. */
    static TestExecutionSummary test(SampleProject sample, Path project, Path classes, String redis)
            throws IOException {
        compile(project, classes);
        ClassLoader outer = Thread.currentThread().getContextClassLoader();
        System.setProperty(sample.redisVariable(), redis);
        try (URLClassLoader own = new URLClassLoader(new URL[] {classes.toUri().toURL()}, outer)) {
            Thread.currentThread().setContextClassLoader(own);
            LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                    .selectors(DiscoverySelectors.selectClasspathRoots(Set.of(classes)))
                    .build();
            SummaryGeneratingListener listener = new SummaryGeneratingListener();
            LauncherFactory.create().execute(request, listener);
            return listener.getSummary();
        } finally {
            Thread.currentThread().setContextClassLoader(outer);
            System.clearProperty(sample.redisVariable());
        }
    }

    private static void compile(Path project, Path classes) throws IOException {
        Files.createDirectories(classes);
        List<Path> sources = new ArrayList<>();
        try (Stream<Path> files = Files.walk(project)) {
            files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of(
                    "-d", classes.toString(), "-cp", System.getProperty("java.class.path"), "-nowarn", "-proc:none");
            boolean compiled = compiler.getTask(
                            said, manager, null, options, null, manager.getJavaFileObjectsFromPaths(sources))
                    .call();
            assertThat(compiled).as(said.toString()).isTrue();
        }
    }
}
