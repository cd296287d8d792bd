package io.github.nixmaven.builder.nix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class NixLogTest {
  private static final String BAD =
      "/nix/store/s5kpwf878qnp0hnm4ljc2ny8vkr4v1az-rust_bad-0.3.0+x.drv";
  private static final String CLEAN =
      "/nix/store/nfa9b8mr3jg23r2j9vy0j0yngq3zf2ls-rust_clean-1.0.0.drv";
  private static final String RANDOM =
      "/nix/store/zrp6jqrs47ycwy53f9vm8ilv1kxd7pbi-rust_random-0.2.0.drv";

  @Test
  @DisplayName(
      "a recorded build of Nix 2.8 with a failing crate reads as its builds, logs and errors")
  void recordedBuild() throws IOException {
    List<NixEvent> events = recording("nix-2.8-build.log");

    assertThat(events)
        .containsSubsequence(
            new NixEvent.BuildStarted(BAD, false),
            new NixEvent.LogLine(BAD, "line 1"),
            new NixEvent.LogLine(BAD, "oops"),
            new NixEvent.Message(0, "error: builder for '" + BAD + "' failed with exit code 3"),
            new NixEvent.BuildStopped(BAD),
            new NixEvent.BuildStarted(CLEAN, false),
            new NixEvent.BuildStopped(CLEAN));
    assertThat(events.stream().filter(NixEvent.LogLine.class::isInstance)).hasSize(31);
  }

  @Test
  @DisplayName("a recorded check of Nix 2.8 tells rebuilds from builds")
  void recordedCheck() throws IOException {
    assertThat(recording("nix-2.8-check.log"))
        .contains(new NixEvent.BuildStarted(CLEAN, true), new NixEvent.BuildStarted(RANDOM, true))
        .noneMatch(event -> event instanceof NixEvent.BuildStarted build && !build.check())
        .anyMatch(
            event ->
                event instanceof NixEvent.Message message
                    && message.level() == NixEvent.Message.ERROR
                    && message.text().contains("'" + RANDOM + "' may not be deterministic"));
  }

  @Test
  @DisplayName("a line that is not Nix's JSON is a message, and colours are taken out")
  void otherLines() {
    List<NixEvent> events = new ArrayList<>();
    NixLog log = new NixLog(events::add);
    log.accept("warning: the group 'nixbld' does not exist");
    log.accept("\u001b[31;1merror:\u001b[0m no");
    log.accept("@nix {\"action\":");
    log.accept("@nix {\"action\":\"later\",\"id\":1}");
    log.accept("@nix {\"action\":\"stop\",\"id\":1}");

    assertThat(events)
        .containsExactly(
            new NixEvent.Message(1, "warning: the group 'nixbld' does not exist"),
            new NixEvent.Message(0, "error: no"),
            new NixEvent.Message(3, "@nix {\"action\":"));
  }

  @Test
  @DisplayName("a real run reports the build, its output line by line, and its end")
  void realRun() throws Exception {
    List<String> derivations =
        NixFixture.instantiate(
            NixFixture.derivation("spoken", "echo one; echo 'tw\"o' >&2; echo > $out", ""));
    String path = derivations.get(0);

    assertThat(NixFixture.realise(List.of(), derivations))
        .containsSubsequence(
            new NixEvent.BuildStarted(path, false),
            new NixEvent.LogLine(path, "one"),
            new NixEvent.LogLine(path, "tw\"o"),
            new NixEvent.BuildStopped(path));
    assertThat(NixFixture.realise(List.of("--check"), derivations))
        .contains(new NixEvent.BuildStarted(path, true));
  }

  @Test
  @DisplayName("a builder that writes Nix's own format cannot pretend that another crate was built")
  void forgedLines() throws Exception {
    String forged =
        "@nix {\"action\":\"start\",\"id\":7,\"type\":105,\"level\":3,\"text\":\"building\",\"fields\":[\""
            + CLEAN
            + "\",\"\",1,1]}";
    List<String> derivations =
        NixFixture.instantiate(
            NixFixture.derivation("forger", "echo '" + forged + "' >&2; echo > $out", ""));

    assertThat(NixFixture.realise(List.of(), derivations))
        .contains(new NixEvent.BuildStarted(derivations.get(0), false))
        .doesNotContain(new NixEvent.BuildStarted(CLEAN, false));
  }

  private static List<NixEvent> recording(String name) throws IOException {
    List<NixEvent> events = new ArrayList<>();
    NixLog log = new NixLog(events::add);
    try (var resource = NixLogTest.class.getResourceAsStream(name)) {
      new String(resource.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(log);
    }
    return events;
  }
}
