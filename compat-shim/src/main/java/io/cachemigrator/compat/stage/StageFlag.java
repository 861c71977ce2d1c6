package io.cachemigrator.compat.stage;

import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.FlagEvaluationDetails;
import dev.openfeature.sdk.OpenFeatureAPI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stage that an OpenFeature provider decides: a string flag whose value is {@link Stage#text()}. Only the provider's own
 * tools set it. Who follows it is told in another place, if there is one. Thread safe.
 */
final class StageFlag implements StagePlace {
    private final Client client = OpenFeatureAPI.getInstance().getClient("cache-migrator");
    private final String flag;
    private final @Nullable StagePlace reports;

    /**
     * Of a flag.
     *
     * @param reports where it is told who follows it; null = nowhere
     */
    StageFlag(String flag, @Nullable StagePlace reports) {
        this.flag = flag;
        this.reports = reports;
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
        if (reports != null) {
            reports.report(presence);
        }
    }

    @Override
    public List<StagePresence> present() {
        return reports == null ? List.of() : reports.present();
    }

    @Override
    public void reportUsage(String process, String text) {
        if (reports != null) {
            reports.reportUsage(process, text);
        }
    }

    @Override
    public List<String> usage() {
        return reports == null ? List.of() : reports.usage();
    }

    @Override
    public void close() {
        // the provider belongs to the application
        if (reports != null) {
            reports.close();
        }
    }
}
