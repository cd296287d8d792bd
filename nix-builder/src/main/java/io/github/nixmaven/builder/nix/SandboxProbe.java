package io.github.nixmaven.builder.nix;

import io.github.nixmaven.builder.command.Command;
import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * Proves from inside that builds are cut off from the host, before one of them is called hermetic.
 *
 * <p>Nix may build without a sandbox, or with another one: a daemon ignores the options of a user
 * that it does not trust. The launcher of our derivations makes up for that, and this looks whether
 * it does. What a build must not find is made for this one run (a listening socket, a file), and
 * the listener is asked as well.
 */
public final class SandboxProbe {
  private SandboxProbe() {}

  /**
   * Builds the probe.
   *
   * @param nix Nix's commands
   * @param library where the builder's expressions are
   * @param sysroot the store path that builds see as {@code /usr}
   * @param options the options of the builds to come
   * @throws InputException when builds with these options are not hermetic here, saying why and
   *     what to do
   */
  public static void check(Command nix, Path library, Path sysroot, HermeticOptions options)
      throws IOException, InterruptedException {
    String nonce = UUID.randomUUID().toString();
    Path marker = Files.createTempFile("sandbox-probe-", ".txt");
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<String> said = new ArrayList<>();
      List<String> built = new ArrayList<>();
      List<String> arguments = new ArrayList<>(List.of("--no-out-link"));
      arguments.addAll(NixLog.OPTIONS);
      arguments.addAll(options.arguments());
      arguments.add(library.resolve("launcher/probe.nix").toAbsolutePath().toString());
      argument(arguments, "sysroot", sysroot.toString());
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
          new ArrayList<>(Files.readAllLines(Path.of(result.lines().get(0).strip(), "found")));
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
      return "The kernel does not permit the namespaces that keep a build from this machine. Start a"
          + " container with `--privileged`; elsewhere let an administrator permit them with `sysctl"
          + " -w user.max_user_namespaces=10000` and, where the distribution has it, `sysctl -w"
          + " kernel.unprivileged_userns_clone=1`.";
    }
    return "Remove from /etc/nix/nix.conf what shows builds more than Nix does by itself, such as"
        + " `extra-sandbox-paths`.";
  }
}
