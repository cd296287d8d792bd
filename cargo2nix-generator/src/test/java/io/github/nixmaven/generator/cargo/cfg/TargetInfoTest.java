package io.github.nixmaven.generator.cargo.cfg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The table of targets says what rustc says")
class TargetInfoTest {
  /** Facts that one rustc states of a target and the next one may not, or the other way round. */
  private static final String VERSION_DEPENDENT = "target_(feature|has_atomic).*|target_abi=\"\"";

  @Test
  @DisplayName("Every target has the installed rustc's facts")
  void installedRustc() throws Exception {
    // The table says which rustc wrote it: with that one nothing may differ.
    boolean same = rustc("--version").equals(Set.of(tableVersion()));
    Map<String, TargetInfo> table = TargetInfo.all();
    Set<String> installed = rustc("--print", "target-list");
    Set<String> compared = new TreeSet<>(installed);
    compared.retainAll(table.keySet());
    assertThat(compared).hasSizeGreaterThan(installed.size() * 9 / 10);
    if (same) {
      assertThat(installed).isEqualTo(table.keySet());
    }
    Map<String, Set<String>> differing = new ConcurrentSkipListMap<>();
    compared.parallelStream()
        .forEach(
            triple -> {
              Set<String> ours =
                  table.get(triple).cfg().stream().map(Cfg::toString).collect(Collectors.toSet());
              Set<String> theirs = rustc("--print", "cfg", "--target", triple);
              Set<String> difference = new TreeSet<>(ours);
              difference.addAll(theirs);
              theirs.retainAll(ours);
              difference.removeAll(theirs);
              difference.removeIf(fact -> !same && fact.matches(VERSION_DEPENDENT));
              if (!difference.isEmpty()) {
                differing.put(triple, difference);
              }
            });
    assertThat(differing).isEmpty();
  }

  @Test
  @DisplayName("cfg() can ask for every fact of every target")
  void facts() {
    TargetInfo.all()
        .values()
        .forEach(
            target ->
                target
                    .cfg()
                    .forEach(
                        fact -> {
                          assertThat(CfgExpr.parse(fact.toString()).matches(target.cfg()))
                              .as("%s of %s", fact, target.triple())
                              .isTrue();
                          assertThat(CfgExpr.parse("not(" + fact + ")").matches(target.cfg()))
                              .isFalse();
                        }));
  }

  /** The first line of the table: what {@code rustc --version} said. */
  private static String tableVersion() throws IOException {
    try (InputStream table = TargetInfo.class.getResourceAsStream("target-cfg.txt")) {
      return new String(Objects.requireNonNull(table).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .findFirst()
          .orElseThrow()
          .substring("# ".length());
    }
  }

  private static Set<String> rustc(String... arguments) {
    List<String> command = new ArrayList<>(List.of("rustc"));
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      Set<String> lines =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .collect(Collectors.toCollection(TreeSet::new));
      assertThat(process.waitFor()).isZero();
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
