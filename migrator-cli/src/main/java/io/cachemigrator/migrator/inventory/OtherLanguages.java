package io.cachemigrator.migrator.inventory;

import io.cachemigrator.migrator.source.ProjectSources.JavaFile;
import java.util.ArrayList;
import java.util.List;

/** Finds Kotlin and Groovy files that name legacy types, which are told of and not touched. */
final class OtherLanguages {
    private OtherLanguages() {}

    /** A gap for each line that names a package with legacy types. */
    static List<Gap> gaps(List<JavaFile> files, LegacyIndex index) {
        List<Gap> gaps = new ArrayList<>();
        for (JavaFile file : files) {
            String language = file.path().endsWith(".groovy") ? "Groovy" : "Kotlin";
            int number = 0;
            for (String line : file.text().split("\\R", -1)) {
                number++;
                int at = number;
                index.packageNames().stream()
                        .filter(name -> names(line, name))
                        .max((one, other) -> Integer.compare(one.length(), other.length()))
                        .ifPresent(name -> gaps.add(new Gap(
                                Gap.Kind.OTHER_LANGUAGE,
                                file.path(),
                                at,
                                language + " that names " + name,
                                "Change it by hand; only Java is rewritten.")));
            }
        }
        return gaps;
    }

    private static boolean names(String line, String name) {
        int at = line.indexOf(name);
        int end = at + name.length();
        return at >= 0 && (end == line.length() || !Character.isJavaIdentifierPart(line.charAt(end)));
    }
}
