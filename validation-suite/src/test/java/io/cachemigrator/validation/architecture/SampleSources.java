package io.cachemigrator.validation.architecture;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles small sources against this test's class path, the real legacy API included. */
final class SampleSources {
    private static final Pattern CLASS = Pattern.compile("\\bclass (\\w+)");

    private SampleSources() {}

    /** Compiles sources that each start with their top-level class, into a new folder. */
    static Path compile(Path parent, String... sources) {
        try {
            Path output = Files.createTempDirectory(parent, "classes");
            JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
            List<JavaFileObject> files = new ArrayList<>();
            for (String source : sources) {
                files.add(new Source(source));
            }
            StringWriter messages = new StringWriter();
            List<String> options =
                    List.of("-d", output.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none", "-g");
            boolean compiled =
                    compiler.getTask(messages, null, null, options, null, files).call();
            if (!compiled) {
                throw new IllegalArgumentException(messages.toString());
            }
            return output;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String text) {
            super(URI.create("string:///desk/" + name(text) + ".java"), Kind.SOURCE);
            this.text = text;
        }

        private static String name(String text) {
            Matcher matcher = CLASS.matcher(text);
            if (!matcher.find()) {
                throw new IllegalArgumentException("No class in: " + text);
            }
            return matcher.group(1);
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
