package io.github.nixmaven.generator.pin;

import java.util.List;

/**
 * Whether a generated file still fits the lock and the manifests.
 *
 * @param upToDate whether it does
 * @param differences the differences, a line each; empty when it is up to date
 */
public record CheckResult(boolean upToDate, List<String> differences) {}
