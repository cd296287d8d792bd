package io.github.nixmaven.builder.nix;

import io.github.nixmaven.builder.command.Command;
import io.github.nixmaven.builder.toolchain.Mirrors;
import io.github.nixmaven.builder.toolchain.Sysroot;
import io.github.nixmaven.builder.toolchain.ToolchainLock;
import io.github.nixmaven.generator.net.Progress;
import io.github.nixmaven.generator.pin.Context;
import io.github.nixmaven.generator.pin.Wording;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Real Nix with the real sysroot, and derivations small enough to build in a test. */
public final class NixFixture {
  /** This process's own environment and caches. */
  public static final Context CONTEXT =
      Context.of(
          System.getenv(),
          Path.of(System.getProperty("user.home")),
          new Wording("`--output`", "`--manifest-path`", "`generate`"));

  /** The builder's expressions. */
  public static final Path LIBRARY = Path.of("../nix").toAbsolutePath().normalize();

  private static Path sysroot;

  private NixFixture() {}

  public static Command nix() {
    return new Command(null, System.getenv());
  }

  /** The sysroot of the lock in the plugin. */
  public static synchronized Path sysroot() throws IOException, InterruptedException {
    if (sysroot == null) {
      sysroot =
          Path.of(
              new Sysroot(CONTEXT.cache(), Mirrors.DEBIAN, System.getenv())
                  .ensure(
                      ToolchainLock.standard(),
                      nix(),
                      HermeticOptions.withoutSysroot().arguments(),
                      Progress.NONE,
                      null));
    }
    return sysroot;
  }

  public static HermeticOptions options() throws IOException, InterruptedException {
    return HermeticOptions.withSysroot(sysroot()).withParallelism(2, 1);
  }

  /** What a program prints that was built with the sysroot, on a machine with another C library. */
  public static String run(Path program) throws IOException, InterruptedException {
    String system = sysroot() + "/usr/lib";
    Process process =
        new ProcessBuilder(
                system + "64/ld-linux-x86-64.so.2",
                "--library-path",
                system + "/x86_64-linux-gnu",
                program.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Other options than ours. */
  public static HermeticOptions options(List<String> arguments) {
    return new HermeticOptions(arguments);
  }

  /**
   * An expression for one derivation that runs a script with the sysroot's bash.
   *
   * <p>The script does not end in a program: bash would become it, coreutils close their output
   * before they exit, and Nix kills a builder whose output is closed.
   */
  public static String derivation(String name, String script, String attributes)
      throws IOException, InterruptedException {
    return """
        derivation ({
          name = "%s";
          system = builtins.currentSystem;
          builder = "${builtins.storePath "%s"}/usr/bin/bash";
          PATH = "/usr/bin";
          nonce = "%s";
          args = [ "-euc" ''%s
            :'' ];
        } // { %s })"""
        .formatted(name, sysroot(), UUID.randomUUID(), script, attributes);
  }

  /** Store paths of the derivations an expression yields. */
  public static List<String> instantiate(String expression)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(options().arguments());
    arguments.addAll(List.of("--expr", expression));
    return nix().capture("nix-instantiate", arguments).lines().toList();
  }

  /** Builds derivations and says what Nix reported. */
  public static List<NixEvent> realise(List<String> options, List<String> derivations)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("--realise"));
    arguments.addAll(NixLog.OPTIONS);
    arguments.addAll(options().arguments());
    arguments.addAll(options);
    arguments.addAll(derivations);
    List<NixEvent> events = new ArrayList<>();
    nix().run("nix-store", arguments, new NixLog(events::add));
    return events;
  }
}
