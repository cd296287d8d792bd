package io.github.nixmaven.generator.cargo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.generator.cargo.manifest.Workspace;
import io.github.nixmaven.generator.text.InputException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("What cargo refuses is refused, for the same reason")
class RefusalTest {
  @TempDir Path directory;

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          an unclosed cfg; [target.'cfg(unix'.dependencies]; ; neither the name of a target; cfg expressions must start
          an optional dev-dependency; [dev-dependencies]; dep = { path = 'dep', optional = true }; not allowed to be optional; not allowed to be optional
          a dependency without a source; [dependencies]; dep = {}; without a local path; without providing a local path
          an optional dependency that no feature names; [dependencies]; 'dep = { path = "dep", optional = true }\n[features]\ndep = []'; not included in any feature; not included in any feature
          a feature that includes an unknown one; [features]; a = ['b']; which is no feature; neither a dependency nor another feature
          dep: and a slash; [dependencies]; 'dep = { path = "dep", optional = true }\n[features]\na = ["dep:dep/x"]'; two notations; with both `dep:` and `/`
          two slashes; [dependencies]; 'dep = { path = "dep" }\n[features]\na = ["dep/x/y"]'; two notations; multiple slashes
          a weak feature of a required dependency; [dependencies]; 'dep = { path = "dep" }\n[features]\na = ["dep?/x"]'; is not optional; not an optional dependency
          dep: in a dependency's features; [dependencies]; dep = { path = 'dep', features = ['dep:x'] }; not allowed; not allowed
          an artifact dependency; [dependencies]; dep = { path = 'dep', artifact = 'bin' }; unstable; requires `-Z bindeps`
          workspace = false; [dependencies]; dep = { workspace = false }; cannot be false; cannot be false
          an underscore in edition 2024; [dev_dependencies]; dep = { path = 'dep' }; unsupported as of the 2024; unsupported as of the 2024
          default_features in edition 2024; [dependencies]; dep = { path = 'dep', default_features = false }; unsupported as of the 2024; unsupported as of the 2024
          a hyphen in a library's name; [lib]; name = 'a-b'; hyphens; hyphens
          a macro that is also a library; [lib]; crate-type = ['proc-macro', 'lib']; cannot mix; cannot mix
          dylib and cdylib; [lib]; crate-type = ['dylib', 'cdylib']; both `dylib` and `cdylib`; both `dylib` and `cdylib`
          a binary with a crate type; [[bin]]; 'name = "x"\npath = "src/lib.rs"\ncrate-type = ["lib"]'; can't have any; can't have any
          a test without a file; [[test]]; name = 'absent'; no file; can't find
          a member without a manifest; [workspace]; members = ['empty/*']; has no Cargo.toml; failed to load manifest for workspace member
          a default member that is none; [workspace]; 'default-members = ["dep"]'; not a member; not a member
          """)
  void manifest(String name, String section, String body, String ours, String cargos)
      throws Exception {
    write(section + "\n" + (body == null ? "" : body.replace("\\n", "\n")), false);
    assertThatThrownBy(() -> Cargo.unitGraph(directory, List.of("build")))
        .isInstanceOf(Cargo.Refused.class)
        .hasMessageContaining(cargos);
    assertThatThrownBy(() -> Workspace.load(directory.resolve("Cargo.toml")))
        .isInstanceOfSatisfying(
            InputException.class,
            e -> {
              assertThat(e.problem()).contains(ours);
              assertThat(e.remedy()).isNotBlank();
              assertThat(e.position()).isNotNull();
              assertThat(e.position().line()).isPositive();
            });
  }

  @ParameterizedTest(name = "--features {0}")
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          none; does not contain this feature; does not contain this feature
          dep:dep; not allowed to use explicit; not allowed to use explicit
          dep/a/b; multiple slashes; multiple slashes
          dep/none; asks for feature `none`; does not have
          none/a; does not contain this feature; does not contain this feature
          hidden; does not contain this feature; does not have feature
          """)
  void featuresOfTheCommandLine(String features, String ours, String cargos) throws Exception {
    TextWorkspace workspace =
        write(
            "[dependencies]\ndep.path = 'dep'\n"
                + "hidden = { package = 'dep', path = 'dep', optional = true }\n"
                + "[features]\non = ['dep:hidden']\n",
            true);
    List<String> command = List.of("build", "--features", features);
    assertThatThrownBy(() -> workspace.cargo(command)).hasMessageContaining(cargos);
    assertThatThrownBy(() -> workspace.plan(command))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(ours);
  }

  @Test
  @DisplayName("Two overrides of a profile, one of them inherited, that mean one package")
  void ambiguousOverride() throws Exception {
    TextWorkspace workspace =
        write(
            """
            [dependencies]
            dep.path = 'dep'
            [profile.dev.package.dep]
            debug = 1
            [profile.test.package."dep@1.0.0"]
            debug = 2
            """,
            true);
    List<String> command = List.of("build");
    String problem = "multiple package overrides in profile `test` match package";
    assertThatThrownBy(() -> workspace.cargo(command)).hasMessageContaining(problem);
    assertThatThrownBy(() -> workspace.plan(command))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(problem);
  }

  @Test
  @DisplayName("A dependency's feature that does not exist")
  void missingFeature() throws Exception {
    write("[dependencies]\ndep.path = 'dep'\n", true);
    TextWorkspace workspace =
        write("[dependencies]\ndep = { path = 'dep', features = ['none'] }\n", false);
    List<String> command = List.of("build");
    assertThatThrownBy(() -> workspace.cargo(command)).hasMessageContaining("none");
    assertThatThrownBy(() -> workspace.plan(command))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("asks for feature `none` of dep 1.0.0");
  }

  private TextWorkspace write(String more, boolean lock) throws Exception {
    String text =
        """
        ## src/lib.rs dep/src/lib.rs empty/folder/keep
        ## dep/Cargo.toml
        [package]
        name = "dep"
        version = "1.0.0"
        [workspace]
        ## Cargo.toml
        [package]
        name = "app"
        version = "1.0.0"
        edition = "2024"
        """
            + more;
    return lock ? TextWorkspace.write(directory, text) : TextWorkspace.unlocked(directory, text);
  }
}
