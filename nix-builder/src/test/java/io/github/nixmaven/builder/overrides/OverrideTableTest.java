package io.github.nixmaven.builder.overrides;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.builder.rust.Rust;
import io.github.nixmaven.generator.pin.ListedPackage;
import io.github.nixmaven.generator.text.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The override table")
class OverrideTableTest {
  private static final ListedPackage OPENSSL = crate("openssl-sys 0.9.104", "");
  private static final Set<String> BUILT = Set.of("openssl-sys 0.9.104");

  @TempDir Path folder;

  static ListedPackage crate(String key, String... featureSets) {
    String[] parts = key.split(" ");
    Set<Set<String>> features = new LinkedHashSet<>();
    for (String set : featureSets) {
      features.add(
          Arrays.stream(set.split(",")).filter(f -> !f.isEmpty()).collect(Collectors.toSet()));
    }
    return new ListedPackage(
        Rust.LANGUAGE.ecosystem(),
        key,
        parts[0],
        parts[1],
        "registry",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        features);
  }

  private OverrideTable own(String text) throws Exception {
    return OverrideTable.read(
        Files.writeString(folder.resolve("nix-overrides.toml"), text), Rust.LANGUAGE);
  }

  private static List<List<String>> packages(OverrideTable table, ListedPackage crate) {
    return table.rowsFor(crate).stream().map(row -> row.debian().packages()).toList();
  }

  @Test
  @DisplayName("ships rows for more than sixty crates, each with a reason, none twice the same")
  void shipped() throws Exception {
    List<OverrideRow> rows = OverrideTable.read(null, Rust.LANGUAGE).shipped();

    assertThat(rows.stream().map(OverrideRow::name).distinct().count()).isGreaterThan(150);
    assertThat(rows).allSatisfy(row -> assertThat(row.why()).isNotBlank());
    assertThat(rows)
        .extracting(
            row -> List.of(row.name(), row.version(), row.features(), row.notFeatures()).toString())
        .doesNotHaveDuplicates();
    assertThat(rows)
        .allSatisfy(
            row -> {
              assertThat(row.debian().packages()).isSorted();
              assertThat(row.nixpkgs().packages()).isSorted();
              assertThat(row.debian().patches())
                  .allSatisfy(
                      patch -> assertThat(Path.of("../nix/overrides", patch)).isRegularFile());
            });
  }

  @Test
  @DisplayName("chooses rows by features, and by all sets of features that a crate is built with")
  void features() throws Exception {
    OverrideTable table = OverrideTable.read(null, Rust.LANGUAGE);

    assertThat(packages(table, OPENSSL)).containsExactly(List.of("libssl-dev"));
    assertThat(packages(table, crate("openssl-sys 0.9.104", "vendored,openssl-src")))
        .containsExactly(List.of("perl"));
    assertThat(packages(table, crate("openssl-sys 0.9.104", "vendored", "")))
        .containsExactly(List.of("perl"), List.of("libssl-dev"));
    assertThat(packages(table, crate("libsqlite3-sys 0.30.1", "bundled")))
        .containsExactly(List.of());
    assertThat(packages(table, crate("serde 1.0.200", ""))).isEmpty();
  }

  @Test
  @DisplayName("chooses rows by version and source")
  void versionAndSource() throws Exception {
    OverrideTable table =
        own(
            """
            [[crate]]
            name = "x"
            version = ">=1.2, <2"
            source = "registry"
            debian.packages = ["in-range"]
            [[crate]]
            name = "x"
            version = "2"
            source = "git"
            debian.packages = ["never"]
            """);

    assertThat(packages(table, crate("x 1.2.0", ""))).containsExactly(List.of("in-range"));
    assertThat(packages(table, crate("x 1.1.9", ""))).isEmpty();
    assertThat(packages(table, crate("x 2.0.0", ""))).isEmpty();
  }

  @Test
  @DisplayName("lets one of the user's rows replace all shipped ones of the crates it applies to")
  void ownRowsWin() throws Exception {
    OverrideTable table =
        own(
            """
            [[crate]]
            name = "openssl-sys"
            not-features = ["vendored"]
            debian = { packages = ["libssl-other-dev"], environment = { OPENSSL_STATIC = "1" } }
            """);

    assertThat(packages(table, OPENSSL)).containsExactly(List.of("libssl-other-dev"));
    assertThat(packages(table, crate("openssl-sys 0.9.104", "vendored")))
        .containsExactly(List.of("perl"));
    assertThat(table.unmatched(List.of(OPENSSL))).isEmpty();
  }

  @Test
  @DisplayName("says of a user's row for a crate that is not there which names are near")
  void unknownCrate() throws Exception {
    OverrideTable table = own("\n[[crate]]\nname = \"openssl-sy\"\n");

    assertThat(table.unmatched(List.of(OPENSSL, crate("serde 1.0.0", ""))))
        .singleElement()
        .extracting(InputException::getMessage)
        .asString()
        .endsWith(
            "nix-overrides.toml:3:1: no crate of the project is called `openssl-sy`\n"
                + "  Did you mean `openssl-sys`?");
    assertThatThrownBy(() -> table.debianPackages(List.of(OPENSSL)))
        .isInstanceOf(InputException.class);
  }

  @Test
  @DisplayName("says of a user's row that misses its crate what there is")
  void wrongVersion() throws Exception {
    OverrideTable table = own("[[crate]]\nname = \"openssl-sys\"\nversion = \"1\"\n");

    assertThat(table.unmatched(List.of(OPENSSL)))
        .singleElement()
        .extracting(InputException::getMessage)
        .asString()
        .endsWith(
            "nix-overrides.toml:2:1: the row applies to no crate of the project\n"
                + "  There is openssl-sys 0.9.104 from a registry, with no features.");
  }

  @ParameterizedTest
  @CsvSource({
    "'[[crates]]\nname = \"x\"', '1:1: `crates` is not a key of a table of overrides', 'Did you mean `crate`?'",
    "'[[crate]]\nnam = \"x\"', '2:1: `nam` is not a key of a row', 'Did you mean `name`?'",
    "'[[crate]]\nversion = \"1\"', '1:1: `name` is missing', 'Add'",
    "'[[crate]]\nname = \"x\"\nversion = \"1.*\"', '3:1: `1.*` is not a version requirement', '>=0.9'",
    "'[[crate]]\nname = \"x\"\nsource = \"svn\"', '3:1: `svn` is not a source of packages', 'registry, git, path'",
    "'[[crate]]\nname = \"x\"\nfeatures = \"a\"', '3:1: `features` must be an array', 'Change'",
    "'[[crate]]\nname = \"x\"\ndebian.tools = [\"a\"]', '3:1: `tools` is not a key of `debian`', 'The keys are'",
    "'[[crate]]\nname = \"x\"\ndebian.packages = [\"libX\"]', '3:1: `libX` is not the name of a Debian package', 'libssl-dev'",
    "'[[crate]]\nname = \"x\"\nnixpkgs.packages = [\"a b\"]', '3:1: `a b` is not an attribute', 'openssl'",
    "'[[crate]]\nname = \"x\"\ndebian.environment = { \"A-B\" = \"1\" }', '`A-B` is not the name of an env', 'letters'",
    "'[[crate]]\nname = \"x\"\ndebian.patches = [\"no.patch\"]', '3:1: there is no file', 'this file''s directory'",
  })
  @DisplayName("points at what is wrong in the user's file")
  void mistakes(String text, String problem, String remedy) {
    assertThatThrownBy(() -> own(text))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("nix-overrides.toml:")
        .hasMessageContaining(problem)
        .hasMessageContaining(remedy);
  }

  @Test
  @DisplayName("may bring a package to link with for another machine, which this machine's is not")
  void otherArchitecture() throws Exception {
    Path own = folder.resolve("nix-overrides.toml");
    Files.writeString(
        own, "[[crate]]\nname = \"openssl-sys\"\ndebian.packages = [\"libssl-dev:arm64\"]\n");
    OverrideTable table = OverrideTable.read(own, Rust.LANGUAGE);

    assertThat(table.debianPackages(List.of(OPENSSL))).containsKey("libssl-dev:arm64");
    assertThatThrownBy(
            () -> table.requirePackages(List.of(OPENSSL), BUILT, List.of("libssl-dev", "gcc")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("\n    libssl-dev:arm64 for openssl-sys 0.9.104");
  }

  @Test
  @DisplayName("says which package a crate needs that the toolchain lacks, and how to add it")
  void missingPackages() throws Exception {
    OverrideTable table = OverrideTable.read(null, Rust.LANGUAGE);

    table.requirePackages(List.of(OPENSSL), BUILT, List.of("libssl-dev"));
    table.requirePackages(List.of(OPENSSL), Set.of("itoa 1.0.14"), List.of("gcc"));
    assertThatThrownBy(() -> table.requirePackages(List.of(OPENSSL), BUILT, List.of("gcc")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(
            "\n    libssl-dev for openssl-sys 0.9.104 (shipped: pkg-config finds the system's"
                + " OpenSSL)\n")
        .hasMessageContaining("`mvn nix:toolchain`");
  }
}
