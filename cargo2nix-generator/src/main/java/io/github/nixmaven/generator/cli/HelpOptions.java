package io.github.nixmaven.generator.cli;

import picocli.CommandLine.Option;

/** What every command answers. Without {@code -h}, which means something else to crate2nix. */
final class HelpOptions {
  @Option(names = "--help", usageHelp = true, description = "Print this help.")
  boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Print the version.")
  boolean version;
}
