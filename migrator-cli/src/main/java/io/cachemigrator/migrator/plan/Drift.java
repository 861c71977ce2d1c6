package io.cachemigrator.migrator.plan;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What is no longer as a plan says. A live store changes all the time, so a key space may shrink, and may grow by a tenth
 * or by ten keys; it must not appear, and must not vanish before the last of its keys could have expired.
 */
public final class Drift {
    private static final double GROWTH = 1.1;
    private static final long GROWTH_KEYS = 10;

    private Drift() {}

    /** What changed between a plan and one made now, in words; empty = nothing that matters. */
    public static List<String> between(Plan planned, Plan actual, Clock clock) {
        List<String> changes = new ArrayList<>();
        if (!planned.project().equals(actual.project())) {
            changes.add("it was made for the project " + planned.project() + ", not " + actual.project());
            return changes;
        }
        different("legacy store", planned.legacy(), actual.legacy(), changes);
        different("target store", planned.target(), actual.target(), changes);
        different("families", String.valueOf(planned.families()), String.valueOf(actual.families()), changes);
        different("parameters", String.valueOf(planned.parameters()), String.valueOf(actual.parameters()), changes);
        planned.maps().forEach((family, hash) -> {
            if (!hash.equals(actual.maps().get(family))) {
                changes.add("the migration map '" + family + "' has changed");
            }
        });
        files(planned, actual, changes);
        keySpaces(planned, actual, clock, changes);
        return changes;
    }

    private static void different(String what, String planned, String actual, List<String> changes) {
        if (!planned.equals(actual)) {
            changes.add("the " + what + " was '" + planned + "' and is '" + actual + "'");
        }
    }

    private static void files(Plan planned, Plan actual, List<String> changes) {
        Map<String, PlanFile> before = byName(planned);
        Map<String, PlanFile> now = byName(actual);
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(now.keySet());
        for (String name : names) {
            PlanFile old = before.get(name);
            PlanFile current = now.get(name);
            if (old == null) {
                changes.add("the file " + name + " holds legacy usage now and did not before");
            } else if (current == null) {
                changes.add("the file " + name + " no longer holds what was planned to change, or is gone");
            } else if (!old.beforeSha256().equals(current.beforeSha256())) {
                changes.add("the file " + name + " has changed");
            } else if (!old.afterSha256().equals(current.afterSha256())) {
                changes.add("the file " + name + " would be rewritten in another way");
            }
        }
    }

    private static Map<String, PlanFile> byName(Plan plan) {
        Map<String, PlanFile> files = new LinkedHashMap<>();
        plan.files().forEach(file -> files.put(file.file(), file));
        return files;
    }

    private static void keySpaces(Plan planned, Plan actual, Clock clock, List<String> changes) {
        Map<String, PlanKeySpace> before = spaces(planned);
        Map<String, PlanKeySpace> now = spaces(actual);
        before.forEach((name, space) -> {
            boolean couldHaveExpired = space.lastDeadline() >= 0 && space.lastDeadline() <= clock.millis();
            if (!now.containsKey(name) && space.keys() > 0 && !couldHaveExpired) {
                changes.add("the key space '" + name + "' had " + space.keys() + " keys and has vanished");
            }
        });
        now.forEach((name, space) -> {
            long keys = before.containsKey(name) ? before.get(name).keys() : 0;
            long most = keys == 0 ? 0 : (long) Math.max(keys * GROWTH, (double) (keys + GROWTH_KEYS));
            if (space.keys() > most) {
                changes.add("the key space '" + name + "' has grown from " + keys + " to " + space.keys() + " keys");
            }
        });
    }

    private static Map<String, PlanKeySpace> spaces(Plan plan) {
        Map<String, PlanKeySpace> spaces = new LinkedHashMap<>();
        plan.keySpaces().stream().filter(space -> space.keys() > 0).forEach(space -> spaces.put(space.name(), space));
        return spaces;
    }
}
