package io.github.nixmaven.generator.api;

import io.github.nixmaven.generator.cargo.lock.CargoLock;
import io.github.nixmaven.generator.cargo.lock.LockedPackage;
import io.github.nixmaven.generator.cargo.registry.CrateId;
import io.github.nixmaven.generator.cargo.registry.Registry;
import io.github.nixmaven.generator.hash.Hash;
import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A crate of crates.io that a lock pins.
 *
 * @param name its name
 * @param version its version
 * @param url the address of its crate file
 * @param hash the digest of that file
 */
public record LockedCrate(String name, String version, URI url, Hash hash) {
  /**
   * A lock's crates of crates.io, sorted by name and version. Reads only this disk.
   *
   * @param lock a Cargo.lock
   * @throws InputException when it is missing or malformed
   */
  public static List<LockedCrate> of(Path lock) throws IOException, InterruptedException {
    Registry registry = Registry.CRATES_IO;
    List<LockedPackage> packages = new ArrayList<>(CargoLock.read(lock).packages());
    packages.sort(Comparator.comparing(LockedPackage::name).thenComparing(LockedPackage::version));
    List<LockedCrate> crates = new ArrayList<>();
    for (LockedPackage one : packages) {
      String checksum = one.checksum();
      if (one.source() != null && one.source().isCratesIo() && checksum != null) {
        String version = one.version().toString();
        URI url = registry.location(new CrateId(one.name(), version, checksum));
        Hash hash = Hash.parse(Hash.Algorithm.SHA256, checksum);
        crates.add(new LockedCrate(one.name(), version, url, hash));
      }
    }
    return List.copyOf(crates);
  }
}
