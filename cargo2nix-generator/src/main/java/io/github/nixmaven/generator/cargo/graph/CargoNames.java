package io.github.nixmaven.generator.cargo.graph;

import io.github.nixmaven.generator.cargo.lock.CratesIo;
import io.github.nixmaven.generator.cargo.lock.SourceId;
import io.github.nixmaven.generator.cargo.resolve.PackageGraph;
import io.github.nixmaven.generator.cargo.source.Pin;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Cargo's ids of packages, and the directories into which it unpacks them.
 *
 * @param cargoHome cargo's home ({@code $CARGO_HOME} or {@code ~/.cargo}), absolute
 */
record CargoNames(Path cargoHome) {
  /** The length to which cargo abbreviates commits. */
  private static final int SHORT_COMMIT = 7;

  /** The package id, fully qualified (the Cargo Book, "Package ID Specifications"). */
  String id(PackageGraph.Node node) {
    String source = node.source();
    int query = source.indexOf('?');
    String name = node.locked().name();
    boolean named = (query < 0 ? source : source.substring(0, query)).endsWith("/" + name);
    return source + "#" + (named ? "" : name + "@") + node.locked().version();
  }

  /**
   * The directory in which cargo compiles a package: its own, or the one in cargo's home into which
   * it is unpacked.
   */
  Path folder(PackageGraph.Node node) {
    if (node.pin() instanceof Pin.Folder folder) {
      return folder.directory();
    }
    SourceId source = node.locked().source();
    if (source == null) {
      throw new IllegalStateException(node + " has neither directory nor source");
    }
    if (node.pin() instanceof Pin.Commit commit) {
      return cargoHome
          .resolve("git")
          .resolve("checkouts")
          .resolve(repository(source.url()))
          .resolve(commit.commit().substring(0, SHORT_COMMIT))
          .resolve(commit.folder());
    }
    return cargoHome
        .resolve("registry")
        .resolve("src")
        .resolve(registry(source))
        .resolve(node.locked().name() + "-" + node.locked().version());
  }

  /** The name of a registry's directory: its host, and a hash of its address. */
  private static String registry(SourceId source) {
    boolean cratesIo = source.url().equals(CratesIo.INDEX);
    boolean sparse = cratesIo || source.kind() == SourceId.Kind.SPARSE;
    String url = cratesIo ? CratesIo.SPARSE_INDEX : source.url();
    // The variants of cargo's enum of kinds: git, path, registry, sparse registry.
    String hash =
        sparse
            ? StableHash.of(3, "sparse+" + canonical(url))
            : StableHash.of(2, repositoryUrl(url));
    String host = URI.create(url).getHost();
    return (host == null ? "" : host) + "-" + hash;
  }

  private static String repository(String url) {
    String canonical = repositoryUrl(url);
    String name = canonical.substring(canonical.lastIndexOf('/') + 1);
    return (name.isEmpty() ? "_empty" : name) + "-" + StableHash.of(canonical);
  }

  /** A repository's address as cargo compares it (cargo's {@code CanonicalUrl}). */
  private static String repositoryUrl(String url) {
    String result = canonical(url);
    URI uri = URI.create(result);
    if ("github.com".equals(uri.getHost())) {
      result = "https://" + uri.getRawAuthority() + uri.getRawPath().toLowerCase(Locale.ROOT);
    }
    return result.endsWith(".git") ? result.substring(0, result.length() - 4) : result;
  }

  /** Without a slash at the end; only a bare host has one. */
  private static String canonical(String url) {
    String path = URI.create(url).getRawPath();
    return path != null && path.length() > 1 && path.endsWith("/")
        ? url.substring(0, url.length() - 1)
        : url;
  }
}
