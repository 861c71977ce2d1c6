package io.cachemigrator.validation.architecture;

import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.freeze.TextFileBasedViolationStore;
import com.tngtech.archunit.library.freeze.ViolationStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * ArchUnit's store of text files, which finds a rule by a name and not by its text: otherwise a rule whose text is
 * changed would be a new one, and would accept everything that is there.
 */
final class RatchetStore implements ViolationStore {
    private final String name;
    private final @Nullable Path folder;
    private final TextFileBasedViolationStore files = new TextFileBasedViolationStore(ruleName -> ruleName);

    RatchetStore(String name, @Nullable Path folder) {
        this.name = name;
        this.folder = folder;
    }

    @Override
    public void initialize(Properties properties) {
        Properties own = new Properties();
        own.putAll(properties);
        if (folder != null) {
            own.setProperty("default.path", folder.toString());
        }
        files.initialize(own);
    }

    @Override
    public boolean contains(ArchRule rule) {
        return files.contains(rule.as(name));
    }

    @Override
    public void save(ArchRule rule, List<String> violations) {
        files.save(rule.as(name), violations);
    }

    @Override
    public List<String> getViolations(ArchRule rule) {
        return files.getViolations(rule.as(name));
    }
}
