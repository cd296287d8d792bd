package io.github.nixmaven.builder.verify.rebuild;

import org.jspecify.annotations.Nullable;

/**
 * A tiny derivation of which it is known how a verification must judge it, built before each one.
 *
 * @param axis the condition that it depends on, so that it must be caught; null for the one that
 *     depends on nothing, and must pass
 * @param good whether it was judged as it must be
 * @param detail what happened otherwise; empty where it is good
 */
public record Canary(@Nullable Axis axis, boolean good, String detail) {}
