package io.github.nixmaven.generator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.nixmaven.generator.cargo.CargoRequest;
import io.github.nixmaven.generator.cargo.TextWorkspace;
import io.github.nixmaven.generator.pin.GenerateResult;
import io.github.nixmaven.generator.pin.Generator;
import io.github.nixmaven.generator.pin.TestContext;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A workspace of a thousand members, each of which needs the one before")
class ManyMembersTest {
  private static final int MEMBERS = 1000;

  @TempDir Path directory;

  /** One in the middle turns on a feature of all before it, so that these differ by member. */
  private void workspace() throws Exception {
    StringBuilder text = new StringBuilder("## Cargo.toml\n[workspace]\nmembers = ['m*']\n");
    StringBuilder lock = new StringBuilder("## Cargo.lock\nversion = 4\n");
    for (int i = 0; i < MEMBERS; i++) {
      String package_ = "name = \"m%04d\"\nversion = \"1.0.0\"\n".formatted(i);
      text.append("## m%04d/src/lib.rs\n## m%04d/Cargo.toml\n[package]\n".formatted(i, i));
      text.append(package_);
      lock.append("\n[[package]]\n").append(package_);
      if (i > 0) {
        text.append("[features]\non = ['m%04d/on']\n[dependencies]\n".formatted(i - 1));
        text.append("m%04d = { path = '../m%04d'".formatted(i - 1, i - 1));
        text.append(i == MEMBERS / 2 ? ", features = ['on'] }\n" : " }\n");
        lock.append("dependencies = [\n \"m%04d\",\n]\n".formatted(i - 1));
      } else {
        text.append("[features]\non = []\n");
      }
    }
    TextWorkspace.unlocked(directory, text.append(lock).toString());
  }

  @Test
  @DisplayName("is generated in seconds, and one of them is evaluated in a second")
  void quick() throws Exception {
    workspace();
    CargoRequest request =
        CargoRequest.of(directory.resolve("Cargo.toml"), directory.resolve("Cargo.nix"));
    // Three and one second on an idle machine; it was sixty and ten.
    GenerateResult result =
        assertTimeoutPreemptively(
            Duration.ofSeconds(25), () -> Generator.generate(request, TestContext.OWN));
    assertThat(result.packages()).isEqualTo(MEMBERS);
    String crates =
        "(import %s { pkgs = { }; lib = { }; stdenv.hostPlatform.config ="
                .formatted(request.output())
            + " \"x86_64-unknown-linux-gnu\"; fetchurl = a: a.sha256; defaultCrateOverrides = { };"
            + " buildRustCrateForPkgs = _: { exact = true; __functor = _: a: a; };"
            + " selectedMembers = [ \"m0700\" ]; }).workspaceMembers.m0700.build.externs";
    assertThat(
            assertTimeoutPreemptively(
                    Duration.ofSeconds(5),
                    () -> Nix.evaluate("map (e: e.features) (builtins.attrValues " + crates + ")"))
                .toString())
        .isEqualTo("[[]]");
  }
}
