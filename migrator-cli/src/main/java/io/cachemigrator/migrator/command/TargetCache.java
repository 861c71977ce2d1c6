package io.cachemigrator.migrator.command;

import io.cachemigrator.cache.CacheHealth;
import io.cachemigrator.cache.CacheService;
import io.cachemigrator.cache.error.CacheException;
import io.cachemigrator.cache.error.InfrastructureException;
import io.cachemigrator.migrator.error.ErrorCode;
import io.cachemigrator.migrator.error.MigratorException;
import io.cachemigrator.migrator.project.StoreUri;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The consolidated service on the target store, for the commands that operate on it. */
final class TargetCache {
    static final OptionSpec REGION =
            OptionSpec.repeated("region", "NAME", "region; may be given several times (default: all that are stored)");

    private TargetCache() {}

    /** Opens the service, makes sure that it answers, and closes it again. */
    static CommandResult with(StoreUri target, Function<CacheService, CommandResult> work) {
        try (CacheService service = CacheService.open(ValidateCommand.config(target))) {
            CacheHealth health = service.health();
            if (health.status() == CacheHealth.Status.DOWN) {
                throw unreachable(target, reason(health));
            }
            return work.apply(service);
        } catch (InfrastructureException down) {
            throw unreachable(
                    target, String.valueOf(down.context().getOrDefault("tier", "store")) + ": " + firstLine(down));
        } catch (CacheException refused) {
            throw new MigratorException(
                    ErrorCode.USAGE, "The cache service refuses this.", firstLine(refused), "Correct the option.");
        }
    }

    private static String firstLine(CacheException failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("no reason given");
    }

    private static MigratorException unreachable(StoreUri target, String reason) {
        return new MigratorException(
                ErrorCode.STORE_UNREACHABLE,
                "The target store " + target + " does not answer.",
                reason,
                "Check that the server runs, its host, port and password.");
    }

    private static String reason(CacheHealth health) {
        return health.tiers().values().stream()
                .map(CacheHealth.TierHealth::reason)
                .filter(reason -> reason != null)
                .findFirst()
                .orElse("no reason given");
    }

    /** The regions asked for, or all that are stored. A region that is not stored is refused: it is a misspelt one. */
    static List<String> regions(Invocation invocation, CacheService service) {
        Set<String> stored = service.storedRegions();
        List<String> asked = invocation.values("region");
        for (String region : asked) {
            if (!stored.contains(region)) {
                throw Invocation.usage(
                        "Region '" + region + "' is not in the target store.",
                        stored.isEmpty()
                                ? "The store holds no entry of the consolidated service."
                                : "It holds: " + String.join(", ", stored) + ".",
                        "Name one of these, or leave --region out.");
            }
        }
        return new ArrayList<>(asked.isEmpty() ? stored : asked);
    }
}
