package io.cachemigrator.map;

/**
 * A value that differs between installations of one legacy family, such as its namespace; key patterns name it in
 * braces.
 *
 * @param name the name in patterns
 * @param description what it is, for users
 * @param defaultValue the value where none is given; not empty
 * @param replacesRegions whether a value other than the default, made a valid region name, takes the place of the
 *     target region of every key space, so that two namespaces never share a region
 */
public record MapParameter(String name, String description, String defaultValue, boolean replacesRegions) {}
