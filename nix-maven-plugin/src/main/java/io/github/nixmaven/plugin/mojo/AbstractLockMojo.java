package io.github.nixmaven.plugin.mojo;

import io.github.nixmaven.builder.realise.BuildFailedException;
import io.github.nixmaven.generator.text.InputException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** What the goals share that work on a module's lock files. */
abstract class AbstractLockMojo extends AbstractNixMojo {
  /**
   * The {@code Cargo.toml} of the package or workspace. {@code Cargo.lock} is looked for beside it.
   *
   * <pre>{@code
   * <cargoManifest>src/main/rust/Cargo.toml</cargoManifest>
   * }</pre>
   *
   * <p>Default: {@code Cargo.toml} beside the POM. In a module without one, the goal does nothing.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.CARGO_MANIFEST)
  @Nullable File cargoManifest;

  /**
   * The generated file. Commit it together with {@code Cargo.lock}.
   *
   * <pre>{@code
   * <cargoNix>src/main/rust/Cargo.nix</cargoNix>
   * }</pre>
   *
   * <p>Default: {@code Cargo.nix} beside the POM, the name that crate2nix gives it.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.CARGO_NIX)
  @Nullable File cargoNix;

  /**
   * The lock files of this module, and how to build their packages. In a {@code <cargo>}, {@code
   * <lock>} is a {@code Cargo.lock} and {@code <output>} is the file to generate (default: {@code
   * Cargo.nix} beside the lock). {@code hosts}, {@code targets}, {@code selections}, {@code tests},
   * {@code members}, {@code wasmOpt}, {@code strip} and {@code component} mean the same as the
   * parameters of these names. Those parameters describe a single {@code <cargo>}; do not combine
   * them with this list.
   *
   * <pre>{@code
   * <locks>
   *   <cargo>
   *     <lock>src/main/rust/Cargo.lock</lock>
   *   </cargo>
   * </locks>
   * }</pre>
   *
   * <p>Default: {@code Cargo.lock} beside the POM. {@code nix:generate}, {@code nix:check} and
   * {@code nix:toolchain} accept several locks; the other goals accept one.
   *
   * @since 0.1.0
   */
  @Parameter @Nullable List<Lock> locks;

  AbstractLockMojo(MavenSession session) {
    super(session);
  }

  @Override
  final void run()
      throws IOException, InterruptedException, BuildFailedException, MojoFailureException {
    List<LockFile> found = locks();
    if (found.isEmpty()) {
      getLog()
          .info(
              "Nothing to do: there is no Cargo.lock beside the POM of "
                  + session.getCurrentProject().getArtifactId());
      return;
    }
    run(found);
  }

  /**
   * Works on a module's locks.
   *
   * @param found at least one
   */
  abstract void run(List<LockFile> found)
      throws IOException, InterruptedException, BuildFailedException, MojoFailureException;

  /**
   * Whether the goal is configured to do what it can do only with a lock. It then fails in a module
   * without one, where it would otherwise do nothing.
   */
  boolean needsLock() {
    return false;
  }

  /** Puts the goal's own parameters into what they describe. */
  void describe(Cargo cargo) {
    cargo.lock = cargoManifest;
    cargo.output = cargoNix;
  }

  /** The locks that are configured, or else those beside the POM; none in a module without any. */
  List<LockFile> locks() {
    Cargo single = new Cargo();
    describe(single);
    List<String> parameters = single.parameters();
    if (locks != null && !locks.isEmpty()) {
      if (!parameters.isEmpty()) {
        throw new InputException(
            null,
            "both <locks> and " + quoted(parameters) + " are configured",
            "Remove "
                + quoted(parameters)
                + " and put the same into a <cargo> of <locks>, or remove <locks>.");
      }
      return checked(locks);
    }
    Path directory = baseDirectory();
    boolean named = single.lock != null || single.output != null || needsLock();
    if (!named
        && Stream.of("Cargo.toml", "Cargo.lock", "Cargo.nix")
            .noneMatch(name -> Files.exists(directory.resolve(name)))) {
      return List.of();
    }
    if (single.lock == null) {
      single.lock = directory.resolve("Cargo.toml").toFile();
    }
    if (single.output == null) {
      single.output = directory.resolve("Cargo.nix").toFile();
    }
    return List.of(single);
  }

  /** The one lock of a goal that takes no more. */
  LockFile only(List<LockFile> found) {
    if (found.size() > 1) {
      throw new InputException(
          null,
          "nix:"
              + goal()
              + " needs exactly one lock, but <locks> has "
              + found.size()
              + ": "
              + found.stream().map(LockFile::label).collect(Collectors.joining(", ")),
          "Put each into its own module, or into its own <execution> with one <cargo>.");
    }
    return found.get(0);
  }

  /** Maven gives an empty list where nothing is configured. */
  static boolean isConfigured(@Nullable List<?> values) {
    return values != null && !values.isEmpty();
  }

  private static List<LockFile> checked(List<?> elements) {
    List<LockFile> result = new ArrayList<>();
    // Maven puts any class of this package that is called like an element into the list.
    for (Object element : elements) {
      if (!(element instanceof LockFile lock)) {
        throw new InputException(
            null, "<locks> contains an element that is not a <cargo>", "Use <cargo>.");
      }
      lock.check();
      result.add(lock);
    }
    return result;
  }

  private static String quoted(List<String> parameters) {
    return parameters.stream().collect(Collectors.joining("`, `", "`", "`"));
  }
}
