package io.cachemigrator.migrator.run;

import io.cachemigrator.migrator.data.DataSurvey;
import io.cachemigrator.migrator.plan.Plan;
import io.cachemigrator.migrator.settings.SettingsAnalysis;
import io.cachemigrator.migrator.source.SourceAnalysis;

/**
 * A plan with what it was made from.
 *
 * @param plan the plan
 * @param source what the sources hold
 * @param settings what the settings files hold
 * @param survey what the legacy store holds
 */
public record Planned(Plan plan, SourceAnalysis source, SettingsAnalysis settings, DataSurvey.Result survey) {}
