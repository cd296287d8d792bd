package io.github.nixmaven.builder.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.builder.nix.NixFixture;
import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CommandTest {
  @TempDir private Path folder;

  @Test
  @DisplayName("the environment that is handed in is all there is, its search path included")
  void environment() throws Exception {
    Files.writeString(folder.resolve("show"), "#!/bin/sh\necho \"$WORD ${HOME-none}\"\n");
    assertThat(folder.resolve("show").toFile().setExecutable(true)).isTrue();
    Command command = new Command(null, Map.of("PATH", folder.toString(), "WORD", "handed in"));

    assertThat(command.isInstalled("show")).isTrue();
    assertThat(command.isInstalled("sh")).isFalse();
    assertThat(command.capture("show", List.of())).isEqualTo("handed in none");
  }

  @Test
  @DisplayName("without Nix the message says what to install")
  void notInstalled() {
    assertThatThrownBy(
            () -> new Command(folder, System.getenv()).capture("nix-store", List.of("--version")))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("`nix-store` is not installed in " + folder)
        .hasMessageContaining("apt-get install nix-bin");
  }

  @Test
  @DisplayName("a failing command's message holds what it said")
  void failure() {
    assertThatThrownBy(() -> NixFixture.nix().capture("nix-store", List.of("--no-such-flag")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("nix-store failed with status 1")
        .hasMessageContaining("no operation specified");
  }

  @Test
  @DisplayName("a command that fills both pipes at once is read to its end")
  void bothPipes() throws Exception {
    List<String> heard = Collections.synchronizedList(new ArrayList<>());
    Command.Result result =
        command("for i in $(seq 20000); do echo out $i; echo err $i >&2; done; exit 7")
            .run("nix", List.of(), heard::add);

    assertThat(result.status()).isEqualTo(7);
    assertThat(result.lines()).hasSize(20000).endsWith("out 20000");
    assertThat(heard).hasSize(20000).endsWith("err 20000");
    assertThat(result.log()).hasSize(50).endsWith("err 20000");
  }

  @Test
  @DisplayName("arguments reach the command as they are")
  void arguments() throws Exception {
    List<String> arguments = List.of("a b", "$HOME", "';\"", "", "*", "-é");

    assertThat(
            command("for a in \"$@\"; do printf '[%s]\\n' \"$a\"; done").capture("nix", arguments))
        .isEqualTo("[a b]\n[$HOME]\n[';\"]\n[]\n[*]\n[-é]");
  }

  @Test
  @DisplayName("interrupting the caller ends the command and what it has started")
  void interruption() throws Exception {
    Path pids = folder.resolve("pids");
    Command nix = command("sleep 300 & echo $! > " + pids + "; echo up >&2; wait");
    CountDownLatch up = new CountDownLatch(1);
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread caller =
        new Thread(
            () -> {
              try {
                nix.run("nix", List.of(), line -> up.countDown());
              } catch (Exception e) {
                thrown.set(e);
              }
            });
    caller.start();
    up.await();
    long child = Long.parseLong(Files.readString(pids).strip());
    assertThat(ProcessHandle.of(child)).isPresent();

    caller.interrupt();
    caller.join(Duration.ofSeconds(10).toMillis());

    assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    ProcessHandle.of(child).ifPresent(process -> process.onExit().join());
    assertThat(ProcessHandle.of(child).filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  @DisplayName("a listener that fails ends the command instead of blocking it")
  void failingListener() throws Exception {
    Command nix = command("while true; do echo line >&2; done");

    assertThatThrownBy(
            () ->
                nix.run(
                    "nix",
                    List.of(),
                    line -> {
                      throw new IllegalArgumentException("planted");
                    }))
        .hasRootCauseMessage("planted");
  }

  /** A shell script in Nix's place: what is tested here is the plumbing. */
  private Command command(String script) throws IOException {
    Path file = Files.writeString(folder.resolve("nix"), "#!/bin/bash\n" + script + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return new Command(folder, System.getenv());
  }
}
