package io.cachemigrator.migrator.backup;

import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A folder of contents named by their SHA-256: what is stored twice is kept once, and what was damaged is noticed when it
 * is read. A content is complete or absent, whenever the process dies.
 */
public final class ContentStore {
    private final Path folder;

    /** In a folder, made when the first content is stored. */
    public ContentStore(Path folder) {
        this.folder = folder;
    }

    /** The folder. */
    public Path folder() {
        return folder;
    }

    /** SHA-256 of bytes in lower-case hexadecimal. */
    public static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Stores a content durably and returns its name. */
    public String store(byte[] content) {
        String name = sha256(content);
        Path file = fileOf(name);
        try {
            // one that was damaged since is stored anew: what is stored now is what must be restored later
            if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), content)) {
                Files.createDirectories(file.getParent());
                Path part = Files.createTempFile(file.getParent(), "part-", null);
                try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                    DurableWrites.write(channel, content);
                }
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
            return name;
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private MigratorException unwritable(IOException e) {
        return new MigratorException(
                ErrorCode.FILE_UNUSABLE,
                "The backup folder " + folder + " cannot be written.",
                e.getClass().getSimpleName() + ": " + e.getMessage(),
                "Make room or correct its permissions; nothing was changed without a backup.",
                e);
    }

    /** A content that is too large for memory. */
    public interface Content {
        /** Writes it to a stream; false where it changed meanwhile and is not to be kept. */
        boolean writeTo(OutputStream out) throws IOException;
    }

    /** Stores a large content durably and returns its name; null where it is not to be kept. */
    public @Nullable String store(Content content) {
        try {
            Files.createDirectories(folder);
            Path part = Files.createTempFile(folder, "part-", null);
            try {
                MessageDigest sha = MessageDigest.getInstance("SHA-256");
                try (FileOutputStream file = new FileOutputStream(part.toFile());
                        OutputStream out = new DigestOutputStream(new BufferedOutputStream(file, 1 << 16), sha)) {
                    if (!content.writeTo(out)) {
                        return null;
                    }
                    out.flush();
                    file.getFD().sync();
                }
                String name = HexFormat.of().formatHex(sha.digest());
                Files.createDirectories(fileOf(name).getParent());
                Files.move(part, fileOf(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                return name;
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** How many bytes a content has. */
    public long size(String name) {
        try {
            return Files.size(fileOf(name));
        } catch (IOException e) {
            throw damaged(fileOf(name), e.getClass().getSimpleName() + ": " + e.getMessage(), e);
        }
    }

    /** The file of a large content, after its content was checked against its name. */
    public Path file(String name) {
        Path file = fileOf(name);
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
                sha.update(buffer, 0, read);
            }
            if (!HexFormat.of().formatHex(sha.digest()).equals(name)) {
                throw damaged(file, "its content does not match its name", null);
            }
            return file;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        } catch (IOException e) {
            throw damaged(file, e.getClass().getSimpleName() + ": " + e.getMessage(), e);
        }
    }

    /** Whether a content is kept. */
    public boolean has(byte[] content) {
        return Files.exists(fileOf(sha256(content)));
    }

    /** Reads a content and checks it against its name. */
    public byte[] read(String name) {
        Path file = fileOf(name);
        try {
            byte[] content = Files.readAllBytes(file);
            if (!sha256(content).equals(name)) {
                throw damaged(file, "its content does not match its name", null);
            }
            return content;
        } catch (IOException e) {
            throw damaged(file, e.getClass().getSimpleName() + ": " + e.getMessage(), e);
        }
    }

    private static MigratorException damaged(Path file, String why, @Nullable Throwable cause) {
        return new MigratorException(
                ErrorCode.FILE_UNUSABLE,
                "The backup file " + file + " cannot be used.",
                why + ".",
                "Restore the .migrator folder from your own backup, or undo the change by hand.",
                cause);
    }

    private Path fileOf(String name) {
        return folder.resolve(name.substring(0, 2)).resolve(name.substring(2));
    }
}
