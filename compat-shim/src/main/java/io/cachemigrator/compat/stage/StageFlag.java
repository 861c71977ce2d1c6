package io.cachemigrator.compat.stage;

import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.FlagEvaluationDetails;
import dev.openfeature.sdk.OpenFeatureAPI;
import java.util.List;
import java.util.Optional;

/**
 * A stage that an OpenFeature provider decides: a string flag whose value is {@link Stage#text()}. Only the provider's own
 * tools set it, and nobody is told who follows it. Thread safe.
 */
final class StageFlag implements StagePlace {
    private final Client client = OpenFeatureAPI.getInstance().getClient("cache-migrator");
    private final String flag;

    StageFlag(String flag) {
        this.flag = flag;
    }

    @Override
    public String name() {
        return "the OpenFeature flag '" + flag + "'";
    }

    @Override
    public Optional<Stage> read() {
        FlagEvaluationDetails<String> details = client.getStringDetails(flag, "");
        if (details.getErrorCode() != null
                || details.getValue() == null
                || details.getValue().isEmpty()) {
            throw new StageUnreadableException("The stage cannot be read from " + name() + ": "
                    + (details.getErrorCode() == null ? "it is empty" : details.getErrorCode())
                    + ". Give the flag a stage, or set up its provider.");
        }
        try {
            return Optional.of(Stage.parse(details.getValue()));
        } catch (IllegalArgumentException e) {
            throw new StageUnreadableException("The stage cannot be read from " + name() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void write(Stage stage) {
        throw new StageUnreadableException(
                "The stage cannot be set in " + name() + ". Set it where its provider does.");
    }

    @Override
    public void remove() {
        write(new Stage.Legacy());
    }

    @Override
    public void report(StagePresence presence) {
        // a flag has no place for it
    }

    @Override
    public List<StagePresence> present() {
        return List.of();
    }

    @Override
    public void close() {
        // the provider belongs to the application
    }
}
