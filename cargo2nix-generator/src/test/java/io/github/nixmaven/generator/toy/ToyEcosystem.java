package io.github.nixmaven.generator.toy;

import io.github.nixmaven.generator.nix.NixValue;
import io.github.nixmaven.generator.pin.Ecosystem;
import io.github.nixmaven.generator.pin.Fingerprint;
import io.github.nixmaven.generator.pin.GeneratedFile;
import io.github.nixmaven.generator.pin.LockRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
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
}
