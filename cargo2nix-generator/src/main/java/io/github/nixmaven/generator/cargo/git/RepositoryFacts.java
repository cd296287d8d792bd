package io.github.nixmaven.generator.cargo.git;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The facts about a commit that the generator needs.
 *
 * @param narHash the digest of the NAR of its files, an SRI string
 * @param packages its packages, in the order in which cargo finds them
 * @param manifests the bytes of the manifests of packages and of their workspaces, by directory
 */
public record RepositoryFacts(
    String narHash, List<RepositoryPackage> packages, Map<String, byte[]> manifests) {
  public RepositoryFacts {
    packages = List.copyOf(packages);
    manifests = Map.copyOf(manifests);
  }

  /** The package that cargo uses: the first if several have the same name. */
  public Optional<RepositoryPackage> find(String name, String version) {
    return packages.stream()
        .filter(found -> found.name().equals(name) && found.version().equals(version))
        .findFirst();
  }
}
