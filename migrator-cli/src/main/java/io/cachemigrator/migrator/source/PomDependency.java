package io.cachemigrator.migrator.source;

import org.jspecify.annotations.Nullable;
import org.openrewrite.SourceFile;
import org.openrewrite.xml.AddToTagVisitor;
import org.openrewrite.xml.XmlParser;
import org.openrewrite.xml.tree.Xml;

/** Reads and adds dependencies of a Maven build file, with every other character kept. */
final class PomDependency {
    private PomDependency() {}

    /**
     * The text with a dependency added; null when it is no build file.
     *
     * @param scope its scope; null = that of all code
     */
    static @Nullable String add(String pom, String group, String artifact, String version, @Nullable String scope) {
        Xml.Document document = parse(pom);
        if (document == null || !document.getRoot().getName().equals("project")) {
            return null;
        }
        String dependency = "<dependency><groupId>" + group + "</groupId><artifactId>" + artifact
                + "</artifactId><version>" + version + "</version>"
                + (scope == null ? "" : "<scope>" + scope + "</scope>") + "</dependency>";
        Xml.Tag root = document.getRoot();
        Xml.Tag place = root.getChild("dependencies").orElse(null);
        Xml.Tag added =
                Xml.Tag.build(spread(place == null ? "<dependencies>" + dependency + "</dependencies>" : dependency));
        Xml after = new AddToTagVisitor<Integer>(place == null ? root : place, added).visitNonNull(document, 0);
        String text = ((Xml.Document) after).printAll();
        return pom.contains("\r\n") ? text.replaceAll("(?<!\r)\n", "\r\n") : text;
    }

    /** One tag a line, so that the place's indentation can be given to each. */
    private static String spread(String tags) {
        return tags.replaceAll(
                "(<dependenc(?:y|ies)>|</groupId>|</artifactId>|</version>|</scope>|</dependency>)", "$1\n");
    }

    /** Whether a build file itself has a dependency of a group for some code. */
    static boolean has(String pom, String group, boolean main) {
        Xml.Document document = parse(pom);
        if (document == null) {
            return false;
        }
        return document.getRoot()
                .getChild("dependencies")
                .map(all -> all.getChildren("dependency").stream()
                        .filter(each ->
                                each.getChildValue("groupId").orElse("").trim().equals(group))
                        .map(each ->
                                each.getChildValue("scope").orElse("compile").trim())
                        .anyMatch(scope -> !main || !scope.equals("test")))
                .orElse(false);
    }

    /** A build file's tree; null when it is no XML. */
    static Xml.@Nullable Document parse(String pom) {
        SourceFile parsed = new XmlParser().parse(pom).findFirst().orElse(null);
        return parsed instanceof Xml.Document document ? document : null;
    }
}
