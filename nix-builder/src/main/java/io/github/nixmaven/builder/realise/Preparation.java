package io.github.nixmaven.builder.realise;

import io.github.nixmaven.builder.command.Command;
import io.github.nixmaven.builder.language.Language;
import io.github.nixmaven.builder.nix.HermeticOptions;
import io.github.nixmaven.builder.overrides.OverrideTable;
import io.github.nixmaven.builder.toolchain.Sysroot;
import io.github.nixmaven.builder.toolchain.ToolchainChoice;
import io.github.nixmaven.builder.toolchain.ToolchainLock;
import io.github.nixmaven.generator.hash.Hash;
import io.github.nixmaven.generator.nix.StorePath;
import io.github.nixmaven.generator.pin.Context;
import io.github.nixmaven.generator.pin.ListedPackage;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A project that is ready to be built: the toolchain is in the store, the expressions are
 * evaluated.
 *
 * @param nix Nix's commands
 * @param options the options of its builds
 * @param library where the builder's expressions are
 * @param sysroot the toolchain's store path
 * @param project the derivations
 * @param directory the directory of the generated file, absolute
 * @param warning what to say before anything is built
 * @param context where caches are, and whether nothing may be downloaded
 */
public record Preparation(
    Command nix,
    HermeticOptions options,
    Path library,
    Path sysroot,
    Project project,
    Path directory,
    Optional<String> warning,
    Context context) {
  private static final String LAUNCHER = "bubblewrap";

  /** Leads from the compiler's paths to the user's, as seen from where Maven was started. */
  SourcePaths sourcePaths() {
    return new SourcePaths(project.language(), directory, Path.of("").toAbsolutePath());
  }

  /**
   * Prepares a project.
   *
   * @throws BuildFailedException when Nix cannot evaluate the generated file
   * @throws InputException when something the user gave is wrong
   */
  public static Preparation prepare(BuildSettings settings, Console console)
      throws IOException, InterruptedException, BuildFailedException {
    return prepare(settings, Project.Output.MEMBERS, List.of(), console);
  }

  /**
   * Prepares a project of other outputs of the members.
   *
   * @param output which
   * @param testArguments what test programs are started with
   */
  public static Preparation prepare(
      BuildSettings settings, Project.Output output, List<String> testArguments, Console console)
      throws IOException, InterruptedException, BuildFailedException {
    Path file = settings.build().file();
    if (!Files.isRegularFile(file)) {
      throw new InputException(
          Position.of(file), "no such file", "Generate it from the lock with `mvn nix:generate`.");
    }
    Language language = settings.build().language();
    Command nix = new Command(settings.nixDirectory(), settings.context().environment());
    List<ListedPackage> packages = ListedPackage.of(language.ecosystem(), file);
    ToolchainChoice toolchain = settings.toolchain(packages);
    toolchain.reason().ifPresent(console::info);
    ToolchainLock lock = toolchain.lock();
    requireLauncher(lock);
    language.tools().require(settings.build().targets(), lock.names());
    Path library = settings.workDirectory().resolve("lib");
    NixLibrary.extract(library);
    Project project = Project.instantiate(nix, library, settings, lock, output, testArguments);
    OverrideTable.read(settings.overrides(), language)
        .requirePackages(packages, project.packages(), lock.names());
    Path sysroot = sysroot(settings, lock, nix, console);
    settings.build().requirePrograms(sysroot, settings.context());
    HermeticOptions options =
        HermeticOptions.withSysroot(sysroot).withParallelism(settings.maxJobs(), settings.cores());
    Path directory = file.toAbsolutePath().normalize().getParent();
    return new Preparation(
        nix,
        options,
        library,
        sysroot,
        project,
        Objects.requireNonNull(directory),
        warning(language, packages, project, lock),
        settings.context());
  }

  /** A lock of an earlier version pins nothing that keeps a build from the machine. */
  private static void requireLauncher(ToolchainLock lock) {
    if (!lock.names().contains(LAUNCHER)) {
      throw new InputException(
          null,
          "the toolchain lock does not pin " + LAUNCHER + ", which every build is started by",
          "Pin the toolchain again with `mvn nix:toolchain`, with "
              + LAUNCHER
              + " among its packages where nix.packages names them.");
    }
  }

  private static Optional<String> warning(
      Language language, List<ListedPackage> packages, Project project, ToolchainLock lock) {
    Set<String> built = project.packages();
    return language
        .tools()
        .tooOld(
            packages.stream()
                .filter(one -> built.contains(one.name() + " " + one.version()))
                .toList(),
            lock.versions());
  }

  private static Path sysroot(
      BuildSettings settings, ToolchainLock lock, Command nix, Console console)
      throws IOException, InterruptedException {
    Path path =
        Path.of(
            StorePath.recursive(lock.sysroot().name(), Hash.parseSri(lock.sysroot().narHash())));
    if (!Files.isDirectory(path)) {
      if (settings.offline()) {
        throw new InputException(
            null,
            "the toolchain " + path + " is not in the Nix store, but Maven is offline",
            "Run once without `-o`.");
      }
      console.info("Installing the toolchain " + lock.sysroot().name() + " (once)");
    }
    try (ProgressLine progress = new ProgressLine(console)) {
      return Path.of(
          new Sysroot(
                  settings.context().cache(), settings.mirrors(), settings.context().environment())
              .ensure(
                  lock,
                  nix,
                  HermeticOptions.withoutSysroot().arguments(),
                  progress,
                  missingRoot(settings.workDirectory().resolve("toolchain"), path)));
    }
  }

  /** The link that keeps the sysroot from the garbage collector, or null where it is right. */
  private static @Nullable Path missingRoot(Path link, Path sysroot) throws IOException {
    if (Files.isSymbolicLink(link) && Files.readSymbolicLink(link).equals(sysroot)) {
      return null;
    }
    Files.createDirectories(link.toAbsolutePath().getParent());
    return link;
  }
}
