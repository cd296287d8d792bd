package io.github.nixmaven.generator.cargo.manifest;

import io.github.nixmaven.generator.text.TomlTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns a Cargo.toml into a {@link Manifest}. */
final class ManifestReader {
  static final Pattern NAME = Pattern.compile("[\\p{L}\\p{Nl}_][\\p{L}\\p{N}\\p{M}_-]*");

  /** The cargo features that are stable now; the others work only in nightly cargo. */
  private static final Set<String> STABLE_CARGO_FEATURES =
      Set.of(
          "alternative-registries",
          "edition",
          "rename-dependency",
          "profile-overrides",
          "default-run",
          "named-profiles",
          "resolver",
          "strip",
          "rust-version",
          "edition2021",
          "workspace-inheritance",
          "edition2024");

  private ManifestReader() {}

  /**
   * Reads a package.
   *
   * @param root the manifest's tables
   * @param directory the package's directory, or null for a published crate, of which only the
   *     library and the build script are read
   * @param inheritance the package's workspace, or null when it has none
   */
  static Manifest read(
      TomlTable root,
      @Nullable Path directory,
      PackageFiles files,
      @Nullable Inheritance inheritance) {
    PackageTable table = new PackageTable(root, directory, files, inheritance);
    boolean own = directory != null;
    if (own) {
      checkCargoFeatures(root);
    }
    String name = table.name();
    Edition edition = table.edition();
    if (own) {
      table.check(edition);
    }
    List<Dependency> dependencies =
        new DependencyTable(root, directory, edition, inheritance).dependencies();
    List<Target> targets = new TargetTable(root, table.toml(), files, own, edition).targets(name);
    return new Manifest(
        directory,
        name,
        table.version(),
        edition.year(),
        table.toml().string("links"),
        table.authors(),
        table.metadata(),
        new FeatureTable(root, own).features(dependencies),
        dependencies,
        targets,
        own ? Lints.ofPackage(root, inheritance) : List.of(),
        own ? table.sources() : List.of(),
        table.toml().position("name"));
  }

  private static void checkCargoFeatures(TomlTable root) {
    for (String feature : root.strings("cargo-features")) {
      if (!STABLE_CARGO_FEATURES.contains(feature)) {
        throw root.error(
            "cargo-features",
            "the cargo feature `" + feature + "` is not stable, so cargo rejects it",
            "Remove it from `cargo-features`, and remove the keys that need it.");
      }
    }
  }
}
