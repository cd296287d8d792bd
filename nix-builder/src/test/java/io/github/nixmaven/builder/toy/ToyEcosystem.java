package io.github.nixmaven.builder.toy;

import io.github.nixmaven.generator.hash.Hash;
import io.github.nixmaven.generator.nix.NixValue;
import io.github.nixmaven.generator.pin.Context;
import io.github.nixmaven.generator.pin.Ecosystem;
import io.github.nixmaven.generator.pin.Fingerprint;
import io.github.nixmaven.generator.pin.GeneratedFile;
import io.github.nixmaven.generator.pin.ListedPackage;
import io.github.nixmaven.generator.pin.LockRequest;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The smallest package manager: a lock of lines {@code NAME VERSION HASH FILE}. */
final class ToyEcosystem implements Ecosystem {
  static final ToyEcosystem TOY = new ToyEcosystem();

  @Override
  public String id() {
    return "toy";
  }

  @Override
  public String generatedName() {
    return "toy.nix";
  }

  @Override
  public Optional<Path> lockIn(Path directory) {
    return Optional.of(directory.resolve("toy.lock")).filter(Files::isRegularFile);
  }

  @Override
  public LockRequest request(Path lock, Path output) {
    return new ToyRequest(lock, output);
  }

  @Override
  public SortedMap<String, Fingerprint> packages(GeneratedFile file) {
    SortedMap<String, Fingerprint> packages = new TreeMap<>();
    for (Map.Entry<String, NixValue> entry : file.entries("toys").entrySet()) {
      NixValue.Text hash = (NixValue.Text) entry.getValue().entries().get("hash");
      packages.put(entry.getKey(), new Fingerprint("checksum", hash.value()));
    }
    return packages;
  }

  @Override
  public List<ListedPackage> list(GeneratedFile file) {
    return packages(file).keySet().stream()
        .map(
            key ->
                new ListedPackage(
                    this,
                    key,
                    key.split(" ")[0],
                    key.split(" ")[1],
                    "registry",
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Set.of(Set.of())))
        .toList();
  }

  @Override
  public boolean satisfies(String version, String requirement) {
    return requirement.equals("*") || requirement.equals(version);
  }

  @Override
  public Optional<Path> cached(String name, String version, Hash hash, Context context) {
    return Optional.of(cache(hash, context)).filter(Files::isRegularFile);
  }

  static Path cache(Hash hash, Context context) {
    return context.cache().resolve("toys").resolve(hash.hex());
  }

  @Override
  public void writeTree(String url, String commit, Context context, OutputStream nar) {
    throw new UnsupportedOperationException("a toy is a file");
  }
}
