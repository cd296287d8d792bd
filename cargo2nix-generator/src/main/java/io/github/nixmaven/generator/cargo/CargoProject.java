package io.github.nixmaven.generator.cargo;

import io.github.nixmaven.generator.cargo.lock.CargoLock;
import io.github.nixmaven.generator.cargo.lock.LockedPackage;
import io.github.nixmaven.generator.cargo.lock.SourceId;
import io.github.nixmaven.generator.cargo.manifest.Manifest;
import io.github.nixmaven.generator.cargo.manifest.PublishedManifest;
import io.github.nixmaven.generator.cargo.manifest.Workspace;
import io.github.nixmaven.generator.cargo.registry.CrateContents;
import io.github.nixmaven.generator.cargo.registry.CrateFiles;
import io.github.nixmaven.generator.cargo.registry.CrateId;
import io.github.nixmaven.generator.cargo.resolve.PackageGraph;
import io.github.nixmaven.generator.net.Endpoints;
import io.github.nixmaven.generator.net.Progress;
import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A workspace and its lock, as they stand on this disk.
 *
 * @param workspace the manifests
 * @param lock the lock
 */
public record CargoProject(Workspace workspace, CargoLock lock) {

  /** Reads the workspace that a manifest belongs to, and its lock. */
  public static CargoProject load(Path manifest) throws IOException {
    Workspace workspace = Workspace.load(manifest);
    return new CargoProject(workspace, CargoLock.read(workspace.lockFile()));
  }

  /** The published crates that the lock pins. */
  public Map<LockedPackage, CrateId> crates() {
    Map<LockedPackage, CrateId> result = new LinkedHashMap<>();
    for (LockedPackage locked : lock.packages()) {
      SourceId source = locked.source();
      if (source == null) {
        continue;
      }
      if (source.kind() != SourceId.Kind.REGISTRY
          || !source.url().equals(Endpoints.CRATES_IO_INDEX)) {
        throw new InputException(
            locked.position(),
            locked.label() + " comes from " + source.kind() + " " + source.url(),
            "Only crates.io and paths are supported so far: vendor the package and point to it with"
                + " `[patch]`.");
      }
      if (locked.checksum() == null) {
        throw new InputException(
            locked.position(),
            "the lock has no checksum for " + locked.label(),
            "Write the lock anew with `cargo generate-lockfile`: nothing unpinned is built.");
      }
      result.put(
          locked,
          new CrateId(
              locked.name(), locked.version().toString(), locked.checksum(), locked.position()));
    }
    return result;
  }

  /** Joins the lock with the manifests of its packages, wherever the crates' files are. */
  public PackageGraph graph(CrateFiles files, Progress progress)
      throws IOException, InterruptedException {
    Map<LockedPackage, CrateId> crates = crates();
    Map<CrateId, CrateContents> contents = files.contents(crates.values(), progress);
    return PackageGraph.join(lock, workspace, locked -> published(crates, contents, locked));
  }

  private static Manifest published(
      Map<LockedPackage, CrateId> crates,
      Map<CrateId, CrateContents> contents,
      LockedPackage locked) {
    CrateId id = Objects.requireNonNull(crates.get(locked));
    CrateContents crate = Objects.requireNonNull(contents.get(id));
    Manifest manifest =
        PublishedManifest.read(locked.label() + "/Cargo.toml", crate.manifest(), crate.rustFiles());
    if (!manifest.name().equals(locked.name()) || !manifest.version().equals(locked.version())) {
      throw new InputException(
          locked.position(),
          "the crate file of "
              + locked.label()
              + " holds "
              + manifest.name()
              + " "
              + manifest.version(),
          "The lock was edited by hand: run `cargo update --workspace`.");
    }
    return manifest;
  }
}
