package io.github.nixmaven.generator.api;

import io.github.nixmaven.generator.cargo.CargoRequest;
import io.github.nixmaven.generator.cargo.lock.CratesIo;
import io.github.nixmaven.generator.pin.CheckResult;
import io.github.nixmaven.generator.pin.GenerateResult;
import io.github.nixmaven.generator.pin.Generator;
import io.github.nixmaven.generator.pin.TestContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A small workspace: {@code app}, a program, needs {@code tool}, a library beside it, and two
 * crates of crates.io.
 */
final class Project {
  static final String ITOA_14 = "d75a2a4b1b190afb6f5425f10f6a8f959d2ea0b9c2b1d79553551850539e4674";
  static final String ITOA_15 = "4a5f13b858c8d314ee3e8f639011f7ccefe71f97f96e50151fb991f267928e2c";
  static final String CFG_IF = "baf1de4339761588bc0619e3cbc0120ee582ebb74b53b4efbf79117bd2da40fd";

  static final String ROOT =
      """
      [workspace]
      members = ["app", "tool"]
      resolver = "2"
      """;
  static final String APP =
      """
      [package]
      name = "app"
      version = "0.1.0"
      edition = "2021"

      [dependencies]
      itoa = "1.0"
      tool = { path = "../tool" }
      """;
  static final String TOOL =
      """
      [package]
      name = "tool"
      version = "0.2.0"
      edition = "2021"

      [dependencies]
      cfg-if = "1"
      """;

  private final Path directory;

  private Project(Path directory) {
    this.directory = directory;
  }

  static Project in(Path directory) throws IOException {
    Project project = new Project(directory);
    project.write("Cargo.toml", ROOT);
    project.write("app/Cargo.toml", APP);
    project.write("app/src/main.rs", "fn main() {}\n");
    project.write("tool/Cargo.toml", TOOL);
    project.write("tool/src/lib.rs", "");
    project.write("Cargo.lock", lock("1.0.14", ITOA_14));
    return project;
  }

  /** The lock that cargo writes, with itoa in some version. */
  static String lock(String itoa, String checksum) {
    return """
        version = 4

        [[package]]
        name = "app"
        version = "0.1.0"
        dependencies = [
         "itoa",
         "tool",
        ]

        [[package]]
        name = "cfg-if"
        version = "1.0.0"
        source = "registry+INDEX"
        checksum = "%s"

        [[package]]
        name = "itoa"
        version = "%s"
        source = "registry+INDEX"
        checksum = "%s"

        [[package]]
        name = "tool"
        version = "0.2.0"
        dependencies = [
         "cfg-if",
        ]
        """
        .replace("INDEX", CratesIo.INDEX)
        .formatted(CFG_IF, itoa, checksum);
  }

  Project write(String path, String content) throws IOException {
    Path file = directory.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    return this;
  }

  Project replace(String path, String old, String fresh) throws IOException {
    String content = Files.readString(directory.resolve(path));
    if (!content.contains(old)) {
      throw new IllegalArgumentException(path + " does not contain " + old);
    }
    return write(path, content.replace(old, fresh));
  }

  Path file(String path) {
    return directory.resolve(path);
  }

  Path output() {
    return file("Cargo.nix");
  }

  String text() throws IOException {
    return Files.readString(output());
  }

  CargoRequest request() {
    return CargoRequest.of(file("Cargo.toml"), output());
  }

  GenerateResult generate() throws Exception {
    return TestGenerator.generate(request());
  }

  CheckResult check() throws Exception {
    return Generator.check(request(), TestContext.OWN);
  }
}
