package io.github.nixmaven.generator.cargo;

import io.github.nixmaven.generator.cargo.config.Rustflags;
import io.github.nixmaven.generator.cargo.emit.PackageKeys;
import io.github.nixmaven.generator.cargo.lock.LockedPackage;
import io.github.nixmaven.generator.cargo.lock.SourceId;
import io.github.nixmaven.generator.cargo.manifest.Manifest;
import io.github.nixmaven.generator.cargo.manifest.Profiles;
import io.github.nixmaven.generator.cargo.manifest.Target;
import io.github.nixmaven.generator.cargo.resolve.PackageGraph;
import io.github.nixmaven.generator.cargo.resolve.Unit;
import io.github.nixmaven.generator.cargo.resolve.UnitGraph;
import io.github.nixmaven.generator.cargo.source.Pin;
import io.github.nixmaven.generator.hash.Hash;
import io.github.nixmaven.generator.pin.PinnedPackage;
import io.github.nixmaven.generator.text.Addresses;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** The packages that builds are made of. */
final class PackageInventory {
  private final PackageKeys keys;
  private final SortedMap<String, PackageGraph.Node> nodes = new TreeMap<>();
  private final Map<String, Set<String>> edges = new TreeMap<>();
  private final Set<String> linked = new HashSet<>();

  private PackageInventory(PackageKeys keys) {
    this.keys = keys;
  }

  /**
   * Lists what members are built from, each by itself, with their default features and the release
   * profile, as Cargo.nix builds them.
   *
   * @param members the members by name; empty for all
   * @param scope what they are built for
   */
  static List<PinnedPackage> of(
      CargoProject project,
      PackageKeys keys,
      PackageGraph graph,
      List<String> members,
      GenerationMatrix scope) {
    PackageInventory inventory = new PackageInventory(keys);
    Profiles profiles = Profiles.of(project.workspace(), "release");
    Rustflags rustflags = project.workspace().config().rustflags();
    int resolver = project.workspace().resolver();
    FeatureSelection features = FeatureSelection.parse(CargoRequest.DEFAULT_SELECTION);
    String host = scope.hosts().first();
    for (PackageGraph.Node member : graph.members()) {
      if (members.isEmpty() || members.contains(member.locked().name())) {
        for (String target : scope.targets()) {
          boolean isNative = target.equals(host);
          inventory.add(
              UnitGraph.plan(
                  graph,
                  features.of(graph, member, resolver),
                  resolver,
                  profiles,
                  rustflags.hostFacts(host, isNative),
                  isNative ? null : rustflags.facts(target)));
        }
      }
    }
    return inventory.packages();
  }

  private void add(UnitGraph graph) {
    for (Unit unit : graph.units()) {
      String key = keys.key(unit.node().locked());
      nodes.put(key, unit.node());
      Set<String> needed = edges.computeIfAbsent(key, k -> new TreeSet<>());
      for (Unit.Dependency dependency : unit.dependencies()) {
        if (!dependency.unit().node().equals(unit.node())) {
          needed.add(keys.key(dependency.unit().node().locked()));
        }
      }
    }
    Set<Unit> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Unit> open = new ArrayDeque<>();
    for (Unit root : graph.roots()) {
      if (!root.target().isCustomBuild()) {
        open.add(root);
      }
    }
    while (!open.isEmpty()) {
      Unit unit = open.removeFirst();
      if (seen.add(unit)) {
        linked.add(keys.key(unit.node().locked()));
        for (Unit.Dependency dependency : unit.dependencies()) {
          if (!dependency.unit().target().isForHost()) {
            open.add(dependency.unit());
          }
        }
      }
    }
  }

  private List<PinnedPackage> packages() {
    return nodes.entrySet().stream().map(e -> describe(e.getKey(), e.getValue())).toList();
  }

  private PinnedPackage describe(String key, PackageGraph.Node node) {
    Manifest manifest = node.manifest();
    SortedMap<String, String> metadata = manifest.metadata();
    return new PinnedPackage(
        key,
        node.locked().name(),
        node.locked().version().toString(),
        pin(node),
        // Cargo once took a slash for OR.
        Optional.ofNullable(metadata.get("license"))
            .map(text -> text.replaceAll("\\s*/\\s*", " OR ")),
        Optional.ofNullable(metadata.get("license-file")),
        Optional.ofNullable(metadata.get("description")),
        node.isMember(),
        linked.contains(key),
        manifest.library().isEmpty()
            && manifest.targets().stream().anyMatch(t -> t.kind() == Target.Kind.BIN),
        edges.getOrDefault(key, Set.of()));
  }

  private static io.github.nixmaven.generator.pin.Pin pin(PackageGraph.Node node) {
    LockedPackage locked = node.locked();
    SourceId source = locked.source();
    if (source != null && locked.checksum() != null) {
      return new io.github.nixmaven.generator.pin.Pin.File(
          source.isCratesIo() ? Optional.empty() : Optional.of(Addresses.withoutUser(source.url())),
          Hash.parse(Hash.Algorithm.SHA256, locked.checksum()));
    }
    if (source != null && source.commit() != null) {
      return new io.github.nixmaven.generator.pin.Pin.Commit(
          Addresses.withoutUser(source.url()),
          source.commit(),
          node.pin() instanceof Pin.Commit commit
              ? Optional.of(Hash.parseSri(commit.narHash()))
              : Optional.empty());
    }
    if (node.pin() instanceof Pin.Folder folder) {
      return new io.github.nixmaven.generator.pin.Pin.Directory(folder.directory());
    }
    throw new IllegalStateException(locked.label() + " is pinned by nothing");
  }
}
