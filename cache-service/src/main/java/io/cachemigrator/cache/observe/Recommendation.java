package io.cachemigrator.cache.observe;

/**
 * Advice on a region.
 *
 * @param region region's name
 * @param advice what to do
 * @param figures what it rests on
 */
public record Recommendation(String region, String advice, String figures) {}
