package io.github.nixmaven.generator.api;

import io.github.nixmaven.generator.cargo.CargoProject;
import io.github.nixmaven.generator.cargo.GenerationMatrix;
import io.github.nixmaven.generator.cargo.InputsDigest;
import io.github.nixmaven.generator.cargo.PackageSources;
import io.github.nixmaven.generator.cargo.config.Rustflags;
import io.github.nixmaven.generator.cargo.emit.CargoNix;
import io.github.nixmaven.generator.cargo.emit.GeneratedFile;
import io.github.nixmaven.generator.cargo.emit.PackageChanges;
import io.github.nixmaven.generator.cargo.emit.PackageKeys;
import io.github.nixmaven.generator.cargo.git.CrateHashes;
import io.github.nixmaven.generator.cargo.git.GitRemedies;
import io.github.nixmaven.generator.cargo.git.GitRepositories;
import io.github.nixmaven.generator.cargo.lock.LockedPackage;
import io.github.nixmaven.generator.cargo.lock.SourceId;
import io.github.nixmaven.generator.cargo.manifest.Profiles;
import io.github.nixmaven.generator.cargo.manifest.Workspace;
import io.github.nixmaven.generator.cargo.registry.CrateFiles;
import io.github.nixmaven.generator.cargo.resolve.PackageGraph;
import io.github.nixmaven.generator.cargo.source.Pin;
import io.github.nixmaven.generator.git.LockedCommit;
import io.github.nixmaven.generator.net.Downloader;
import io.github.nixmaven.generator.text.AtomicFile;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;

/**
 * Turns Cargo.lock into Cargo.nix.
 *
 * <p>Needs neither cargo nor Nix, and starts no process. The same inputs give the same bytes.
 */
public final class CargoNixGenerator {
  private static final Duration TIMEOUT = Duration.ofMinutes(5);
  private static final int PARALLEL_DOWNLOADS = 8;

  private CargoNixGenerator() {}

  /**
   * Writes Cargo.nix, unless the one that stands there is already right.
   *
   * @throws InputException when the lock, a manifest or a crate is not what it should be; the old
   *     file still stands
   * @throws IOException when reading, fetching or writing fails; the old file still stands
   */
  public static GenerateResult generate(GenerateRequest request)
      throws IOException, InterruptedException {
    Path output = request.output().toAbsolutePath().normalize();
    CargoProject project = CargoProject.load(request.manifest());
    Optional<GeneratedFile> last = lastFile(output);
    FutureTask<String> inputs = new FutureTask<>(() -> digest(project, request, output));
    if (last.isPresent()) {
      inputs.run();
    } else { // nothing to compare with: there is time until the file is written
      Thread beside = new Thread(inputs, "digest");
      beside.setDaemon(true);
      beside.start();
    }
    PackageSources sources = sources(request.offline());
    if (last.isPresent()
        && last.get().intact()
        && last.get().inputs().equals(get(inputs))
        && hasHashes(project, output)) {
      project.verifyVendored();
      provide(project, sources, request);
      return GenerateResult.unchanged(last.get().packages().size());
    }
    CargoNix cargoNix = plan(project, sources, request, output);
    AtomicFile.write(output, GeneratedFile.compose(get(inputs), cargoNix.text()));
    provide(project, sources, request);
    PackageChanges changes =
        PackageChanges.between(
            last.map(CargoNixGenerator::packages).orElse(new TreeMap<>()), cargoNix.packages());
    return new GenerateResult(
        true,
        last.isPresent() && !last.get().intact(),
        cargoNix.packages().size(),
        changes.added(),
        changes.removed(),
        changes.changed());
  }

  /** What an edited file pinned is lost with it, where it cannot be read. */
  private static SortedMap<String, String> packages(GeneratedFile last) {
    try {
      return last.packages();
    } catch (InputException e) {
      if (last.intact()) {
        throw e;
      }
      return new TreeMap<>();
    }
  }

  private static String get(Future<String> digest) throws InterruptedException {
    try {
      return digest.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      throw new IllegalStateException(e);
    }
  }

  /** Offline, a build finds what is there, and says what is not. */
  private static void provide(CargoProject project, PackageSources sources, GenerateRequest request)
      throws IOException, InterruptedException {
    if (!request.offline()) {
      project.provide(sources, request.listener()::crateRead);
    }
  }

  /**
   * Says whether Cargo.nix still fits the lock and the manifests. Reads this disk only.
   *
   * @throws InputException when the lock, a manifest or a vendored file is not what it should be
   */
  public static CheckResult check(GenerateRequest request)
      throws IOException, InterruptedException {
    Path output = request.output().toAbsolutePath().normalize();
    CargoProject project = CargoProject.load(request.manifest());
    Optional<GeneratedFile> last = lastFile(output);
    if (last.isEmpty()) {
      return new CheckResult(false, List.of(output + " does not exist"));
    }
    project.verifyVendored();
    List<String> differences = new ArrayList<>();
    if (!last.get().intact()) {
      differences.add(output + " was edited by hand, or merged");
    }
    if (!last.get().inputs().equals(digest(project, request, output))) {
      List<String> packages = drift(packages(last.get()), project);
      differences.addAll(packages);
      if (packages.isEmpty()) {
        differences.add(
            "the workspace's manifest, what depends on what in the lock, or what it was generated"
                + " for: see `scope` in it");
      }
    }
    return new CheckResult(differences.isEmpty(), List.copyOf(differences));
  }

  /** The packages whose pins no longer hold. */
  private static List<String> drift(SortedMap<String, String> last, CargoProject project) {
    SortedMap<String, String> current = new TreeMap<>();
    PackageKeys keys = new PackageKeys(project.lock().packages());
    for (Workspace.Local local : project.workspace().packages().values()) {
      current.put(
          local.manifest().name() + " " + local.manifest().version(), InputsDigest.of(local));
    }
    for (LockedPackage locked : project.lock().packages()) {
      SourceId source = locked.source();
      if (locked.checksum() != null) {
        current.put(keys.key(locked), locked.checksum());
      } else if (source != null && source.commit() != null) {
        current.put(keys.key(locked), source.commit());
      } else if (source == null && current.containsKey(locked.label())) {
        current.putIfAbsent(keys.key(locked), String.valueOf(current.get(locked.label())));
      }
    }
    List<String> result = new ArrayList<>();
    last.forEach(
        (key, pin) -> {
          String now = current.get(key);
          String name = key.substring(0, key.indexOf(' '));
          if (now == null) {
            String others =
                current.keySet().stream()
                    .filter(k -> k.startsWith(name + " "))
                    .map(k -> k.substring(name.length() + 1))
                    .collect(Collectors.joining(", "));
            result.add(
                key + (others.isEmpty() ? " is not in the lock" : ": the lock has " + others));
          } else if (!now.equals(pin)) {
            result.add(key + ": its " + PackageChanges.kind(pin));
          }
        });
    return result;
  }

  private static String digest(CargoProject project, GenerateRequest request, Path output) {
    return InputsDigest.of(project, scope(request), parent(output));
  }

  private static CargoNix plan(
      CargoProject project, PackageSources sources, GenerateRequest request, Path output)
      throws IOException, InterruptedException {
    GenerationMatrix scope = scope(request);
    PackageGraph graph = project.graph(sources, request.listener()::crateRead);
    CrateHashes.update(parent(output).resolve(CrateHashes.FILE_NAME), commits(graph));
    Profiles profiles = Profiles.of(project.workspace(), "release");
    Rustflags rustflags = project.workspace().config().rustflags();
    CargoNix cargoNix =
        new CargoNix(graph, profiles, rustflags::of, parent(output), InputsDigest::of);
    scope.plan(graph, project.workspace().resolver(), profiles, rustflags, cargoNix);
    return cargoNix;
  }

  /** Whether the file of hashes is there, if it is needed. */
  private static boolean hasHashes(CargoProject project, Path output) {
    return Files.exists(parent(output).resolve(CrateHashes.FILE_NAME))
        || project.published().stream()
            .map(LockedPackage::source)
            .noneMatch(source -> source != null && source.kind() == SourceId.Kind.GIT);
  }

  /** The commits that are built, with the hashes of their files. */
  private static Map<LockedCommit, String> commits(PackageGraph graph) {
    Map<LockedCommit, String> result = new HashMap<>();
    for (PackageGraph.Node node : graph.nodes()) {
      if (node.pin() instanceof Pin.Commit pin) {
        result.put(
            new LockedCommit(
                pin.url(), pin.commit(), null, node.locked().position(), GitRemedies.LOCK),
            pin.narHash());
      }
    }
    return result;
  }

  static PackageSources sources(boolean offline) {
    return new PackageSources(files(offline), repositories(offline));
  }

  static GitRepositories repositories(boolean offline) {
    return new GitRepositories(Caches.own(), Optional.of(Caches.cargoHome()), offline);
  }

  private static GenerationMatrix scope(GenerateRequest request) {
    return GenerationMatrix.of(
        request.hosts(), request.targets(), request.selections(), request.tests());
  }

  static CrateFiles files(boolean offline) {
    return new CrateFiles(
        Caches.own(),
        Optional.of(Caches.cargoHome()),
        Optional.of(Path.of("/nix/store")),
        new Downloader(TIMEOUT, PARALLEL_DOWNLOADS),
        offline);
  }

  /** A file that is not ours is never overwritten. */
  private static Optional<GeneratedFile> lastFile(Path output) throws IOException {
    if (Files.isDirectory(output)) {
      throw new InputException(
          Position.of(output),
          "this is a folder",
          "Name a file such as `Cargo.nix` with `nix.cargoNix` (Maven) or `--output`.");
    }
    Optional<GeneratedFile> last = GeneratedFile.read(output);
    if (last.isEmpty() && Files.exists(output) && !GeneratedFile.isReplaceable(output)) {
      throw new InputException(
          Position.of(output),
          "this file was not generated",
          "Move it away, or name another file with `nix.cargoNix` (Maven) or `--output`.");
    }
    return last;
  }

  private static Path parent(Path output) {
    Path parent = output.getParent();
    if (parent == null) {
      throw new InputException(
          Position.of(output), "this is no file", "Name a file such as `Cargo.nix`.");
    }
    return parent;
  }
}
