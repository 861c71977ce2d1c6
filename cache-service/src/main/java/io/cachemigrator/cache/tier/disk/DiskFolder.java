package io.cachemigrator.cache.tier.disk;

import io.cachemigrator.cache.tier.TierUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Set;

/** The folder of the tier: made when missing, and refused on a file system that other machines reach too. */
record DiskFolder(Path path, TypeOf typeOf) {
    /** Locks and shared memory of SQLite do not work between machines: the file would be damaged. */
    private static final Set<String> NETWORK = Set.of(
            "nfs",
            "nfs3",
            "nfs4",
            "cifs",
            "smb",
            "smb2",
            "smb3",
            "smbfs",
            "smbfs2",
            "9p",
            "afs",
            "afpfs",
            "ncpfs",
            "ceph",
            "glusterfs",
            "lustre",
            "gpfs",
            "beegfs",
            "orangefs",
            "ocfs2",
            "gfs2",
            "davfs",
            "davfs2",
            "webdav",
            "vboxsf");

    /** File systems in user space that are backed by another machine. */
    private static final Set<String> NETWORK_IN_USER_SPACE = Set.of(
            "sshfs",
            "glusterfs",
            "ceph",
            "s3fs",
            "rclone",
            "gcsfuse",
            "davfs",
            "davfs2",
            "curlftpfs",
            "juicefs",
            "blobfuse",
            "blobfuse2",
            "goofys",
            "mfs",
            "lizardfs",
            "cvmfs2",
            "smbnetfs",
            "vmhgfs-fuse");

    /** Gives a file system's type. */
    interface TypeOf {
        String of(Path folder) throws IOException;
    }

    /** On a real file system. */
    static DiskFolder of(Path path) {
        return new DiskFolder(
                path.toAbsolutePath(), folder -> Files.getFileStore(folder).type());
    }

    /** Makes the folder when it is missing. */
    void prepare() throws IOException, TierUnavailableException {
        if (!Files.isDirectory(path)) {
            Files.createDirectories(path);
            if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                // what applications cache is nobody else's business
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
            }
        }
        String type = typeOf.of(path).toLowerCase(Locale.ROOT);
        boolean inUserSpace = type.startsWith("fuse.") && NETWORK_IN_USER_SPACE.contains(type.substring(5));
        if (NETWORK.contains(type) || inUserSpace || path.toString().startsWith("\\\\")) {
            throw new TierUnavailableException(
                    "the folder is on a network file system (" + type
                            + "), on which files of several processes get damaged; choose a folder on a local disk",
                    null);
        }
    }
}
