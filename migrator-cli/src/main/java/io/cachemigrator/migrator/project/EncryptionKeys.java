package io.cachemigrator.migrator.project;

import io.cachemigrator.map.encoding.FernetKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The keys that open encrypted legacy values, as {@code migrator.yml} names them: by reference, so that none of them is in a
 * file that is committed, on a command line, or in anything that the toolkit writes.
 *
 * @param keys those that were found, in the order in which they are tried
 * @param missing the references behind which there is nothing, each with the reason
 */
public record EncryptionKeys(FernetKeys keys, List<String> missing) {
    /** No key is named. */
    public static final EncryptionKeys NONE = new EncryptionKeys(FernetKeys.NONE, List.of());

    private static final String VARIABLE = "env:";
    private static final String FILE = "file:";
    private static final long MAX_BYTES = 4096;

    /**
     * Follows references.
     *
     * @param references {@code env:NAME} or {@code file:PATH} each
     * @param folder what relative paths start from
     * @throws IllegalArgumentException where one is no reference, or leads to something that is no key; without what it says
     */
    static EncryptionKeys of(List<String> references, Path folder, Map<String, String> environment) {
        List<String> found = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (int i = 0; i < references.size(); i++) {
            String reference = references.get(i);
            if (reference.startsWith(VARIABLE)) {
                String value = environment.getOrDefault(reference.substring(VARIABLE.length()), "");
                add(found, missing, value, reference + ": the environment variable is not set");
            } else if (reference.startsWith(FILE)) {
                read(folder.resolve(reference.substring(FILE.length())), reference, found, missing);
            } else {
                throw new IllegalArgumentException(
                        "entry " + (i + 1) + " is no reference; write env:NAME or file:PATH, never the key itself");
            }
        }
        return new EncryptionKeys(FernetKeys.of(found), List.copyOf(missing));
    }

    private static void add(List<String> found, List<String> missing, String value, String otherwise) {
        if (value.isBlank()) {
            missing.add(otherwise);
        } else {
            found.add(value);
        }
    }

    private static void read(Path file, String reference, List<String> found, List<String> missing) {
        try {
            if (!Files.isRegularFile(file)) {
                missing.add(reference + ": there is no such file");
            } else if (Files.size(file) > MAX_BYTES) {
                missing.add(reference + ": the file is larger than any key");
            } else {
                add(found, missing, Files.readString(file), reference + ": the file is empty");
            }
        } catch (IOException unreadable) {
            missing.add(reference + ": the file cannot be read, "
                    + unreadable.getClass().getSimpleName());
        }
    }
}
