package io.github.nixmaven.plugin.mojo;

import io.github.nixmaven.builder.language.Language;
import io.github.nixmaven.builder.overrides.OverrideTable;
import io.github.nixmaven.builder.realise.Console;
import io.github.nixmaven.builder.realise.ProgressLine;
import io.github.nixmaven.builder.toolchain.Toolchain;
import io.github.nixmaven.builder.toolchain.ToolchainChoice;
import io.github.nixmaven.builder.toolchain.ToolchainLock;
import io.github.nixmaven.generator.pin.ListedPackage;
import io.github.nixmaven.generator.text.InputException;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.jspecify.annotations.Nullable;

/**
 * Pins the newest compiler of a Debian suite and its dependencies in the project's toolchain lock.
 * Also pins the packages that the override table lists for the crates in Cargo.nix. The suite's
 * signature is checked. Needs no Nix.
 *
 * @since 0.1.0
 */
@Mojo(name = "toolchain", requiresDependencyResolution = ResolutionScope.NONE, threadSafe = true)
@SuppressWarnings("NullAway.Init") // Maven sets the parameters.
public final class ToolchainMojo extends AbstractOverridesMojo {
  /**
   * OpenPGP keys of the suites' archive, binary or armoured.
   *
   * <p>Default: the keys of Debian 13, which the plugin includes.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.KEYRING)
  @Nullable File keyring;

  /**
   * The Debian mirror to fetch packages from.
   *
   * <pre>{@code
   * <mirror>https://mirror.example/debian</mirror>
   * }</pre>
   *
   * <p>Default: Debian's own. Any mirror will do: every file is checked against the lock.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.MIRROR)
  @Nullable URI mirror;

  /**
   * The mirror of Debian's security archive, for suites such as {@code trixie-security}.
   *
   * <p>Default: Debian's own.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.SECURITY_MIRROR)
  @Nullable URI securityMirror;

  /**
   * The archive of all packages Debian ever had. Packages that the mirror no longer has are fetched
   * from it.
   *
   * <p>Default: Debian's own.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.SNAPSHOT_MIRROR)
  @Nullable URI snapshotMirror;

  /**
   * The packages to pin. Their dependencies are pinned, too.
   *
   * <pre>{@code
   * <packages>
   *   <package>rustc</package>
   *   <package>gcc</package>
   *   <package>libssl-dev</package>
   * </packages>
   * }</pre>
   *
   * <p>Default: the packages for a Rust build with C code and build scripts. Packages for the
   * targets and from the override table are always added.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.PACKAGES)
  @Nullable List<String> packages;

  /**
   * The suites to use packages from. The newest version in any of them is pinned.
   *
   * <pre>{@code
   * <suites>
   *   <suite>trixie</suite>
   *   <suite>trixie-security</suite>
   * </suites>
   * }</pre>
   *
   * <p>Default: those of the lock that the plugin would use, which depends on {@code
   * rust-toolchain.toml} and the crates: {@code trixie}, Debian 13, whose packages change a few
   * times a year, and for a newer compiler {@code trixie-backports} besides.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.SUITES)
  @Nullable List<String> suites;

  /**
   * The rustc triples to build for. Their linkers, C compilers, and standard libraries (or their
   * source) are added to the packages.
   *
   * <pre>{@code
   * <targets>
   *   <target>x86_64-unknown-linux-gnu</target>
   *   <target>aarch64-unknown-linux-gnu</target>
   * </targets>
   * }</pre>
   *
   * <p>Default: {@code x86_64-unknown-linux-gnu}, {@code wasm32-unknown-unknown} and {@code
   * wasm32-wasip1}, as in the plugin's own locks. These have no C compiler for the latter two,
   * since few crates need it and it is 24 MB to fetch.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.TARGETS)
  @Nullable List<String> targets;

  /** Maven calls this. */
  @Inject
  public ToolchainMojo(MavenSession session) {
    super(session);
  }

  @Override
  void describe(Cargo cargo) {
    super.describe(cargo);
    cargo.targets = targets;
  }

  @Override
  void run(List<LockFile> found) throws IOException, InterruptedException {
    if (session.isOffline()) {
      throw new InputException(
          null, "a toolchain cannot be pinned while Maven is offline", "Run without `-o`.");
    }
    Console console = console();
    SortedMap<String, List<String>> extra = extraPackages(found);
    extra.forEach((name, reasons) -> console.info(name + " for " + String.join(", ", reasons)));
    Toolchain.Pinned pinned;
    try (ProgressLine progress = new ProgressLine(console)) {
      pinned =
          new Toolchain(context().cache(), context().environment())
              .pin(request(found, extra.keySet()), progress);
    }
    describe(toolchainLock.toString(), pinned).forEach(console::info);
  }

  private static List<Language> languages(List<LockFile> found) {
    return found.stream().map(LockFile::language).distinct().toList();
  }

  /** What crates need, each package with the crates and the reasons. */
  private SortedMap<String, List<String>> extraPackages(List<LockFile> found) throws IOException {
    SortedMap<String, List<String>> result = new TreeMap<>();
    for (Language language : languages(found)) {
      List<ListedPackage> packages = new ArrayList<>();
      for (LockFile lock : found) {
        if (lock.language().equals(language)) {
          packages.addAll(ListedPackage.ofExisting(language.ecosystem(), lock.output()));
        }
      }
      OverrideTable.read(overrides(), language)
          .debianPackages(packages)
          .forEach(
              (name, reasons) ->
                  result.computeIfAbsent(name, key -> new ArrayList<>()).addAll(reasons));
    }
    return result;
  }

  /**
   * @param extra names of packages that are wanted besides
   */
  Toolchain.Request request(List<LockFile> found, Set<String> extra) throws IOException {
    List<Language> languages = languages(found);
    SortedSet<String> roots =
        packages == null || packages.isEmpty()
            ? Toolchain.defaultRoots(languages)
            : new TreeSet<>(packages);
    for (Language language : languages) {
      List<String> wanted =
          found.stream()
              .filter(lock -> lock.language().equals(language))
              .flatMap(lock -> lock.configuredTargets().stream())
              .toList();
      roots.addAll(language.tools().packages(wanted));
    }
    roots.addAll(extra);
    return new Toolchain.Request(
        suites == null || suites.isEmpty() ? suitesAskedFor(found) : suites,
        AbstractEvaluatingMojo.mirrors(mirror, securityMirror, snapshotMirror),
        keyring == null ? null : keyring.toPath(),
        languages,
        List.copyOf(roots),
        toolchainLock.toPath());
  }

  /** The suites of the newest of the plugin's toolchains that one of the projects asks for. */
  private List<String> suitesAskedFor(List<LockFile> found) throws IOException {
    List<ToolchainLock> shipped = ToolchainLock.shipped();
    int newest = 0;
    for (LockFile lock : found) {
      List<ListedPackage> packages =
          ListedPackage.ofExisting(lock.language().ecosystem(), lock.output());
      ToolchainChoice choice =
          ToolchainChoice.of(null, lock.language(), lock.request().directory(), packages);
      choice.reason().ifPresent(getLog()::info);
      newest = Math.max(newest, shipped.indexOf(choice.lock()));
    }
    return shipped.get(newest).suites().stream().map(ToolchainLock.Suite::name).toList();
  }

  /** What was done, in lines. */
  static List<String> describe(String file, Toolchain.Pinned pinned) {
    String packages = Console.count(pinned.lock().packages().size(), "package");
    List<String> lines = new ArrayList<>();
    if (pinned.changes().isEmpty()) {
      lines.add("Nothing changed: " + file + " pins " + packages);
      return lines;
    }
    lines.add("Wrote " + file + ": " + packages);
    if (pinned.changes().stream().anyMatch(change -> change.before() != null)) {
      for (Toolchain.Change change : pinned.changes()) {
        lines.add("  " + describe(change));
      }
      lines.add("The next build builds everything again, once: the toolchain is an input of all.");
    }
    return lines;
  }

  private static String describe(Toolchain.Change change) {
    if (change.before() == null) {
      return "added   " + change.name() + " " + change.after();
    }
    return change.after() == null
        ? "removed " + change.name() + " " + change.before()
        : "changed " + change.name() + " " + change.before() + " -> " + change.after();
  }
}
