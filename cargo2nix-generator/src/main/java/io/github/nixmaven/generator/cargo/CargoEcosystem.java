package io.github.nixmaven.generator.cargo;

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
}
