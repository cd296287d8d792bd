package io.github.nixmaven.generator.cargo.cfg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The table of targets says what rustc says")
class TargetInfoTest {
  /** Facts that a newer rustc may state of a target without any change to the target. */
  private static final String STATED_SINCE = "target_(feature|has_atomic).*";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x86_64-unknown-linux-gnu",
        "x86_64-unknown-linux-musl",
        "aarch64-unknown-linux-gnu",
        "aarch64-apple-darwin",
        "x86_64-pc-windows-msvc",
        "wasm32-unknown-unknown",
        "wasm32-wasip1",
        "i686-unknown-linux-gnu",
        "armv7-unknown-linux-gnueabihf",
      })
  void installedRustc(String triple) throws Exception {
    Set<String> rustc = withoutVersionDependent(rustc("--print", "cfg", "--target", triple));

    assertThat(rustc).isNotEmpty();
    assertThat(
            withoutVersionDependent(
                TargetInfo.of(triple).cfg().stream()
                    .map(Cfg::toString)
                    .collect(Collectors.toSet())))
        .isEqualTo(rustc);
  }

  @Test
  @DisplayName("Every target the installed rustc has is in the table, unless rustc is newer")
  void allTargets() throws Exception {
    Set<String> missing = rustc("--print", "target-list");
    int known = missing.size();
    missing.removeAll(TargetInfo.all().keySet());

    assertThat(missing).hasSizeLessThan(known / 10);
  }

  private static Set<String> withoutVersionDependent(Set<String> facts) {
    return facts.stream()
        .filter(fact -> !fact.matches(STATED_SINCE) && !fact.startsWith("target_abi=\"\""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> rustc(String... arguments) throws IOException, InterruptedException {
    String[] command = new String[arguments.length + 1];
    command[0] = "rustc";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    Set<String> lines =
        new String(process.getInputStream().readAllBytes())
            .lines()
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(process.waitFor()).isZero();
    return lines;
  }
}
