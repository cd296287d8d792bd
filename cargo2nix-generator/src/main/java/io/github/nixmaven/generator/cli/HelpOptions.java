package io.github.nixmaven.generator.cli;

import picocli.CommandLine.Option;

/** The options of every command. There is no {@code -h}, which has another meaning in crate2nix. */
final class HelpOptions {
  @Option(names = "--help", usageHelp = true, description = "Print this help.")
  boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Print the version.")
  boolean version;
}
