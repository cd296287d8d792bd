package io.github.nixmaven.generator.cargo.manifest;

import io.github.nixmaven.generator.cargo.semver.Version;
import io.github.nixmaven.generator.text.Position;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A package as its Cargo.toml describes it, including inherited values and inferred targets.
 *
 * @param directory the package's directory, absolute, or null for a published crate
 * @param name its name
 * @param version its version
 * @param edition the edition of the language
 * @param links the native library it links, or null
 * @param authors the authors in the order of the manifest
 * @param metadata the other keys of {@code [package]} that reach {@code CARGO_PKG_*}: {@code
 *     description}, {@code homepage}, {@code license}, {@code license-file}, {@code readme}, {@code
 *     repository}, {@code rust-version}; sorted
 * @param features the feature table, with the implicit features of optional dependencies; sorted
 * @param dependencies all dependency tables
 * @param targets the library first, then binaries, examples, tests, benches and the build script
 * @param lintFlags the {@code [lints]} tables as rustc's arguments, in order
 * @param sources additional files and directories that the package needs, relative to its
 *     directory, from {@code sources} of {@code [package.metadata.nix]}; none for a published crate
 * @param position the place of the package's name
 */
public record Manifest(
    @Nullable Path directory,
    String name,
    Version version,
    String edition,
    @Nullable String links,
    List<String> authors,
    SortedMap<String, String> metadata,
    SortedMap<String, List<FeatureValue>> features,
    List<Dependency> dependencies,
    List<Target> targets,
    List<String> lintFlags,
    List<String> sources,
    Position position) {

  /** The library, if there is one. */
  public Optional<Target> library() {
    return first(Target.Kind.LIB);
  }

  /** The build script, if there is one. */
  public Optional<Target> buildScript() {
    return first(Target.Kind.CUSTOM_BUILD);
  }

  private Optional<Target> first(Target.Kind kind) {
    for (Target target : targets) {
      if (target.kind() == kind) {
        return Optional.of(target);
      }
    }
    return Optional.empty();
  }

  /** Whether the library is a procedural macro. */
  public boolean isProcMacro() {
    Optional<Target> library = library();
    return library.isPresent() && library.get().isProcMacro();
  }

  /** Whether any target is a procedural macro: the library, or an example. */
  public boolean hasProcMacro() {
    return targets.stream()
        .anyMatch(
            t ->
                t.isProcMacro()
                    || (t.kind() == Target.Kind.EXAMPLE && t.crateTypes().contains("proc-macro")));
  }
}
