package io.github.nixmaven.generator.cargo.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.nixmaven.generator.cargo.semver.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileOverridesTest {
  private static final Version VERSION = Version.parse("1.0.0");

  @TempDir Path directory;

  @Test
  @DisplayName("A hundred overrides are parsed once, not again for each unit")
  void parsedOnce() throws Exception {
    StringBuilder manifest = new StringBuilder("[package]\nname = 'app'\nversion = '1.0.0'\n");
    for (int i = 0; i < 100; i++) {
      manifest.append("[profile.release.package.'p%d@1']\nopt-level = %d\n".formatted(i, i % 4));
    }
    Files.createDirectories(directory.resolve("src"));
    Files.writeString(directory.resolve("src/lib.rs"), "");
    Path file = Files.writeString(directory.resolve("Cargo.toml"), manifest);
    Profiles profiles = Profiles.of(Workspace.load(file, Map.of()), "release");
    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> {
          for (int i = 0; i < 1_000_000; i++) {
            String level = profile(profiles, i % 200).optLevel();
            assertThat(level).isEqualTo(i % 200 < 100 ? String.valueOf(i % 4) : "3");
          }
        });
  }

  private static Profile profile(Profiles profiles, int number) {
    return profiles.get(
        "p" + number, VERSION, () -> "", false, false, false, false, "x86_64-unknown-linux-gnu");
  }
}
