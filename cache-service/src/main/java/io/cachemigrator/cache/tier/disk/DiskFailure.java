package io.cachemigrator.cache.tier.disk;

import io.cachemigrator.cache.tier.TierUnavailableException;
import java.sql.SQLException;
import java.util.Set;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What a failure of SQLite means for the tier. */
final class DiskFailure {
    private static final Set<SQLiteErrorCode> DAMAGED = Set.of(
            SQLiteErrorCode.SQLITE_CORRUPT, SQLiteErrorCode.SQLITE_NOTADB, SQLiteErrorCode.SQLITE_IOERR_SHORT_READ);
    private static final Set<SQLiteErrorCode> CONTENDED = Set.of(
            SQLiteErrorCode.SQLITE_BUSY,
            SQLiteErrorCode.SQLITE_BUSY_RECOVERY,
            SQLiteErrorCode.SQLITE_BUSY_SNAPSHOT,
            SQLiteErrorCode.SQLITE_LOCKED);

    private DiskFailure() {}

    /** Whether the file's content is damaged. */
    static boolean isDamage(SQLException failure) {
        return isOf(failure, DAMAGED);
    }

    /** Whether others were using the file for too long. */
    static boolean isContention(SQLException failure) {
        return isOf(failure, CONTENDED);
    }

    /** Extended codes carry the plain one in their low byte. */
    private static boolean isOf(SQLException failure, Set<SQLiteErrorCode> codes) {
        if (!(failure instanceof SQLiteException known)) {
            return false;
        }
        SQLiteErrorCode code = known.getResultCode();
        return codes.contains(code) || codes.stream().anyMatch(plain -> (code.code & 0xFF) == plain.code);
    }

    /** What the callers of the tier are told. */
    static TierUnavailableException unavailable(SQLException failure) {
        if (!(failure instanceof SQLiteException known)) {
            return new TierUnavailableException(
                    "the disk tier's file cannot be used: " + failure.getClass().getSimpleName(), failure);
        }
        String code = known.getResultCode().name();
        String reason = switch (code) {
            case "SQLITE_FULL" -> "the disk tier's disk is full: " + code;
            case "SQLITE_BUSY" -> "the disk tier's file is kept locked by another process: " + code;
            default -> "the disk tier's file cannot be used: " + code;
        };
        return new TierUnavailableException(reason, failure);
    }
}
