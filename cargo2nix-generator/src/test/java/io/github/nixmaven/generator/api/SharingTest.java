package io.github.nixmaven.generator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.generator.cargo.Cargo;
import io.github.nixmaven.generator.cargo.CargoRequest;
import io.github.nixmaven.generator.cargo.PublishedCrate;
import io.github.nixmaven.generator.cargo.TextWorkspace;
import io.github.nixmaven.generator.cargo.cfg.TargetInfo;
import io.github.nixmaven.generator.pin.GenerateResult;
import io.github.nixmaven.generator.text.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What contexts have in common is written once")
class SharingTest {
  private static final List<String> HOSTS =
      List.of("x86_64-unknown-linux-gnu", "aarch64-unknown-linux-gnu", "aarch64-apple-darwin");

  private static final List<String> TARGETS =
      List.of(
          "x86_64-unknown-linux-gnu",
          "aarch64-unknown-linux-gnu",
          "x86_64-unknown-linux-musl",
          "i686-unknown-linux-gnu",
          "armv7-unknown-linux-gnueabihf",
          "riscv64gc-unknown-linux-gnu",
          "aarch64-linux-android",
          "x86_64-unknown-freebsd",
          "aarch64-apple-darwin",
          "x86_64-apple-darwin",
          "x86_64-pc-windows-msvc",
          "x86_64-pc-windows-gnu",
          "wasm32-wasip1");

  private static final List<String> SELECTIONS = List.of("default", "no-default", "all");

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"ripgrep 14.1.1", "bat 0.24.0", "gitui 0.26.3"})
  @DisplayName("117 builds of a program take less than half as much again as one")
  void growth(String label) throws Exception {
    CargoRequest one = request(label);
    TestGenerator.generate(one);
    long size = Files.size(one.output());

    CargoRequest many = one.withHosts(HOSTS).withTargets(TARGETS).withSelections(SELECTIONS);
    TestGenerator.generate(many);

    assertThat(Files.size(many.output())).isGreaterThan(size).isLessThan(size * 3 / 2);
  }

  @Test
  @DisplayName("Further targets of a kind that is there take their names and nothing else")
  void sameKind() throws Exception {
    CargoRequest request = request("ripgrep 14.1.1").withSelections(SELECTIONS);
    TestGenerator.generate(request.withTargets(TARGETS.subList(0, 2)));
    List<String> few = Files.readAllLines(request.output());

    TestGenerator.generate(
        request.withTargets(
            List.of(TARGETS.get(0), TARGETS.get(1), "powerpc64le-unknown-linux-gnu")));

    List<String> more = new ArrayList<>(Files.readAllLines(request.output()));
    few.forEach(more::remove);
    assertThat(more.stream().filter(line -> !line.startsWith("# ")))
        .isNotEmpty()
        .allMatch(line -> line.strip().equals("\"powerpc64le-unknown-linux-gnu\""));
  }

  @Test
  @DisplayName("A bump of one crate changes the lines that name it, its hash and the digests")
  void bump() throws Exception {
    CargoRequest request =
        request("ripgrep 14.1.1").withTargets(TARGETS).withSelections(SELECTIONS);
    TestGenerator.generate(request);
    List<String> before = Files.readAllLines(request.output());
    Cargo.run(directory, Map.of(), List.of("update", "--package", "memchr", "--precise", "2.7.5"));

    GenerateResult result = TestGenerator.generate(request);

    assertThat(result.changed()).containsExactly("memchr 2.7.4 -> 2.7.5");
    List<String> after = Files.readAllLines(request.output());
    List<String> gone = new ArrayList<>(before);
    after.forEach(gone::remove);
    List<String> come = new ArrayList<>(after);
    before.forEach(come::remove);
    assertThat(come)
        .hasSameSizeAs(gone)
        .hasSizeLessThan(20)
        .allMatch(
            line ->
                line.contains("2.7.5")
                    || line.strip().startsWith("sha256 = ")
                    || line.matches("# (inputs|content) .*"));
  }

  @Test
  @DisplayName("For all 300 targets of rustc at once, every run gives the same bytes")
  void deterministic() throws Exception {
    CargoRequest request =
        request("ripgrep 14.1.1").withTargets(List.copyOf(TargetInfo.all().keySet()));
    assertThat(request.targets()).hasSizeGreaterThan(250);
    TestGenerator.generate(request);
    byte[] first = Files.readAllBytes(request.output());

    for (int i = 0; i < 3; i++) {
      Files.delete(request.output());
      TestGenerator.generate(request);
      assertThat(request.output()).hasBinaryContent(first);
    }
  }

  @Test
  @DisplayName("Of several builds that cargo refuses the first one is reported, in every run")
  void firstRefusal() throws Exception {
    List<String> selections = new ArrayList<>();
    StringBuilder features = new StringBuilder();
    StringBuilder dependencies = new StringBuilder();
    for (char c = 'a'; c <= 'p'; c++) {
      selections.add("f" + c);
      features.append("f%c = [\"dep:one-%c\", \"dep:two-%c\"]\n".formatted(c, c, c));
      for (String number : List.of("one", "two")) {
        dependencies.append(
            "%s-%c = { package = \"needed\", path = \"../needed\", optional = true }\n"
                .formatted(number, c));
      }
    }
    TextWorkspace.unlocked(
        directory,
        """
        ## Cargo.toml
        [workspace]
        members = ["app"]
        resolver = "2"

        ## app/Cargo.toml
        [package]
        name = "app"
        version = "0.1.0"
        [features]
        FEATURES
        [dependencies]
        DEPENDENCIES

        ## needed/Cargo.toml
        [package]
        name = "needed"
        version = "0.1.0"

        ## app/src/lib.rs needed/src/lib.rs
        """
            .replace("FEATURES", features)
            .replace("DEPENDENCIES", dependencies));
    Cargo.generateLockfile(directory);
    CargoRequest request =
        CargoRequest.of(directory.resolve("Cargo.toml"), directory.resolve("Cargo.nix"))
            .withSelections(selections);

    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(() -> TestGenerator.generate(request))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("under the names one_a and two_a");
    }
  }

  /** A published program, in a folder of this test. */
  private CargoRequest request(String label) throws Exception {
    int space = label.indexOf(' ');
    Path published = PublishedCrate.unpack(label.substring(0, space), label.substring(space + 1));
    try (var files = Files.walk(published)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = directory.resolve(published.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    Files.deleteIfExists(directory.resolve("Cargo.nix"));
    return CargoRequest.of(directory.resolve("Cargo.toml"), directory.resolve("Cargo.nix"));
  }
}
