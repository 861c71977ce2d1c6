package io.cachemigrator.cache.observe;

/** Formats that a {@link CachePerformanceMonitor} is exported in. */
public enum ExportFormat {
    /** One JSON object. */
    JSON,
    /** A line for each figure: name, label, value. */
    CSV,
    /** Text as Prometheus reads it. */
    PROMETHEUS
}
