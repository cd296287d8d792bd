package io.github.nixmaven.builder.overrides;

import io.github.nixmaven.builder.language.Language;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A project whose overrides are asked for.
 *
 * @param language the language of its packages
 * @param file the generated file
 * @param own the user's rows, or null where there are none
 * @param toolchainLock the lock of the toolchain, or null for one in the plugin
 * @param directory the project's directory, absolute
 */
public record OverridesRequest(
    Language language,
    Path file,
    @Nullable Path own,
    @Nullable Path toolchainLock,
    Path directory) {}
