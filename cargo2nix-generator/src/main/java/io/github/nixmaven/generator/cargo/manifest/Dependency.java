package io.github.nixmaven.generator.cargo.manifest;

import io.github.nixmaven.generator.cargo.cfg.Platform;
import io.github.nixmaven.generator.cargo.semver.VersionReq;
import io.github.nixmaven.generator.text.Position;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a dependency table, complete with the keys that it inherits from the workspace (the
 * Cargo Book, "Specifying Dependencies").
 *
 * @param kind the table of the entry
 * @param nameInToml its key: the name it has in this package
 * @param packageName the name of the package
 * @param isRenamed whether it has a {@code package}, so that its key names the extern crate, even
 *     if it is the package's own name
 * @param req the version requirement
 * @param optional whether it needs a feature to become active
 * @param defaultFeatures whether it needs the {@code default} feature
 * @param features the features it needs
 * @param platform the {@code [target.…]} of its table, or null
 * @param path the directory of a path dependency, absolute, or null
 * @param git the repository of a git dependency, or null
 * @param gitReference for a git dependency {@code branch=…}, {@code tag=…} or {@code rev=…}, or
 *     null for the default branch
 * @param registry the registry it names: a name in cargo's configuration or, if it contains {@code
 *     ://}, the address of its index; null for crates.io
 * @param position the place of the entry
 */
public record Dependency(
    Kind kind,
    String nameInToml,
    String packageName,
    boolean isRenamed,
    VersionReq req,
    boolean optional,
    boolean defaultFeatures,
    List<String> features,
    @Nullable Platform platform,
    @Nullable Path path,
    @Nullable String git,
    @Nullable String gitReference,
    @Nullable String registry,
    Position position) {

  /** The dependency tables. */
  public enum Kind {
    NORMAL,
    BUILD,
    DEVELOPMENT
  }
}
