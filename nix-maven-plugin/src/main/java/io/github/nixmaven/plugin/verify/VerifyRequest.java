package io.github.nixmaven.plugin.verify;

import io.github.nixmaven.plugin.build.BuildSettings;
import java.nio.file.Path;

/**
 * What to rebuild and where to write about it.
 *
 * @param settings what is built and how
 * @param report the JSON report to write
 */
public record VerifyRequest(BuildSettings settings, Path report) {}
