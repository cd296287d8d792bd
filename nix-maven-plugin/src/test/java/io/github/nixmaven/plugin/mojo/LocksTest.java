package io.github.nixmaven.plugin.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.generator.cargo.CargoRequest;
import io.github.nixmaven.generator.text.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.plugin.MojoFailureException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The locks of a module")
class LocksTest extends ModuleTest {
  private static final String TWO =
      BEFORE
          + "<locks>"
          + "<cargo><lock>a/Cargo.lock</lock><output>gen/a.nix</output>"
          + "<targets><target>wasm32-wasip1</target></targets><tests>false</tests></cargo>"
          + "<cargo><lock>b/Cargo.lock</lock></cargo>"
          + "</locks>"
          + AFTER;

  @Test
  @InjectMojo(goal = "generate")
  @DisplayName("are none where no lock is beside the POM: one line says so, and Maven goes on")
  void none(GenerateMojo mojo) throws Exception {
    assertThat(execute(mojo))
        .containsExactly("Nothing to do: there is no Cargo.lock beside the POM of module");
  }

  @Test
  @InjectMojo(goal = "generate")
  @DisplayName("are the Cargo.lock beside the POM unless others are named")
  void usual(GenerateMojo mojo) throws Exception {
    workspace(folder);
    assertThat(lock(mojo).request())
        .isEqualTo(CargoRequest.of(folder.resolve("Cargo.toml"), folder.resolve("Cargo.nix")));
  }

  @Test
  @InjectMojo(
      goal = "generate",
      pom = BEFORE + "<cargoManifest>rust/Cargo.toml</cargoManifest>" + AFTER)
  @DisplayName("must be there where they are named, and Maven's own words say what to do")
  void namedAndMissing(GenerateMojo mojo) {
    assertThatThrownBy(mojo::execute)
        .isInstanceOf(MojoFailureException.class)
        .hasMessageContaining(folder.resolve("rust/Cargo.toml") + ": no such file")
        .hasMessageContaining("<cargoManifest>src/main/rust/Cargo.toml</cargoManifest>")
        .hasMessageContaining("<nix.skip>true</nix.skip>")
        .message()
        .doesNotContain("--manifest-path");
  }

  @Test
  @InjectMojo(goal = "build", pom = BEFORE + "<cargoNix>rust/Cargo.nix</cargoNix>" + AFTER)
  @DisplayName("are built by the file that is named, which must be there")
  void namedOutputMissing(BuildMojo mojo) {
    assertThatThrownBy(mojo::execute)
        .hasMessageContaining(folder.resolve("rust/Cargo.nix") + ": no such file");
  }

  @Test
  @InjectMojo(
      goal = "build",
      pom = BEFORE + "<copies><copy><from>lib/liba.so</from></copy></copies>" + AFTER)
  @DisplayName("must be there for files that are to be copied")
  void copiesWithoutLock(BuildMojo mojo) {
    assertThatThrownBy(mojo::execute)
        .isInstanceOf(MojoFailureException.class)
        .hasMessageContaining(folder.resolve("Cargo.nix") + ": no such file");
  }

  @Test
  @InjectMojo(
      goal = "verify-attestation",
      pom = BEFORE + "<bundles><bundle>given.json</bundle></bundles>" + AFTER)
  @DisplayName("must be there for bundles that are named, or nothing would be verified in silence")
  void bundlesWithoutLock(VerifyAttestationMojo mojo) throws Exception {
    assertThat(mojo.locks()).hasSize(1);
    assertThatThrownBy(mojo::execute).isInstanceOf(MojoFailureException.class);
  }

  @Test
  @InjectMojo(goal = "attest", pom = BEFORE + "<files><file>given.jar</file></files>" + AFTER)
  @DisplayName("must be there for files that are to be signed")
  void filesWithoutLock(AttestMojo mojo) {
    assertThat(mojo.locks()).hasSize(1);
  }

  @Test
  @InjectMojo(goal = "generate", pom = TWO)
  @DisplayName("are those of <locks>, each generated for what it says")
  void several(GenerateMojo mojo) throws Exception {
    Path a = workspace(folder.resolve("a"));
    Path b = workspace(folder.resolve("b"));

    assertThat(mojo.locks().stream().map(LockFile::request))
        .containsExactly(
            CargoRequest.of(a.resolve("Cargo.toml"), folder.resolve("gen/a.nix"))
                .withTargets(List.of("wasm32-wasip1"))
                .withTests(false),
            CargoRequest.of(b.resolve("Cargo.toml"), b.resolve("Cargo.nix")));
    Files.createDirectory(folder.resolve("gen"));
    execute(mojo);
    assertThat(folder.resolve("gen/a.nix")).isRegularFile();
    assertThat(b.resolve("Cargo.nix")).isRegularFile();
  }

  @Test
  @InjectMojo(goal = "check", pom = TWO)
  @DisplayName("are all checked, also after one that is stale")
  void allChecked(CheckMojo mojo) throws Exception {
    workspace(folder.resolve("a"));
    workspace(folder.resolve("b"));

    assertThatThrownBy(mojo::execute)
        .isInstanceOf(MojoFailureException.class)
        .hasMessageContaining(folder.resolve("gen/a.nix") + " is not up to date")
        .hasMessageContaining(folder.resolve("b/Cargo.nix") + " is not up to date");
  }

  @Test
  @InjectMojo(goal = "build", pom = TWO)
  @DisplayName("must be one for a goal that takes no more")
  void one(BuildMojo mojo) throws Exception {
    workspace(folder.resolve("a"));
    workspace(folder.resolve("b"));

    assertThatThrownBy(mojo::execute)
        .hasMessageContaining("nix:build needs exactly one lock, but <locks> has 2: ")
        .hasMessageContaining("<execution>");
  }

  @Test
  @InjectMojo(
      goal = "build",
      pom =
          BEFORE
              + "<targets><target>wasm32-wasip1</target></targets><strip>true</strip>"
              + "<locks><cargo><lock>Cargo.lock</lock></cargo></locks>"
              + AFTER)
  @DisplayName("are described in one place: the error names what to leave out")
  void both(BuildMojo mojo) {
    assertThatThrownBy(mojo::locks)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("both <locks> and `targets`, `strip` are configured")
        .hasMessageContaining("Remove `targets`, `strip` and put");
  }

  @Test
  @InjectMojo(goal = "check", pom = BEFORE + "<locks><copy><from>x</from></copy></locks>" + AFTER)
  @DisplayName("are elements of known names, also where Maven knows another class of that name")
  void otherClass(CheckMojo mojo) {
    assertThatThrownBy(mojo::locks)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("<cargo>");
  }

  @Test
  @InjectMojo(
      goal = "check",
      pom = BEFORE + "<locks><cargo><output>Cargo.nix</output></cargo></locks>" + AFTER)
  @DisplayName("have a <lock>")
  void nameless(CheckMojo mojo) {
    assertThatThrownBy(mojo::locks).hasMessageContaining("a <cargo> has no <lock>");
  }

  @Test
  @InjectMojo(
      goal = "check",
      pom = BEFORE + "<locks><cargo><lock>a/Cargo.toml</lock></cargo></locks>" + AFTER)
  @DisplayName("are called as cargo calls them")
  void misnamed(CheckMojo mojo) {
    assertThatThrownBy(mojo::locks)
        .hasMessageContaining(
            "a/Cargo.toml: the <lock> of a <cargo> is not a file named Cargo.lock");
  }

  @Test
  @InjectMojo(
      goal = "check",
      pom = BEFORE + "<locks><cargo><lock>a/Cargo.lock</lock></cargo></locks>" + AFTER)
  @DisplayName("must be there")
  void missing(CheckMojo mojo) {
    assertThatThrownBy(mojo::locks)
        .hasMessageContaining(folder.resolve("a/Cargo.lock") + ": no such file")
        .hasMessageContaining("cargo generate-lockfile");
  }

  /** A workspace of one crate that needs no other. */
  static Path workspace(Path directory) throws Exception {
    Files.createDirectories(directory.resolve("src"));
    Files.writeString(
        directory.resolve("Cargo.toml"),
        "[package]\nname = \"single\"\nversion = \"0.1.0\"\nedition = \"2021\"\n");
    Files.writeString(directory.resolve("src/lib.rs"), "pub const ONE: u8 = 1;\n");
    Files.writeString(
        directory.resolve("Cargo.lock"),
        "version = 4\n\n[[package]]\nname = \"single\"\nversion = \"0.1.0\"\n");
    return directory;
  }
}
