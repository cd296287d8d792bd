package io.github.nixmaven.builder.sbom;

import io.github.nixmaven.builder.realise.BuildSettings;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A bill of materials to write.
 *
 * @param settings what is built and how
 * @param product what it is of
 * @param pluginVersion the version of this plugin
 * @param timestamp when it says it was written, or null to leave that out
 * @param json where it goes as JSON
 * @param xml where it goes as XML
 */
public record SbomRequest(
    BuildSettings settings,
    Product product,
    String pluginVersion,
    @Nullable Instant timestamp,
    Path json,
    Path xml) {}
