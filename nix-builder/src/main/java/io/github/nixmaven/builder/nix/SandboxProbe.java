package io.github.nixmaven.builder.nix;

import io.github.nixmaven.builder.command.Command;
import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Proves from inside that builds are cut off from the host, before one of them is called hermetic.
 *
 * <p>Nix may build without a sandbox, or with another one, in spite of its options: a daemon
 * ignores those of a user it does not trust. So a tiny derivation looks around with the shell of
 * the sysroot alone. What it must not find is made for this one run (a listening socket, a file),
 * and the listener is asked as well.
 */
public final class SandboxProbe {
  private SandboxProbe() {}

  /**
   * Builds the probe.
   *
   * @param nix Nix's commands
   * @param sysroot the store path the options bind to {@code /usr}
   * @param options the options of the builds to come
   * @throws InputException when builds with these options are not hermetic here, saying why and
   *     what to do
   */
  public static void check(Command nix, Path sysroot, HermeticOptions options)
      throws IOException, InterruptedException {
    String nonce = UUID.randomUUID().toString();
    Path marker = Files.createTempFile("sandbox-probe-", ".txt");
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<String> said = new ArrayList<>();
      List<String> built = new ArrayList<>();
      List<String> arguments = new ArrayList<>(List.of("--no-out-link"));
      arguments.addAll(NixLog.OPTIONS);
      arguments.addAll(options.arguments());
      arguments.addAll(List.of("--expr", expression()));
      argument(arguments, "sysroot", sysroot.toString());
      argument(arguments, "loader", loader(sysroot));
      argument(arguments, "nonce", nonce);
      argument(arguments, "port", Integer.toString(listener.getLocalPort()));
      argument(arguments, "marker", marker.toString());
      Command.Result result =
          nix.run(
              "nix-build",
              arguments,
              new NixLog(
                  event -> {
                    if (event instanceof NixEvent.BuildStarted start) {
                      built.add(start.derivation());
                    } else if (event instanceof NixEvent.LogLine line) {
                      said.add(line.line());
                    } else if (event instanceof NixEvent.Message message
                        && message.level() <= NixEvent.Message.WARNING) {
                      said.add(message.text());
                    }
                  }));
      if (result.status() != 0) {
        throw refusal(
            List.of("a build in the sandbox fails:\n    " + String.join("\n    ", said)), said);
      }
      List<String> found =
          new ArrayList<>(Files.readAllLines(Path.of(result.lines().get(0).strip())));
      if (built.size() != 1 || found.isEmpty() || !found.remove(found.size() - 1).equals(nonce)) {
        found.add("the probe did not finish");
      }
      if (found.stream().noneMatch(finding -> finding.contains("loopback"))
          && isReached(listener)) {
        found.add("it reaches the host's loopback network");
      }
      if (!found.isEmpty()) {
        throw refusal(found, said);
      }
    } finally {
      Files.deleteIfExists(marker);
    }
  }

  /** The dynamic loader, relative to the sysroot: the kernel cannot find it by its usual name. */
  private static String loader(Path sysroot) throws IOException {
    try (Stream<Path> files =
        Files.find(
            sysroot.resolve("usr/lib"),
            2,
            (path, attributes) ->
                attributes.isRegularFile()
                    && path.getFileName().toString().startsWith("ld-linux"))) {
      return sysroot
          .relativize(
              files
                  .findFirst()
                  .orElseThrow(() -> new IOException(sysroot + " contains no dynamic loader")))
          .toString();
    }
  }

  private static String expression() throws IOException {
    try (InputStream resource = SandboxProbe.class.getResourceAsStream("sandbox-probe.nix")) {
      return new String(Objects.requireNonNull(resource).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void argument(List<String> arguments, String name, String value) {
    arguments.add("--argstr");
    arguments.add(name);
    arguments.add(value);
  }

  /** The kernel completes a connection by itself, so one that was made still waits here. */
  private static boolean isReached(ServerSocket listener) throws IOException {
    listener.setSoTimeout(1);
    try {
      listener.accept().close();
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  private static InputException refusal(List<String> findings, List<String> said) {
    return new InputException(
        null,
        "Nix's sandbox does not isolate builds from this machine, so they would not be hermetic: "
            + String.join("; ", findings),
        remedy(String.join("\n", said).toLowerCase(Locale.ROOT)));
  }

  private static String remedy(String said) {
    if (said.contains("namespace")
        || said.contains("operation not permitted")
        || said.contains("host name")) {
      return "The kernel does not permit the namespaces that the sandbox needs. Start a container"
          + " with `--privileged`; elsewhere permit them with `sysctl -w"
          + " kernel.unprivileged_userns_clone=1` and `sysctl -w"
          + " user.max_user_namespaces=10000`.";
    }
    // Nix 2.8 ignores a user's options without a word that reaches the user.
    return "The Nix daemon accepts sandbox options only from trusted users:"
        + " add `trusted-users = root "
        + System.getProperty("user.name")
        + "` to /etc/nix/nix.conf and restart it (`systemctl restart nix-daemon`).";
  }
}
