package io.github.nixmaven.builder.overrides;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A project whose overrides are asked for.
 *
 * @param cargoNix the generated file
 * @param own the user's rows, or null where there are none
 * @param toolchainLock the lock of the toolchain, or null for the one in the plugin
 */
public record OverridesRequest(Path cargoNix, @Nullable Path own, @Nullable Path toolchainLock) {}
