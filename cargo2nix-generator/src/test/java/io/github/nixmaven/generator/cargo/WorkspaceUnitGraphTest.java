package io.github.nixmaven.generator.cargo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Asks cargo for the units of workspaces that are made up. {@code -Dunits.seed=N} and {@code
 * -Dunits.count=N} choose the random ones.
 */
@DisplayName("In a workspace of local packages our units are cargo's units")
class WorkspaceUnitGraphTest {
  private static final List<String> TARGETS =
      List.of(
          "x86_64-unknown-linux-musl",
          "x86_64-unknown-linux-gnu",
          "aarch64-apple-darwin",
          "wasm32-unknown-unknown");

  @TempDir Path directory;

  @Test
  @DisplayName("Random workspaces: any member, with and without --target, any choice of features")
  void random() throws Exception {
    long seed = Long.getLong("units.seed", 1);
    int count = Integer.getInteger("units.count", 150);
    List<String> failures = new ArrayList<>();
    List<String> rejected = new ArrayList<>();
    for (long current = seed; current < seed + count; current++) {
      Random random = new Random(current);
      String text = RandomWorkspace.text(current);
      Path folder = directory.resolve("seed" + current);
      try {
        TextWorkspace workspace = TextWorkspace.write(folder, text);
        List<String> members = workspace.members();
        String[][] choices = {{}, {}, {"--no-default-features"}, {"--all-features"}};
        for (@Nullable String target :
            new String[] {null, TARGETS.get(random.nextInt(TARGETS.size()))}) {
          workspace.assertSame(
              members.get(random.nextInt(members.size())), target, choices[random.nextInt(4)]);
        }
      } catch (Cargo.Refused e) {
        rejected.add("seed " + current + ": " + e.getMessage());
      } catch (AssertionError | RuntimeException e) {
        failures.add("seed " + current + ": " + e);
      }
    }
    System.out.printf(
        "random workspaces: %d compared, %d refused by cargo, %d differ%n",
        count - rejected.size(), rejected.size(), failures.size());
    assertThat(String.join("\n\n", failures)).isEmpty();
    assertThat(rejected).as("refused by cargo").hasSizeLessThan(count / 10 + 1);
  }
}
