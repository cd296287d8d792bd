package io.github.nixmaven.generator.cargo;

import io.github.nixmaven.generator.cargo.git.GitRemedies;
import io.github.nixmaven.generator.cargo.semver.Version;
import io.github.nixmaven.generator.cargo.semver.VersionReq;
import io.github.nixmaven.generator.git.LockedCommit;
import io.github.nixmaven.generator.hash.Hash;
import io.github.nixmaven.generator.nix.NixValue;
import io.github.nixmaven.generator.pin.Context;
import io.github.nixmaven.generator.pin.Ecosystem;
import io.github.nixmaven.generator.pin.Fingerprint;
import io.github.nixmaven.generator.pin.GeneratedFile;
import io.github.nixmaven.generator.pin.ListedPackage;
import io.github.nixmaven.generator.pin.LockRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Cargo: translates Cargo.lock into Cargo.nix. */
public final class CargoEcosystem implements Ecosystem {
  /** The only instance; the options are in a {@link CargoRequest}. */
  public static final CargoEcosystem CARGO = new CargoEcosystem();

  private static final String LOCK = "Cargo.lock";

  private CargoEcosystem() {}

  @Override
  public String id() {
    return "cargo";
  }

  @Override
  public String generatedName() {
    return "Cargo.nix";
  }

  @Override
  public Optional<Path> lockIn(Path directory) {
    return Optional.of(directory.resolve(LOCK)).filter(Files::isRegularFile);
  }

  @Override
  public LockRequest request(Path lock, Path output) {
    return CargoRequest.of(lock.endsWith(LOCK) ? lock.resolveSibling("Cargo.toml") : lock, output);
  }

  @Override
  public SortedMap<String, Fingerprint> packages(GeneratedFile file) {
    SortedMap<String, Fingerprint> packages = new TreeMap<>();
    for (Map.Entry<String, NixValue> entry : file.entries("manifests").entrySet()) {
      if (entry.getValue() instanceof NixValue.Text digest) {
        packages.put(entry.getKey(), new Fingerprint("manifest", digest.value()));
      }
    }
    for (Map.Entry<String, NixValue> entry : file.entries("crates").entrySet()) {
      // Without lambdas: creating them takes a tenth of a short run.
      Map<String, NixValue> crate = entry.getValue().entries();
      NixValue git = crate.get("git");
      if (crate.get("sha256") instanceof NixValue.Text hash) {
        packages.put(entry.getKey(), new Fingerprint("checksum", hash.value()));
      } else if (git != null && git.entries().get("rev") instanceof NixValue.Text commit) {
        packages.put(entry.getKey(), new Fingerprint("commit", commit.value()));
      }
    }
    return packages;
  }

  @Override
  public List<ListedPackage> list(GeneratedFile file) {
    Map<String, NixValue> crates = file.entries("crates");
    Map<String, Set<Set<String>>> features = features(file.entries("nodes"));
    return crates.keySet().stream()
        .sorted()
        .map(
            key ->
                listed(
                    key,
                    Objects.requireNonNull(crates.get(key)),
                    features.getOrDefault(key, Set.of())))
        .toList();
  }

  private ListedPackage listed(String key, NixValue crate, Set<Set<String>> features) {
    boolean folder = crate.string("path").isPresent() && !crate.isTrue("vendored");
    return new ListedPackage(
        this,
        key,
        crate.string("crateName").orElse(""),
        crate.string("version").orElse(""),
        crate.get("git").isPresent() ? "git" : folder ? "path" : "registry",
        crate.string("license"),
        crate.string("links"),
        crate.string("rust-version"),
        features);
  }

  /** The sets of features that each crate is built with: those of its nodes under any condition. */
  private static Map<String, Set<Set<String>>> features(Map<String, NixValue> nodes) {
    Map<String, Set<Set<String>>> result = new HashMap<>();
    for (Map.Entry<String, NixValue> entry : nodes.entrySet()) {
      NixValue node = entry.getValue();
      Set<Set<String>> sets =
          result.computeIfAbsent(
              node.string("crate").orElse(entry.getKey()), key -> new LinkedHashSet<>());
      sets.add(features(node.get("features")));
      for (NixValue rule : node.get("otherwise").map(NixValue::list).orElse(List.of())) {
        if (rule.get("features").isPresent()) {
          sets.add(features(rule.get("features")));
        }
      }
    }
    return result;
  }

  private static Set<String> features(Optional<NixValue> list) {
    return list.map(value -> Set.copyOf(value.strings())).orElse(Set.of());
  }

  @Override
  public boolean satisfies(String version, String requirement) {
    Version own = Version.parse(version);
    return VersionReq.parse(requirement)
        .matches(new Version(own.major(), own.minor(), own.patch(), "", ""));
  }

  @Override
  public Optional<Path> cached(String name, String version, Hash hash, Context context)
      throws IOException, InterruptedException {
    return CargoSources.files(context).cached(name + "-" + version, hash);
  }

  @Override
  public void writeTree(String url, String commit, Context context, OutputStream nar)
      throws IOException, InterruptedException {
    CargoSources.repositories(context)
        .writeNar(new LockedCommit(url, commit, null, null, GitRemedies.LOCK), nar);
  }
}
