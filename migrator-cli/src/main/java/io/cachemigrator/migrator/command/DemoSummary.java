package io.cachemigrator.migrator.command;

import com.fasterxml.jackson.databind.JsonNode;

/** What the demo says of each command's document, in a line. */
final class DemoSummary {
    private DemoSummary() {}

    static String of(String command, JsonNode document) {
        if (document.has("error")) {
            return document.at("/error/code").asText() + " "
                    + document.at("/error/what").asText();
        }
        return switch (command) {
            case "check" ->
                document.at("/summary/callSites").asLong() + " call sites, "
                        + document.get("keySpaces").size() + " key spaces, "
                        + document.at("/unclaimedKeys/count").asLong() + " keys of others, "
                        + (document.get("ready").asBoolean() ? "ready" : "not ready");
            case "dry-run" ->
                document.get("patches").size() + " sources and "
                        + document.get("config").size()
                        + " settings files would change, plan "
                        + document.at("/plan/sha256").asText().substring(0, 12);
            case "migrate" ->
                document.get("outcome").asText() + ", "
                        + document.get("quarantined").size()
                        + " entries set aside with their reasons, "
                        + document.at("/source/refused").size() + " call sites left with their reasons";
            case "validate" ->
                document.get("compared").asLong() + " entries compared, "
                        + document.get("differenceCount").asLong() + " differences";
            case "status" ->
                "stage " + document.at("/stage/name").asText() + ", "
                        + document.get("runs").size() + " run";
            case "rollback" ->
                document.at("/keys/removed").asLong() + " entries removed, "
                        + document.at("/files/restored").asLong() + " files restored";
            default -> "";
        };
    }
}
