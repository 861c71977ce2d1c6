package io.cachemigrator.migrator.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * What dry-run says.
 *
 * @param plan where the plan is
 * @param steps what migrate would do, in order
 * @param patches source files that change
 * @param config settings files that change
 * @param keySpaces key spaces
 * @param refused call sites that are left, with file, line and reason
 * @param problems what keeps the sources from being fully covered
 * @param estimate how much there is to copy
 * @param undo what a rollback of the run would do, in order
 */
public record DryRunReport(
        PlanRef plan,
        List<Step> steps,
        List<Patch> patches,
        List<Patch> config,
        List<PlanKeySpace> keySpaces,
        List<String> refused,
        List<String> problems,
        Estimate estimate,
        List<Step> undo) {

    /**
     * Where the plan is.
     *
     * @param file its file
     * @param sha256 hash of its content
     */
    public record PlanRef(String file, String sha256) {}

    /**
     * A step.
     *
     * @param name step's name
     * @param description what it would do
     */
    public record Step(String name, String description) {}

    /**
     * A file that changes.
     *
     * @param file path in the project
     * @param diff unified diff
     */
    public record Patch(String file, String diff) {}

    /** Of a plan that was written to a file. */
    public static DryRunReport of(Plan plan, String file, List<String> problems) {
        return new DryRunReport(
                new PlanRef(file, plan.sha256()),
                steps(plan),
                patches(plan, "source"),
                patches(plan, "config"),
                plan.keySpaces(),
                plan.refused(),
                problems,
                plan.estimate(),
                undo(plan));
    }

    private static List<Patch> patches(Plan plan, String kind) {
        return plan.files().stream()
                .filter(one -> one.kind().equals(kind))
                .map(one -> new Patch(one.file(), one.diff()))
                .toList();
    }

    private static List<Step> undo(Plan plan) {
        List<Step> undo = new ArrayList<>();
        boolean data = !plan.legacy().isEmpty();
        undo.add(new Step(
                "stage",
                data
                        ? "go back to LEGACY by way of DUAL_WRITE: reads are on " + plan.legacy()
                                + " again within 2 s; from CONSOLIDATED, bring back what mirrors have missed"
                        : "go back to LEGACY"));
        undo.add(new Step(
                "files",
                "put " + plan.files().size() + " files back to the byte, and refuse where one was changed since"));
        if (data) {
            undo.add(new Step(
                    "data",
                    "remove up to " + plan.estimate().keys() + " copies from " + plan.target()
                            + " that the application has not written since, and put back what they replaced; "
                            + plan.legacy() + " keeps all it has"));
        }
        return undo;
    }

    private static List<Step> steps(Plan plan) {
        int source = patches(plan, "source").size();
        int config = patches(plan, "config").size();
        String data = plan.legacy().isEmpty()
                ? "nothing: no legacy store is named"
                : "copy about " + plan.estimate().keys() + " keys from " + plan.legacy() + " to " + plan.target()
                        + ", reading each back";
        return List.of(
                new Step("preflight", "make sure that the stores answer, allow what is needed and have room"),
                new Step("backup", "keep the " + (source + config) + " files that change"),
                new Step("schema", "bring the journal up to date"),
                new Step(
                        "source",
                        "rewrite " + source + " files; " + plan.refused().size() + " call sites stay"),
                new Step("configuration", "rewrite " + config + " files"),
                new Step("data", data),
                new Step("verify", "compare every entry on both sides"),
                new Step("stage", "set the stage to CONSOLIDATED"));
    }
}
