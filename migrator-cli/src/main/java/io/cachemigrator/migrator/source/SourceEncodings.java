package io.cachemigrator.migrator.source;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the sources of each module are encoded, as {@code project.build.sourceEncoding} of its build file or of one above says. */
final class SourceEncodings {
    private static final Pattern DECLARED = Pattern.compile(
            "<project\\.build\\.sourceEncoding>\\s*([A-Za-z0-9_.:+-]+)\\s*</project\\.build\\.sourceEncoding>");

    private final Map<String, Charset> byFolder = new TreeMap<>();

    private SourceEncodings() {}

    static SourceEncodings of(Path root, List<Path> poms) throws IOException {
        SourceEncodings encodings = new SourceEncodings();
        for (Path pom : poms) {
            Matcher declared = DECLARED.matcher(Files.readString(pom, StandardCharsets.ISO_8859_1));
            if (declared.find()) {
                Path folder = root.relativize(pom.getParent());
                encodings.byFolder.put(folder.toString().replace('\\', '/'), charset(declared.group(1)));
            }
        }
        return encodings;
    }

    /** A name that is no encoding is left to the compiler to complain of. */
    private static Charset charset(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return StandardCharsets.UTF_8;
        }
    }

    /** Of a file; UTF-8 where no build file says anything. */
    Charset of(String path) {
        String folder = path;
        while (true) {
            int slash = folder.lastIndexOf('/');
            folder = slash < 0 ? "" : folder.substring(0, slash);
            Charset declared = byFolder.get(folder);
            if (declared != null) {
                return declared;
            }
            if (folder.isEmpty()) {
                return StandardCharsets.UTF_8;
            }
        }
    }
}
