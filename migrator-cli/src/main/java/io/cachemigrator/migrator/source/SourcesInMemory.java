package io.cachemigrator.migrator.source;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardLocation;
import org.jspecify.annotations.Nullable;

/** Gives the compiler a source path in memory, and drops what it writes. */
final class SourcesInMemory extends ForwardingJavaFileManager<JavaFileManager> {
    private static final Pattern PACKAGE = Pattern.compile("(?m)^\\s*package\\s+([\\w.]+)\\s*;");

    private final Map<String, List<JavaFileObject>> byPackage = new HashMap<>();

    /** With files that may be named by those that are compiled. */
    SourcesInMemory(JavaFileManager files, List<Text> visible) {
        super(files);
        visible.forEach(text -> byPackage
                .computeIfAbsent(text.packageName(), key -> new ArrayList<>())
                .add(text));
    }

    /** A source file's text under its path in the project. */
    static final class Text extends SimpleJavaFileObject {
        private final String path;
        private final String text;

        Text(String path, String text) {
            super(Path.of("/", path).toUri(), Kind.SOURCE);
            this.path = path;
            this.text = text;
        }

        /** Its path in the project. */
        String path() {
            return path;
        }

        private String packageName() {
            Matcher matcher = PACKAGE.matcher(text);
            return matcher.find() ? matcher.group(1) : "";
        }

        private String binaryName() {
            String name = path.substring(path.lastIndexOf('/') + 1).replaceFirst("\\.java$", "");
            return packageName().isEmpty() ? name : packageName() + "." + name;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    @Override
    public boolean hasLocation(Location location) {
        return location == StandardLocation.SOURCE_PATH || super.hasLocation(location);
    }

    @Override
    public Iterable<JavaFileObject> list(
            Location location, String packageName, Set<JavaFileObject.Kind> kinds, boolean recurse) throws IOException {
        if (location == StandardLocation.SOURCE_PATH) {
            return kinds.contains(JavaFileObject.Kind.SOURCE)
                    ? byPackage.getOrDefault(packageName, List.of())
                    : List.of();
        }
        return super.list(location, packageName, kinds, recurse);
    }

    @Override
    public String inferBinaryName(Location location, JavaFileObject file) {
        return file instanceof Text text ? text.binaryName() : super.inferBinaryName(location, file);
    }

    @Override
    public boolean isSameFile(FileObject one, FileObject other) {
        return (one instanceof Text || other instanceof Text) ? one.equals(other) : super.isSameFile(one, other);
    }

    @Override
    public boolean contains(Location location, FileObject file) throws IOException {
        return file instanceof Text ? location == StandardLocation.SOURCE_PATH : super.contains(location, file);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
            Location location, String className, JavaFileObject.Kind kind, @Nullable FileObject sibling) {
        return new SimpleJavaFileObject(URI.create("discarded:///" + className.replace('.', '/')), kind) {
            @Override
            public OutputStream openOutputStream() {
                return OutputStream.nullOutputStream();
            }
        };
    }
}
