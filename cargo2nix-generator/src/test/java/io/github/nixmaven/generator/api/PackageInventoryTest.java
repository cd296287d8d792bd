package io.github.nixmaven.generator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.generator.hash.Hash;
import io.github.nixmaven.generator.pin.Pin;
import io.github.nixmaven.generator.pin.PinnedPackage;
import io.github.nixmaven.generator.pin.TestContext;
import io.github.nixmaven.generator.text.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The packages that builds are made of")
class PackageInventoryTest {
  private static final String LINUX = "x86_64-unknown-linux-gnu";

  @TempDir Path directory;

  private Project project;

  @BeforeEach
  void project() throws Exception {
    project = Project.in(directory.resolve("project"));
    project.write(
        "app/Cargo.toml",
        Project.APP.replace(
            "[dependencies]\nitoa = \"1.0\"\n",
            "license = \"MIT\"\nlicense-file = \"LICENCE\"\n[dependencies]\nitoa = \"1.0\"\n"
                + "[build-dependencies]\n"));
    project.write("app/build.rs", "fn main() {}\n");
  }

  private List<PinnedPackage> of(String... members) throws Exception {
    return project.request().read(project.output(), TestContext.OWN).packages(List.of(members));
  }

  @Test
  @DisplayName("say what pins them, what they need, and whether they get into the program")
  void packages() throws Exception {
    List<PinnedPackage> packages = of();

    assertThat(packages)
        .extracting(PinnedPackage::key)
        .containsExactly("app 0.1.0", "cfg-if 1.0.0", "itoa 1.0.14", "tool 0.2.0");
    PinnedPackage app = packages.get(0);
    assertThat(app.license()).contains("MIT");
    assertThat(app.licenseFile()).contains("LICENCE");
    assertThat(app.own() && app.linked() && app.program()).isTrue();
    assertThat(app.dependencies()).isEqualTo(Set.of("itoa 1.0.14", "tool 0.2.0"));
    assertThat(packages.get(2).pin())
        .isEqualTo(
            new Pin.File(Optional.empty(), Hash.parse(Hash.Algorithm.SHA256, Project.ITOA_14)));
    assertThat(packages.get(2).license()).contains("MIT OR Apache-2.0");
    assertThat(packages.get(3).pin()).isInstanceOf(Pin.Directory.class);
  }

  @Test
  @DisplayName("are not linked where a build script alone needs them, unless a member is built so")
  void buildOnly() throws Exception {
    assertThat(of("app"))
        .filteredOn(PinnedPackage::linked)
        .extracting(PinnedPackage::name)
        .containsExactly("app", "itoa");
    assertThat(of()).allMatch(PinnedPackage::linked);
  }

  @Test
  @DisplayName("are those of the conditions that the project's rustflags make true")
  void rustflags() throws Exception {
    Path manifest = project.file("app/Cargo.toml");
    project.write(
        "app/Cargo.toml",
        Files.readString(manifest)
            .replace("[dependencies]\nitoa", "[target.'cfg(chosen)'.dependencies]\nitoa"));
    assertThat(of("app")).extracting(PinnedPackage::name).doesNotContain("itoa");

    project.write(".cargo/config.toml", "[build]\nrustflags = [\"--cfg\", \"chosen\"]\n");

    assertThat(of("app")).extracting(PinnedPackage::name).contains("itoa");
  }

  @Test
  @DisplayName("are none where the lock is missing: the mistake is named")
  void noLock() throws Exception {
    Files.delete(project.file("Cargo.lock"));

    assertThatThrownBy(this::of)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("Cargo.lock");
  }
}
