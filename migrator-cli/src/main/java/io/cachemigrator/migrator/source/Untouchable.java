package io.cachemigrator.migrator.source;

import java.nio.file.Files;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Tells which files are not to be rewritten for what surrounds them, whatever is in them. */
final class Untouchable {
    private static final int SERVICE_RELEASE = 17;

    private final ProjectCode code;

    Untouchable(ProjectCode code) {
        this.code = code;
    }

    /** Those of some files, each with the reason. */
    Map<String, Held> of(Collection<String> files) {
        Map<String, Held> held = new TreeMap<>();
        for (String file : files) {
            Held why = why(file);
            if (why != null) {
                held.put(file, why);
            }
        }
        return held;
    }

    private @Nullable Held why(String file) {
        if (!Files.isWritable(code.root().resolve(file))) {
            return new Held("READ_ONLY", "The file may not be written. Give it the permission, then run again.", true);
        }
        boolean main = !code.sources().isTest(file);
        if (code.knowsService(folder(file), main)) {
            return null;
        }
        int release = code.runtime(folder(file));
        if (release < SERVICE_RELEASE) {
            return new Held(
                    "JAVA_LEVEL",
                    "The project is built for Java " + release + ", and the cache service runs on Java "
                            + SERVICE_RELEASE + " or later. Raise the level, or, where it runs on Java "
                            + SERVICE_RELEASE + " all the same, write 'java-runtime: " + SERVICE_RELEASE
                            + "' into migrator.yml.",
                    true);
        }
        return code.hasModuleInfo(file)
                ? new Held(
                        "MODULE_INFO",
                        "The module's module-info.java does not require the cache service. Add it to the module's"
                                + " requirements and dependencies, then run again.",
                        true)
                : null;
    }

    private String folder(String file) {
        String module = code.sources().moduleOf(file);
        return module.equals(".") ? "" : module;
    }
}
