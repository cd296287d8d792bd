package io.github.nixmaven.generator.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nixmaven.generator.cargo.CargoEcosystem;
import io.github.nixmaven.generator.pin.ListedPackage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The packages that a Cargo.nix lists")
class ListedPackagesTest {
  @TempDir Path directory;

  private Project project;

  @BeforeEach
  void project() throws Exception {
    project = Project.in(directory.resolve("project"));
    project.write(
        "tool/Cargo.toml",
        Project.TOOL.replace("[package]", "[package]\nlinks = \"tools\"\nbuild = \"build.rs\"")
            + "[features]\nquiet = []\n");
    project.write("tool/build.rs", "fn main() {}\n");
    project.write(
        "app/Cargo.toml",
        Project.APP.replace(
            "{ path = \"../tool\" }", "{ path = \"../tool\", features = [\"quiet\"] }"));
    project.generate();
  }

  @Test
  @DisplayName(
      "are read back with their source, their licence, what they link, and every set of features")
  void crates() throws Exception {
    assertThat(ListedPackage.of(CargoEcosystem.CARGO, project.file("Cargo.nix")))
        .containsExactly(
            crate("app 0.1.0", "path", Optional.empty(), Set.of(Set.of())),
            crate("cfg-if 1.0.0", "registry", Optional.empty(), Set.of(Set.of())),
            crate("itoa 1.0.14", "registry", Optional.empty(), Set.of(Set.of())),
            crate("tool 0.2.0", "path", Optional.of("tools"), Set.of(Set.of(), Set.of("quiet"))));
  }

  @Test
  @DisplayName("are the same where a checkout has turned the line ends")
  void lineEnds() throws Exception {
    List<ListedPackage> expected =
        ListedPackage.of(CargoEcosystem.CARGO, project.file("Cargo.nix"));
    Path turned = directory.resolve("Cargo.nix");
    Files.writeString(turned, Files.readString(project.file("Cargo.nix")).replace("\n", "\r\n"));

    assertThat(ListedPackage.of(CargoEcosystem.CARGO, turned)).isEqualTo(expected);
  }

  @Test
  @DisplayName("are none in a file of another generator")
  void otherGenerator() throws Exception {
    Path other = Files.writeString(directory.resolve("Cargo.nix"), "{ crates = { }; }\n");

    assertThat(ListedPackage.of(CargoEcosystem.CARGO, other)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1.2.3, ^1.2, true",
    "1.2.3, '>=1, <1.2', false",
    "0.9.1-rc.1, 0.9, true",
    "0.9.1-rc.1, >=0.9.1, true",
    "0.9.1+3.4, =0.9.1, true",
    "0.10.0, 0.9, false",
  })
  @DisplayName("satisfy requirements as cargo has them, a pre-release as the version it precedes")
  void requirements(String version, String requirement, boolean satisfied) {
    ListedPackage crate = crate("x " + version, "registry", Optional.empty(), Set.of());

    assertThat(crate.satisfies(requirement)).isEqualTo(satisfied);
  }

  private static ListedPackage crate(
      String key, String source, Optional<String> links, Set<Set<String>> features) {
    String[] parts = key.split(" ");
    Optional<String> license =
        Optional.ofNullable(
            Map.of("cfg-if", "MIT/Apache-2.0", "itoa", "MIT OR Apache-2.0").get(parts[0]));
    Optional<String> compiler = Optional.ofNullable(Map.of("itoa", "1.36").get(parts[0]));
    return new ListedPackage(
        CargoEcosystem.CARGO, key, parts[0], parts[1], source, license, links, compiler, features);
  }
}
