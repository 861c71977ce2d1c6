package io.cachemigrator.migrator.data;

import io.cachemigrator.migrator.error.MigratorException;
import io.cachemigrator.migrator.journal.RunJournal;
import io.cachemigrator.migrator.journal.SettingRecord;
import io.cachemigrator.migrator.project.StoreUri;
import io.cachemigrator.migrator.report.Progress;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;

/** A server's {@code notify-keyspace-events}: read, switched on with a note in the journal, and set back. */
public final class KeyspaceSetting {
    /** The setting's name. */
    static final String NAME = "notify-keyspace-events";

    /** Strings, hashes, lists, sets, sorted sets, generic commands, expired and evicted keys. */
    private static final String CLASSES = "g$lshzxe";

    private KeyspaceSetting() {}

    /** What a server sends; null when it does not tell. */
    public static @Nullable String read(RedisLink link) {
        return link.call(redis -> {
            try {
                return redis.configGet(NAME).getOrDefault(NAME, "");
            } catch (JedisDataException refused) {
                return null;
            }
        });
    }

    /** Whether every change of a key is told with such a setting. */
    public static boolean isEnough(@Nullable String flags) {
        if (flags == null || (!flags.contains("K") && !flags.contains("E"))) {
            return false;
        }
        return flags.contains("A") || CLASSES.chars().allMatch(one -> flags.indexOf(one) >= 0);
    }

    /**
     * Switches notifications on, on top of what is sent already.
     *
     * @return what the server sends then; null when it refuses
     */
    static @Nullable String enable(RedisLink link, String before, RunJournal journal, String runId) {
        String wanted = before + (before.contains("K") ? "" : "K") + (before.contains("A") ? "" : "A");
        // noted first: whoever finds the note sets back what was there, or finds that it still is
        journal.setting(runId, new SettingRecord(link.server().toString(), NAME, before, wanted));
        return link.call(redis -> {
            try {
                String unused = redis.configSet(NAME, wanted);
                return redis.configGet(NAME).getOrDefault(NAME, "");
            } catch (JedisDataException refused) {
                return null;
            }
        });
    }

    /** Sets back what a run has changed, unless somebody has changed it since; says what it does, and what it cannot do. */
    public static void restore(StoreUri legacy, RunJournal journal, String runId, Progress progress) {
        for (SettingRecord setting : journal.settings(runId)) {
            try {
                restore(legacy, setting, progress);
                journal.dropSetting(runId, setting);
            } catch (MigratorException e) {
                progress.line("  " + setting.name() + " on " + setting.server() + " could not be set back to '"
                        + setting.before() + "' (" + e.why()
                        + "); `migrator migrate --resume` or `migrator rollback` does it,"
                        + " or CONFIG SET " + setting.name() + " \"" + setting.before() + "\"");
            }
        }
    }

    private static void restore(StoreUri legacy, SettingRecord setting, Progress progress) {
        int colon = setting.server().lastIndexOf(':');
        StoreUri.Server server = new StoreUri.Server(
                setting.server().substring(0, colon),
                Integer.parseInt(setting.server().substring(colon + 1)));
        try (RedisLink link = RedisLink.openServer(legacy, server, "legacy")) {
            String now = String.valueOf(read(link));
            if (flags(now).equals(flags(setting.changed()))) {
                String unused = link.call(redis -> redis.configSet(setting.name(), setting.before()));
                progress.line("  " + setting.name() + " on " + server + " is set back to '" + setting.before() + "'");
            } else if (!flags(now).equals(flags(setting.before()))) {
                progress.line("  " + setting.name() + " on " + server + " was changed to '" + now
                        + "' by somebody else and stays");
            }
        }
    }

    /** A server tells the letters in an order of its own, and A for all of its classes. */
    private static Set<Integer> flags(String text) {
        String classes = text.contains("A") ? text + "g$lshzxetd" : text;
        return classes.chars().filter(one -> one != 'A').boxed().collect(Collectors.toCollection(TreeSet::new));
    }
}
