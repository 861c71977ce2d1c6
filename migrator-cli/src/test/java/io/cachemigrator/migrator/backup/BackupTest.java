package io.cachemigrator.migrator.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contents that are kept, and files that are replaced. */
@Tag("CLI-10")
class BackupTest {
    private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private static MigratorException fails(Runnable work) {
        MigratorException failure = catchThrowableOfType(MigratorException.class, work::run);
        assertThat(failure).isNotNull();
        assertThat(failure.code()).isEqualTo(ErrorCode.FILE_UNUSABLE);
        return failure;
    }

    private static Path only(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .reduce((one, other) -> {
                        throw new AssertionError("several files: " + one + ", " + other);
                    })
                    .orElseThrow();
        }
    }

    @Test
    void store_twice_keepsOneCopyThatReadsBack() throws IOException {
        ContentStore store = new ContentStore(folder.resolve("backup"));
        String name = store.store(CONTENT);
        assertThat(store.store(CONTENT)).isEqualTo(name).isEqualTo(ContentStore.sha256(CONTENT));
        assertThat(only(folder)).hasBinaryContent(CONTENT);
        assertThat(store.read(name)).isEqualTo(CONTENT);
    }

    @Test
    void read_damagedOrMissing_isNoticed() throws IOException {
        ContentStore store = new ContentStore(folder.resolve("backup"));
        String name = store.store(CONTENT);
        Files.writeString(only(folder), "conten");
        assertThat(fails(() -> store.read(name)).why()).contains("does not match its name");
        Files.delete(only(folder));
        fails(() -> store.read(name));
    }

    @Test
    void store_overADamagedCopy_mendsIt() throws IOException {
        ContentStore store = new ContentStore(folder.resolve("backup"));
        String name = store.store(CONTENT);
        Files.writeString(only(folder), "");
        store.store(CONTENT);
        assertThat(store.read(name)).isEqualTo(CONTENT);
    }

    @Test
    void replace_file_keepsPermissionsAndLeavesNothingBehind() throws IOException {
        Path root = folder.toRealPath();
        Path file = Files.writeString(root.resolve("a.env"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        // what a process that was killed while it replaced the file would have left
        Files.writeString(root.resolve(".migrator-a.env.part"), "half");
        new ProjectFiles(root).replace("a.env", CONTENT);
        assertThat(only(root)).isEqualTo(file).hasBinaryContent(CONTENT);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
        Files.writeString(root.resolve(".migrator-a.env.part"), "half");
        new ProjectFiles(root).forgetUnfinished("a.env");
        assertThat(only(root)).isEqualTo(file);
    }

    @Test
    void resolve_pathOutOfTheProject_isRefused() throws IOException {
        Path root = Files.createDirectories(folder.toRealPath().resolve("project"));
        Files.writeString(folder.resolve("outside.txt"), "mine");
        Files.createSymbolicLink(root.resolve("link.txt"), folder.resolve("outside.txt"));
        Files.createSymbolicLink(root.resolve("up"), folder.toRealPath());
        ProjectFiles files = new ProjectFiles(root);
        for (String path :
                new String[] {"../outside.txt", "link.txt", "up/outside.txt", "/etc/hostname", "a/../../x"}) {
            assertThat(fails(() -> files.replace(path, CONTENT)).why()).contains("out of the project");
            fails(() -> files.read(path));
        }
        assertThat(folder.resolve("outside.txt")).hasContent("mine");
        assertThat(files.resolve("sub/new.txt")).isEqualTo(root.resolve("sub/new.txt"));
    }
}
