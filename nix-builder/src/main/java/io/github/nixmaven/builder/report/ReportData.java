package io.github.nixmaven.builder.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The data of the page and of {@code report.json}. Lists are sorted by name unless they say
 * otherwise.
 *
 * @param format 2
 * @param noun the word for a package
 * @param project the Maven project
 * @param outcome {@code passed}, {@code failed} or {@code cannot_tell} as {@code nix:verify} found;
 *     {@code unverified} where it did not run, or on something else
 * @param summary the numbers
 * @param members what was built
 * @param packages what it was built from
 * @param timeline when it was built, or null where nothing is known
 * @param verification what {@code nix:verify} wrote, or null
 */
record ReportData(
    int format,
    String noun,
    ReportRequest.Coordinates project,
    String outcome,
    Summary summary,
    List<Output> members,
    List<BuiltPackage> packages,
    @Nullable Chart timeline,
    @Nullable JsonNode verification) {
  /**
   * The numbers.
   *
   * @param packages how many packages there are
   * @param built how many of them were built in this run
   * @param reused how many were there already
   * @param derivations how many derivations all is built by, without downloads
   * @param bytes the size of all outputs as NARs
   * @param identical how many outputs were rebuilt with the same bits; 0 where nothing was verified
   * @param different how many were not
   */
  record Summary(
      int packages,
      int built,
      int reused,
      int derivations,
      long bytes,
      int identical,
      int different) {}

  /**
   * A member, built for a target.
   *
   * @param output its store path
   * @param files what is in it
   */
  record Output(String member, String target, String output, List<OutputFile> files) {}

  /**
   * A file of a member.
   *
   * @param path relative to the output
   * @param sha256 in lower-case hexadecimal
   * @param sha512 in lower-case hexadecimal
   */
  record OutputFile(String path, long size, String sha256, String sha512) {}

  /**
   * A package.
   *
   * @param id what other parts of the report call it: name and version
   * @param license what its manifest says, or null
   * @param source {@code registry}, {@code git}, {@code path}; null where the generated file does
   *     not say
   * @param verdict of its outputs the worst; {@code unverified} where they were not verified
   * @param built whether it was built in this run
   * @param seconds how long its builders ran when it was built here last, or null
   * @param bytes the size of its outputs as NARs
   * @param dependencies the ids of the packages it is built from
   * @param dependents the ids of the packages that are built from it
   * @param parts its derivations, what needs no other first
   */
  record BuiltPackage(
      String id,
      String name,
      String version,
      @Nullable String license,
      @Nullable String source,
      String verdict,
      boolean built,
      @Nullable Double seconds,
      long bytes,
      List<String> dependencies,
      List<String> dependents,
      List<Part> parts) {}

  /**
   * A derivation of a package.
   *
   * @param narHash of its first output, or null where it is not in the store
   */
  record Part(
      String label,
      String derivation,
      @Nullable String output,
      @Nullable String narHash,
      long bytes) {}

  /**
   * A build over time.
   *
   * @param started when it began, ISO 8601 in UTC
   * @param thisRun whether that was in this run of Maven
   * @param seconds how long it took
   * @param bars what was built, by start
   * @param steps how many builders ran, from when on
   */
  record Chart(String started, boolean thisRun, double seconds, List<Bar> bars, List<Step> steps) {}

  /**
   * A builder's time.
   *
   * @param packageId the id of the package it works for, or null
   * @param kind {@code library}, {@code script}, {@code run}, {@code program}, {@code step} or
   *     {@code other}
   * @param start in seconds after the build began
   * @param seconds how long it took
   */
  record Bar(
      String label,
      @JsonProperty("package") @Nullable String packageId,
      String kind,
      double start,
      double seconds,
      boolean failed) {}

  /**
   * A change in how many builders run.
   *
   * @param at in seconds after the build began
   */
  record Step(double at, int builders) {}
}
