package io.github.nixmaven.builder.report;

import io.github.nixmaven.builder.realise.BuildSettings;
import java.nio.file.Path;
import java.time.Instant;

/**
 * The build to report on, and where the report goes.
 *
 * @param settings what is built and how
 * @param verification the JSON of {@code nix:verify}; need not be there
 * @param folder the directory for the report's files
 * @param project the Maven project
 * @param since when this run of Maven began: what was built before was reused
 */
public record ReportRequest(
    BuildSettings settings, Path verification, Path folder, Coordinates project, Instant since) {
  /**
   * A project's names in Maven.
   *
   * @param name for people
   */
  public record Coordinates(String name, String groupId, String artifactId, String version) {}
}
