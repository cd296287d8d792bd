package io.github.nixmaven.generator.cargo;

import io.github.nixmaven.generator.cargo.lock.CargoLock;
import io.github.nixmaven.generator.cargo.lock.LockedPackage;
import io.github.nixmaven.generator.cargo.manifest.Dependency;
import io.github.nixmaven.generator.cargo.manifest.Workspace;
import io.github.nixmaven.generator.cargo.resolve.PackageGraph;
import io.github.nixmaven.generator.net.Progress;
import io.github.nixmaven.generator.pin.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A workspace and its lock, as they are on this disk.
 *
 * @param workspace the manifests
 * @param lock the lock
 */
public record CargoProject(Workspace workspace, CargoLock lock) {

  /**
   * Reads the workspace that a manifest belongs to, and its lock.
   *
   * @param environment the environment variables, which are part of cargo's configuration
   */
  public static CargoProject load(Path manifest, Map<String, String> environment)
      throws IOException {
    return of(Workspace.load(manifest, environment));
  }

  /** Reads the workspace and its lock in a context. */
  public static CargoProject load(Path manifest, Context context) throws IOException {
    return of(Workspace.load(manifest, context.environment(), context.wording().manifest()));
  }

  private static CargoProject of(Workspace workspace) throws IOException {
    Set<String> names = new HashSet<>();
    for (Workspace.Local local : workspace.packages().values()) {
      names.add(local.manifest().name());
      // Cargo also knows the packages that tests of path dependencies need.
      for (Dependency dependency : local.manifest().dependencies()) {
        Path path = dependency.path();
        if (path != null && Files.exists(path.resolve("Cargo.toml"))) {
          names.add(dependency.packageName());
        }
      }
    }
    // Like cargo, this leaves removed path packages in the lock until the next update.
    CargoLock lock =
        CargoLock.read(workspace.lockFile())
            .without(locked -> locked.source() == null && !names.contains(locked.name()));
    return new CargoProject(workspace, lock);
  }

  /** The packages of the lock that are not local. */
  public List<LockedPackage> published() {
    return lock.packages().stream().filter(locked -> locked.source() != null).toList();
  }

  /**
   * Verifies that the files in vendored directories are unchanged.
   *
   * @throws io.github.nixmaven.generator.text.InputException when a file was changed
   */
  public void verifyVendored() throws IOException, InterruptedException {
    PackageSources.loadVendored(published(), workspace.config(), Progress.NONE);
  }

  /** Fetches the crate files that Nix cannot fetch by itself. */
  public void provide(PackageSources sources, Progress progress)
      throws IOException, InterruptedException {
    sources.provide(published(), workspace.config(), progress);
  }

  /** Joins the lock with the manifests of all its packages. */
  public PackageGraph graph(PackageSources sources, Progress progress)
      throws IOException, InterruptedException {
    Map<LockedPackage, PackageGraph.Published> found =
        sources.load(published(), workspace.config(), progress);
    return PackageGraph.join(lock, workspace, locked -> Objects.requireNonNull(found.get(locked)));
  }
}
