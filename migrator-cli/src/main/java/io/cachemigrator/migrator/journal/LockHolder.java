package io.cachemigrator.migrator.journal;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;

/**
 * Who holds a lock, kept as text in the journal.
 *
 * @param purpose what for
 * @param pid its process
 * @param host on which machine
 * @param since since when
 */
record LockHolder(String purpose, long pid, String host, Instant since) {

    /** This process. */
    static LockHolder here(String purpose) {
        return new LockHolder(purpose, ProcessHandle.current().pid(), localHost(), Instant.now());
    }

    private static String localHost() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    String toText() {
        return pid + "\n" + host + "\n" + since + "\n" + purpose;
    }

    static LockHolder fromText(String text) {
        String[] parts = text.split("\n", 4);
        return new LockHolder(parts[3], Long.parseLong(parts[0]), parts[1], Instant.parse(parts[2]));
    }

    boolean isOnThisMachine() {
        return host.equals(localHost());
    }

    /** Whether it is known that the process is gone, as it ran on this machine. */
    boolean isDead() {
        return isOnThisMachine()
                && ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty();
    }

    String describe() {
        return "'" + purpose + "', process " + pid + " on " + host + ", since " + since;
    }
}
