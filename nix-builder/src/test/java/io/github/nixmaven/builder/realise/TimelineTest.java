package io.github.nixmaven.builder.realise;

import static io.github.nixmaven.builder.realise.HandMadeProject.natively;
import static io.github.nixmaven.builder.realise.HandMadeProject.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.builder.nix.Derivation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The timeline of a build")
class TimelineTest {
  @TempDir private Path folder;

  @Test
  @DisplayName("says when each derivation was built, and keeps it when nothing is built any more")
  void spans() throws Exception {
    Preparation prepared =
        new HandMadeProject()
            .with("slow", unit("slow", "0.1.0", "library"), "sleep 1; echo > $out", "")
            .with("app", unit("app", "1.0.0", "product"), "cat $slow > $out", "inherit slow;")
            .member("app")
            .prepare();
    Instant before = Instant.now();
    build(prepared);

    Timeline timeline = Timeline.read(folder.resolve("target/nix"));
    assertThat(timeline.spans()).hasSize(2);
    Derivation member = prepared.project().members().get(natively("app"));
    Timeline.Span app = timeline.spans().get(member.path());
    Timeline.Span slow = timeline.spans().get(member.inputs().get(0));
    assertThat(Duration.between(slow.started(), slow.ended()))
        .isGreaterThan(Duration.ofMillis(900));
    assertThat(slow.ended()).isBeforeOrEqualTo(app.started());
    assertThat(app.ended()).isBetween(app.started(), Instant.now());
    assertThat(app.build()).isEqualTo(slow.build()).isBetween(before, slow.started());
    assertThat(app.failed()).isFalse();

    build(prepared);
    assertThat(Timeline.read(folder.resolve("target/nix"))).isEqualTo(timeline);
  }

  @Test
  @DisplayName("ends each bar when its builder ended, though Nix tells of members at the very end")
  void ends() throws Exception {
    Preparation prepared =
        new HandMadeProject()
            .with("quick", unit("quick", "0.1.0", "product"), "echo > $out", "")
            .with("slow", unit("slow", "0.1.0", "product"), "sleep 3; echo > $out", "")
            .member("quick")
            .member("slow")
            .prepare();
    Collection<Derivation> all = prepared.project().closure().values();
    Path work = Files.createDirectories(folder.resolve("work"));

    var unused = Realisation.realise(prepared, all, work, new RecordingConsole().plain());

    Timeline.Span quick =
        Timeline.read(work).spans().get(prepared.project().members().get(natively("quick")).path());
    assertThat(Duration.between(quick.started(), quick.ended())).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  @DisplayName("has what failed as well")
  void failure() throws Exception {
    Preparation prepared = HandMadeProject.app("exit 1");

    assertThatThrownBy(() -> build(prepared)).isInstanceOf(BuildFailedException.class);

    assertThat(Timeline.read(folder.resolve("target/nix")).spans().values())
        .singleElement()
        .satisfies(span -> assertThat(span.failed()).isTrue());
  }

  @Test
  @DisplayName("of another program is no error")
  void foreign() throws Exception {
    Files.writeString(folder.resolve("timeline.json"), "{ \"format\": 99 }");
    assertThat(Timeline.read(folder).spans()).isEmpty();
    Files.writeString(
        folder.resolve("timeline.json"), "{ \"format\": 1, \"derivations\": { \"a\": {} } }");
    assertThat(Timeline.read(folder).spans()).isEmpty();
  }

  private void build(Preparation prepared) throws Exception {
    var unused =
        new BuildService()
            .build(
                new BuildRequest(HandMadeProject.settings(folder), List.of(), folder),
                prepared,
                Instant.now(),
                new RecordingConsole().plain());
  }
}
