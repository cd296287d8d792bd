package io.github.nixmaven.builder.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nixmaven.builder.language.Cause;
import io.github.nixmaven.builder.realise.HandMadeProject;
import io.github.nixmaven.builder.realise.Preparation;
import io.github.nixmaven.builder.realise.RecordingConsole;
import io.github.nixmaven.builder.verify.rebuild.Axis;
import io.github.nixmaven.builder.verify.rebuild.AxisAvailability;
import io.github.nixmaven.builder.verify.rebuild.Canary;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AxesTest {
  /** What a derivation does, and what it depends on. */
  private static final Map<String, List<Cause>> CAUSES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("echo $NIX_BUILD_TOP > $out", List.of(Cause.PATH)),
              Map.entry("nproc > $out", List.of(Cause.CORES)),
              Map.entry("echo $NIX_BUILD_CORES > $out", List.of(Cause.CORES)),
              Map.entry("date +%Y > $out", List.of(Cause.TIME)),
              Map.entry("date +%F > $out", List.of(Cause.TIME)),
              Map.entry("date +%s%N > $out", List.of(Cause.TIME)),
              Map.entry("echo > a; tar -c a > $out", List.of(Cause.TIME)),
              Map.entry("touch {a..z}; ls -U > $out", List.of(Cause.ORDER)),
              Map.entry("uname -r > $out", List.of(Cause.KERNEL)),
              Map.entry("head -c 9 /dev/urandom > $out", List.of(Cause.RANDOM)),
              Map.entry("pwd > $out; uname -r >> $out", List.of(Cause.PATH, Cause.KERNEL)),
              Map.entry("pwd > $out; date +%N >> $out", List.of(Cause.PATH, Cause.TIME)),
              Map.entry(
                  "[[ $PWD != /build && $(uname -r) == 2.6* ]] && pwd > $out || echo > $out",
                  List.of(Cause.INTERACTION)),
              Map.entry("touch {a..z}; ls > $out", List.of()),
              Map.entry("echo > a; tar -c --mtime=@1 a > $out", List.of())));

  @TempDir private Path folder;

  @Test
  @DisplayName(
      "what an output depends on is found by varying it: one condition, two, several together,"
          + " chance, none")
  void causes() throws Exception {
    HandMadeProject project = new HandMadeProject();
    Map<String, String> scripts = new TreeMap<>();
    CAUSES.keySet().forEach(script -> scripts.put("n" + scripts.size(), script));
    for (Map.Entry<String, String> each : scripts.entrySet()) {
      project
          .with(
              each.getKey(),
              HandMadeProject.unit(each.getKey(), "1.0.0", "library"),
              each.getValue(),
              "")
          .member(each.getKey());
    }

    VerifyResult result = verify(project.prepare());

    assertThat(result.axes()).allMatch(AxisAvailability::tried).hasSize(Axis.values().length);
    assertThat(result.canaries()).allMatch(Canary::good).hasSize(Axis.values().length + 1);
    Map<String, List<Cause>> found = new TreeMap<>();
    result
        .outputs()
        .forEach(
            each ->
                found.put(scripts.get(String.valueOf(each.unit().packageName())), each.causes()));
    assertThat(found).isEqualTo(CAUSES);
    assertThat(result.outputs())
        .allMatch(
            each ->
                each.causes().isEmpty()
                    ? each.rebuilds() == 1 && each.verdict() == OutputResult.Verdict.IDENTICAL
                    : each.rebuilds() > 2 && each.verdict() == OutputResult.Verdict.DIFFERENT);
  }

  private VerifyResult verify(Preparation prepared) throws Exception {
    return new VerifyService()
        .verify(
            new VerifyRequest(
                HandMadeProject.settings(folder),
                folder.resolve("verify.json"),
                null,
                Duration.ofMinutes(5),
                false,
                null),
            Policy.read(null, "crate", LocalDate.EPOCH),
            prepared,
            new RecordingConsole().plain());
  }
}
