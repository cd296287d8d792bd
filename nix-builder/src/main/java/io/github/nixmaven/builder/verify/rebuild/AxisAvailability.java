package io.github.nixmaven.builder.verify.rebuild;

/**
 * Whether a condition was varied.
 *
 * @param axis the condition
 * @param tried whether it was, and its canary noticed
 * @param detail how, such as {@code in /other instead of /build}; or why not
 */
public record AxisAvailability(Axis axis, boolean tried, String detail) {}
