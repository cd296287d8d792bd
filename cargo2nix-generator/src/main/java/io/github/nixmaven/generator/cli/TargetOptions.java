package io.github.nixmaven.generator.cli;

import io.github.nixmaven.generator.api.BuildTargets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Option;

/** The choice of targets of the packages, in cargo's words. */
final class TargetOptions {
  @Option(names = "--lib", description = "Only the library.")
  boolean lib;

  @Option(names = "--bins", description = "All binaries.")
  boolean bins;

  @Option(
      names = "--bin",
      paramLabel = "NAME",
      description = "A binary, by its name or a pattern; may be repeated.")
  List<String> bin = new ArrayList<>();

  @Option(names = "--examples", description = "All examples.")
  boolean examples;

  @Option(
      names = "--example",
      paramLabel = "NAME",
      description = "An example, by its name or a pattern; may be repeated.")
  List<String> example = new ArrayList<>();

  @Option(names = "--tests", description = "All targets that have `test = true`.")
  boolean tests;

  @Option(
      names = "--test",
      paramLabel = "NAME",
      description = "An integration test, by its name or a pattern; may be repeated.")
  List<String> test = new ArrayList<>();

  @Option(names = "--benches", description = "All targets that have `bench = true`.")
  boolean benches;

  @Option(
      names = "--bench",
      paramLabel = "NAME",
      description = "A benchmark, by its name or a pattern; may be repeated.")
  List<String> bench = new ArrayList<>();

  @Option(names = "--all-targets", description = "All targets.")
  boolean all;

  @Option(names = "--doc", description = "Only documentation tests, with `--mode test`.")
  boolean doc;

  BuildTargets targets() {
    Set<BuildTargets.Kind> kinds = EnumSet.noneOf(BuildTargets.Kind.class);
    Map<BuildTargets.Kind, List<String>> names = new EnumMap<>(BuildTargets.Kind.class);
    add(BuildTargets.Kind.LIB, lib, List.of(), kinds, names);
    add(BuildTargets.Kind.BIN, bins, bin, kinds, names);
    add(BuildTargets.Kind.EXAMPLE, examples, example, kinds, names);
    add(BuildTargets.Kind.TEST, tests, test, kinds, names);
    add(BuildTargets.Kind.BENCH, benches, bench, kinds, names);
    return new BuildTargets(kinds, names, all, doc);
  }

  private static void add(
      BuildTargets.Kind kind,
      boolean whole,
      List<String> named,
      Set<BuildTargets.Kind> kinds,
      Map<BuildTargets.Kind, List<String>> names) {
    if (whole) {
      kinds.add(kind);
    }
    if (!named.isEmpty()) {
      names.put(kind, List.copyOf(named));
    }
  }
}
