package io.github.nixmaven.generator.cargo;

import io.github.nixmaven.generator.cargo.config.CargoConfig;
import io.github.nixmaven.generator.cargo.emit.CargoNix;
import io.github.nixmaven.generator.cargo.emit.PackageKeys;
import io.github.nixmaven.generator.cargo.git.CrateHashes;
import io.github.nixmaven.generator.cargo.git.GitRemedies;
import io.github.nixmaven.generator.cargo.lock.LockedPackage;
import io.github.nixmaven.generator.cargo.lock.SourceId;
import io.github.nixmaven.generator.cargo.manifest.Dependency;
import io.github.nixmaven.generator.cargo.manifest.Profiles;
import io.github.nixmaven.generator.cargo.manifest.Workspace;
import io.github.nixmaven.generator.cargo.resolve.PackageGraph;
import io.github.nixmaven.generator.cargo.source.Pin;
import io.github.nixmaven.generator.git.LockedCommit;
import io.github.nixmaven.generator.pin.Context;
import io.github.nixmaven.generator.pin.Expression;
import io.github.nixmaven.generator.pin.Fingerprint;
import io.github.nixmaven.generator.pin.PinnedPackage;
import io.github.nixmaven.generator.pin.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** A workspace and its lock, and the file that is generated from them. */
final class LockedProject implements Project {
  private final CargoProject project;
  private final GenerationMatrix scope;
  private final Path directory;
  private final Context context;
  private final PackageKeys keys;
  private final PackageSources sources;

  /**
   * @param directory the directory of the generated file, absolute
   */
  LockedProject(CargoProject project, GenerationMatrix scope, Path directory, Context context) {
    this.project = project;
    this.scope = scope;
    this.directory = directory;
    this.context = context;
    this.keys = new PackageKeys(project.lock().packages());
    this.sources = CargoSources.packages(context);
  }

  @Override
  public Path lock() {
    return project.workspace().lockFile();
  }

  @Override
  public String inputs() {
    return InputsDigest.of(project, scope, directory);
  }

  @Override
  public SortedMap<String, Fingerprint> locked() {
    SortedMap<String, Fingerprint> result = new TreeMap<>();
    for (Workspace.Local local : project.workspace().packages().values()) {
      result.put(label(local), new Fingerprint("manifest", InputsDigest.of(local)));
    }
    for (LockedPackage locked : project.lock().packages()) {
      SourceId source = locked.source();
      if (locked.checksum() != null) {
        result.put(keys.key(locked), new Fingerprint("checksum", locked.checksum()));
      } else if (source != null && source.commit() != null) {
        result.put(keys.key(locked), new Fingerprint("commit", source.commit()));
      } else if (source == null && result.containsKey(locked.label())) {
        result.putIfAbsent(keys.key(locked), Objects.requireNonNull(result.get(locked.label())));
      }
    }
    return result;
  }

  @Override
  public Set<String> needed() {
    Map<String, LockedPackage> unique = new HashMap<>();
    Set<String> several = new TreeSet<>();
    Map<String, String> own = new HashMap<>();
    for (LockedPackage locked : project.lock().packages()) {
      if (unique.put(locked.name(), locked) != null) {
        several.add(locked.name());
      }
      if (locked.source() == null) {
        own.put(locked.label(), keys.key(locked));
      }
    }
    unique.keySet().removeAll(several);
    Set<String> result = new TreeSet<>();
    for (Workspace.Local local : project.workspace().packages().values()) {
      if (!local.member()) {
        continue;
      }
      result.add(own.getOrDefault(label(local), label(local)));
      for (Dependency dependency : local.manifest().dependencies()) {
        LockedPackage locked = unique.get(dependency.packageName());
        boolean used =
            switch (dependency.kind()) {
              case NORMAL -> true;
              case BUILD -> local.manifest().buildScript().isPresent();
              case DEVELOPMENT -> scope.tests();
            };
        if (locked != null && used && !dependency.optional() && dependency.platform() == null) {
          result.add(keys.key(locked));
        }
      }
    }
    return result;
  }

  private static String label(Workspace.Local local) {
    return local.manifest().name() + " " + local.manifest().version();
  }

  @Override
  public SortedMap<String, Setting> settings() {
    SortedMap<String, Setting> result = new TreeMap<>();
    for (io.github.nixmaven.generator.cargo.config.Setting setting :
        project.workspace().config().settings(scope.hosts(), scope.targets())) {
      result.put(setting.name(), new Setting(setting.position(), InputsDigest.of(setting)));
    }
    return result;
  }

  @Override
  public List<String> ignored() throws IOException {
    return project.workspace().config().ignored(scope.hosts(), scope.targets());
  }

  @Override
  public boolean hasCompanions() {
    return Files.exists(directory.resolve(CrateHashes.FILE_NAME))
        || project.published().stream()
            .map(LockedPackage::source)
            .noneMatch(source -> source != null && source.kind() == SourceId.Kind.GIT);
  }

  @Override
  public void verify() throws IOException, InterruptedException {
    project.verifyVendored();
  }

  @Override
  public Expression expression() throws IOException, InterruptedException {
    PackageGraph graph = project.graph(sources, context.progress());
    CrateHashes.update(
        directory.resolve(CrateHashes.FILE_NAME), commits(graph), context.wording().generate());
    Profiles profiles = Profiles.of(project.workspace(), "release");
    CargoConfig config = project.workspace().config();
    SortedMap<String, String> settings = new TreeMap<>();
    settings().forEach((name, setting) -> settings.put(name, setting.digest()));
    CargoNix cargoNix =
        new CargoNix(graph, profiles, config, settings, directory, InputsDigest::of);
    scope.plan(graph, project.workspace().resolver(), profiles, config.rustflags(), cargoNix);
    return cargoNix;
  }

  /** The commits of the build, with the hashes of their files. */
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

  @Override
  public void provide() throws IOException, InterruptedException {
    project.provide(sources, context.progress());
  }

  @Override
  public List<PinnedPackage> packages(List<String> members)
      throws IOException, InterruptedException {
    return PackageInventory.of(
        project, keys, project.graph(sources, context.progress()), members, scope);
  }
}
