package io.cachemigrator.migrator.journal;

import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the journal is: a SQLite file or a PostgreSQL database, as a JDBC URL.
 *
 * @param url the JDBC URL; may hold a password, so it is never shown
 */
public record JournalUrl(String url) {

    private static final String SQLITE = "jdbc:sqlite:";
    private static final String POSTGRESQL = "jdbc:postgresql:";

    /** Checks the kind of database. */
    public JournalUrl {
        check(url);
    }

    /**
     * Checks the kind of database that a URL names.
     *
     * @throws MigratorException {@link ErrorCode#BAD_URI} when this version cannot use it
     */
    public static void check(String url) {
        if (!url.startsWith(SQLITE) && !url.startsWith(POSTGRESQL)) {
            String scheme = url.contains(":") ? url.substring(0, url.indexOf(':') + 1) : "no scheme";
            throw new MigratorException(
                    ErrorCode.BAD_URI,
                    "--journal is not a database this version can use.",
                    "It starts with " + (url.startsWith("jdbc:") ? "another kind of jdbc: URL" : scheme) + ".",
                    "Use jdbc:sqlite:FILE or jdbc:postgresql://HOST:PORT/DATABASE?user=...&password=...");
        }
    }

    /** A SQLite file. */
    public static JournalUrl file(Path file) {
        return new JournalUrl(SQLITE + file);
    }

    /** Whether this is a SQLite file. */
    public boolean isFile() {
        return url.startsWith(SQLITE);
    }

    /** The SQLite file. */
    public Path path() {
        String rest = url.substring(SQLITE.length());
        int query = rest.indexOf('?');
        return Path.of(query < 0 ? rest : rest.substring(0, query));
    }

    /** Whether nothing was ever written there: a file that does not exist. A database is asked when it is opened. */
    public boolean isAbsent() {
        return isFile() && !Files.exists(path());
    }

    /** For people: the file, or the database without its parameters. */
    @Override
    public String toString() {
        if (isFile()) {
            return path().toString();
        }
        int query = url.indexOf('?');
        String bare = query < 0 ? url : url.substring(0, query);
        return bare.replaceAll("//[^/]*@", "//***@");
    }
}
