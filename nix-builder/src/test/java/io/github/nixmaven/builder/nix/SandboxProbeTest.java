package io.github.nixmaven.builder.nix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.generator.text.InputException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SandboxProbeTest {
  @Test
  @DisplayName("the sandbox our options ask for holds")
  void sandboxHolds() {
    assertThatCode(
            () ->
                SandboxProbe.check(
                    NixFixture.nix(),
                    NixFixture.LIBRARY,
                    NixFixture.sysroot(),
                    NixFixture.options()))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({"sandbox, false", "sandbox-paths, ''", "sandbox-paths, /usr /bin /lib /lib64"})
  @DisplayName("Nix's settings do not matter: the launcher keeps builds from the machine")
  void otherSettings(String name, String value) {
    assertThatCode(
            () ->
                SandboxProbe.check(
                    NixFixture.nix(),
                    NixFixture.LIBRARY,
                    NixFixture.sysroot(),
                    with("--option", name, value)))
        .doesNotThrowAnyException();
  }

  @Test
  @DisplayName("a sandbox with more of the host in it is refused")
  void extraPathIsRefused() throws Exception {
    assertThatThrownBy(
            () ->
                SandboxProbe.check(
                    NixFixture.nix(),
                    NixFixture.LIBRARY,
                    NixFixture.sysroot(),
                    with("--option", "extra-sandbox-paths", "/home")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("it sees the host's /home")
        .hasMessageNotContaining("/usr");
  }

  @Test
  @DisplayName("a build inside the sandbox cannot reach a listener on the host's loopback")
  void loopbackIsOutOfReach() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String expression =
          NixFixture.derivation(
              "loopback",
              "exec 3<>/dev/tcp/127.0.0.1/" + listener.getLocalPort() + " && echo reached > $out",
              "");
      List<NixEvent> events = NixFixture.realise(List.of(), NixFixture.instantiate(expression));
      assertThat(events)
          .anyMatch(
              event ->
                  event instanceof NixEvent.LogLine line
                      && line.line().contains("Connection refused"))
          .anyMatch(
              event ->
                  event instanceof NixEvent.Message message
                      && message.level() == NixEvent.Message.ERROR
                      && message.text().contains("loopback.drv"));
      listener.setSoTimeout(1);
      assertThatThrownBy(listener::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  @DisplayName("settings that let the host in are overruled by ours")
  void settingsAreOverruled() throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--option",
                "sandbox",
                "false",
                "--option",
                "sandbox-fallback",
                "true",
                "--option",
                "extra-sandbox-paths",
                "/home /root",
                "--option",
                "sandbox-build-dir",
                "/somewhere"));
    arguments.addAll(NixFixture.options().arguments());

    assertThatCode(
            () ->
                SandboxProbe.check(
                    NixFixture.nix(),
                    NixFixture.LIBRARY,
                    NixFixture.sysroot(),
                    new HermeticOptions(arguments)))
        .doesNotThrowAnyException();
  }

  @Test
  @DisplayName(
      "a daemon that does not trust the user ignores our options, and builds are hermetic all the same")
  void untrustedUser(@TempDir Path folder) throws Exception {
    Path socket = folder.resolve("socket");
    ProcessBuilder builder =
        new ProcessBuilder(
            "nix-daemon",
            "--option",
            "trusted-users",
            "nobody",
            "--option",
            "build-users-group",
            "");
    builder.environment().put("NIX_DAEMON_SOCKET_PATH", socket.toString());
    Process daemon =
        builder.redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile()).start();
    try {
      for (int i = 0; i < 100 && !Files.exists(socket); i++) {
        Thread.sleep(50);
      }
      assertThatCode(
              () ->
                  SandboxProbe.check(
                      NixFixture.nix(),
                      NixFixture.LIBRARY,
                      NixFixture.sysroot(),
                      with("--store", "unix://" + socket)))
          .doesNotThrowAnyException();
    } finally {
      daemon.descendants().forEach(ProcessHandle::destroy);
      daemon.destroy();
      daemon.waitFor();
    }
  }

  private static HermeticOptions with(String... options) throws Exception {
    List<String> arguments = new ArrayList<>(NixFixture.options().arguments());
    arguments.addAll(List.of(options));
    return new HermeticOptions(arguments);
  }
}
