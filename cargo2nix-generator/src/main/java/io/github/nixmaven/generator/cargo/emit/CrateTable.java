package io.github.nixmaven.generator.cargo.emit;

import io.github.nixmaven.generator.cargo.manifest.Manifest;
import io.github.nixmaven.generator.cargo.manifest.Target;
import io.github.nixmaven.generator.cargo.manifest.Workspace;
import io.github.nixmaven.generator.cargo.resolve.PackageGraph;
import io.github.nixmaven.generator.cargo.source.Pin;
import io.github.nixmaven.generator.nix.Attributes;
import io.github.nixmaven.generator.nix.NixWriter;
import io.github.nixmaven.generator.nix.NixWriter.Expression;
import io.github.nixmaven.generator.pin.Fingerprint;
import io.github.nixmaven.generator.text.InputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** The packages of Cargo.nix: the source of each, and facts from its manifest. */
final class CrateTable {
  private static final String DEFAULT_REGISTRY = "crates-io";

  private final NodeTable nodes;
  private final PackageKeys keys;
  private final Path directory;
  private final LocalFolders folders;
  private final Function<Workspace.Local, String> manifestDigest;

  /**
   * @param directory the directory of Cargo.nix, absolute: paths are relative to it
   * @param folders the directories of local packages
   * @param manifestDigest computes the digest of a local package's manifest
   */
  CrateTable(
      NodeTable nodes,
      PackageKeys keys,
      Path directory,
      LocalFolders folders,
      Function<Workspace.Local, String> manifestDigest) {
    this.nodes = nodes;
    this.keys = keys;
    this.directory = directory;
    this.folders = folders;
    this.manifestDigest = manifestDigest;
  }

  /**
   * The packages by key, each with the checksum of its crate file, its commit or the digest of its
   * manifest.
   */
  SortedMap<String, Fingerprint> packages() {
    SortedMap<String, Fingerprint> result = new TreeMap<>();
    manifests().forEach((key, digest) -> result.put(key, new Fingerprint("manifest", digest)));
    for (PackageGraph.Node node : nodes.packages()) {
      String checksum = node.locked().checksum();
      if (checksum != null) {
        result.put(keys.key(node), new Fingerprint("checksum", checksum));
      } else if (node.pin() instanceof Pin.Commit commit) {
        result.put(keys.key(node), new Fingerprint("commit", commit.commit()));
      }
    }
    return result;
  }

  SortedMap<String, String> manifests() {
    SortedMap<String, String> result = new TreeMap<>();
    for (PackageGraph.Node node : nodes.packages()) {
      if (node.local() != null) {
        result.put(keys.key(node), manifestDigest.apply(node.local()));
      }
    }
    return result;
  }

  Expression registries() {
    SortedMap<String, String> result = new TreeMap<>();
    for (PackageGraph.Node node : nodes.packages()) {
      if (node.pin() instanceof Pin.CrateFile crate) {
        result.put(crate.registry(), crate.url());
      }
    }
    return Attributes.of(result, NixWriter::string);
  }

  Expression crates() {
    SortedMap<String, PackageGraph.Node> packages = new TreeMap<>();
    for (PackageGraph.Node node : nodes.packages()) {
      packages.put(keys.key(node), node);
    }
    return Attributes.of(packages, this::crate);
  }

  private Expression crate(PackageGraph.Node node) {
    Manifest manifest = node.manifest();
    Attributes attributes = new Attributes();
    attributes.string("crateName", manifest.name());
    attributes.string("version", manifest.version().toString());
    attributes.string("edition", manifest.edition());
    source(attributes, node);
    if (node.isMember()) {
      attributes.add("member", NixWriter.bool(true));
    }
    attributes.strings("authors", manifest.authors());
    manifest.metadata().forEach(attributes::string);
    attributes.string("links", manifest.links());
    manifest.library().ifPresent(library -> library(attributes, library));
    manifest.buildScript().ifPresent(script -> attributes.string("build", script.path()));
    if (node.isMember()) {
      List<Expression> binaries =
          manifest.targets().stream()
              .filter(t -> t.kind() == Target.Kind.BIN)
              .map(CrateTable::binary)
              .toList();
      if (!binaries.isEmpty()) {
        attributes.add("crateBin", NixWriter.list(binaries));
      }
    }
    if (node.isLocal()) {
      attributes.strings("declaredFeatures", List.copyOf(manifest.features().keySet()));
      attributes.strings("rustcLintFlags", manifest.lintFlags());
      attributes.strings("sources", sources(manifest));
    }
    return attributes.build();
  }

  /** The files that a member needs besides its directory, relative to Cargo.nix. */
  private List<String> sources(Manifest manifest) {
    Path own = Objects.requireNonNull(manifest.directory());
    SortedSet<String> result = new TreeSet<>();
    if (!manifest.sources().isEmpty()) {
      String leadsTo = folders.linkTo(own);
      if (leadsTo != null && leadsTo.startsWith("..")) {
        throw new InputException(
            manifest.position(),
            manifest.name()
                + " lists `sources`, but its directory "
                + own
                + " is a link that leads out of "
                + directory,
            "Move the package into that directory, or name it where it is in `members`.");
      }
      if (leadsTo != null) {
        result.add(leadsTo);
      }
    }
    for (String source : manifest.sources()) {
      Path path = own.resolve(source).normalize();
      if (!path.startsWith(directory) || !own.startsWith(directory)) {
        throw new InputException(
            manifest.position(),
            manifest.name() + " needs " + path + ", which is outside of " + directory,
            "The builder can only use files beside or below Cargo.nix. Write Cargo.nix into the"
                + " directory of the workspace, or move the file into that directory.");
      }
      String relative = directory.relativize(path).toString().replace('\\', '/');
      result.add(relative.isEmpty() ? "." : relative);
    }
    return List.copyOf(result);
  }

  private void source(Attributes attributes, PackageGraph.Node node) {
    Pin pin = node.pin();
    if (pin instanceof Pin.Folder folder) {
      String path = directory.relativize(folder.directory()).toString().replace('\\', '/');
      attributes.string("path", path.isEmpty() ? "." : path);
      if (node.isLocal()) {
        attributes.string("linkTo", folders.linkTo(folder.directory()));
        attributes.strings("nested", folders.nested(node));
      }
      if (!node.isLocal()) {
        attributes.add("vendored", NixWriter.bool(true));
        attributes.string("sha256", node.locked().checksum());
      }
    } else if (pin instanceof Pin.CrateFile crate) {
      if (!crate.registry().equals(DEFAULT_REGISTRY)) {
        attributes.string("registry", crate.registry());
      }
      attributes.string("sha256", crate.sha256());
    } else if (pin instanceof Pin.Commit commit) {
      Attributes git = new Attributes();
      git.string("url", commit.url());
      git.string("rev", commit.commit());
      git.string("sha256", commit.narHash());
      attributes.add("git", git.build());
      if (!commit.folder().isEmpty()) {
        attributes.string("folder", commit.folder());
      }
    }
  }

  private static void library(Attributes attributes, Target library) {
    attributes.string("libName", library.name());
    attributes.string("libPath", library.path());
    if (library.isProcMacro()) {
      attributes.add("procMacro", NixWriter.bool(true));
    } else if (!library.crateTypes().equals(List.of("lib"))) {
      attributes.strings("type", library.crateTypes());
    }
  }

  private static Expression binary(Target binary) {
    Attributes attributes = new Attributes();
    attributes.string("name", binary.name());
    attributes.string("path", binary.path());
    attributes.strings("requiredFeatures", binary.requiredFeatures());
    return attributes.build();
  }
}
