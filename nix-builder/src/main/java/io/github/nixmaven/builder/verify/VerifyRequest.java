package io.github.nixmaven.builder.verify;

import io.github.nixmaven.builder.realise.BuildSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The members to rebuild, and where the reports go.
 *
 * @param settings what is built and how
 * @param report the JSON report to write
 * @param policy which packages may differ, or null where none may
 * @param limit how long one rebuild may take
 * @param diffoscope whether diffoscope shows differences, where it is installed
 * @param otherStore the directory of a second store to build everything in, or null for none
 */
public record VerifyRequest(
    BuildSettings settings,
    Path report,
    @Nullable Path policy,
    Duration limit,
    boolean diffoscope,
    @Nullable Path otherStore) {}
