package io.cachemigrator.migrator.command;

import java.time.Clock;
import java.util.List;

/** Every command of the toolkit. */
final class Commands {
    private Commands() {}

    static List<CommandSpec> all(Interrupts interrupts) {
        Clock clock = Clock.systemUTC();
        return List.of(
                DemoCommand.spec(interrupts),
                CheckCommand.spec(),
                DryRunCommand.spec(),
                MigrateCommand.spec(clock, interrupts),
                ValidateCommand.spec(clock, interrupts),
                StatusCommand.spec(clock),
                ControlCommand.spec(),
                RolloutCommand.spec(clock, interrupts),
                RollbackCommand.spec(clock, interrupts),
                ArchCommand.spec(),
                CacheGetCommand.spec(),
                CacheStatsCommand.spec(),
                CacheHealthCommand.spec(),
                CheckCacheCommand.spec(interrupts),
                DumpCommands.dump(interrupts),
                DumpCommands.warm(interrupts),
                ClearCacheCommand.spec(interrupts),
                MapCommands.list(),
                MapCommands.show(),
                MapCommands.validate());
    }
}
