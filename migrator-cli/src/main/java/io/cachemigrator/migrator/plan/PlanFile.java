package io.cachemigrator.migrator.plan;

/**
 * A file that the plan changes.
 *
 * @param file path in the project, with forward slashes
 * @param kind {@code source} or {@code config}
 * @param beforeSha256 its content when the plan was made
 * @param afterSha256 its content once applied
 * @param diff unified diff; values of settings that may be secret are hidden
 */
public record PlanFile(String file, String kind, String beforeSha256, String afterSha256, String diff) {}
