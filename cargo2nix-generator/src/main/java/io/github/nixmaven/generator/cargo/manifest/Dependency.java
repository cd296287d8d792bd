package io.github.nixmaven.generator.cargo.manifest;

import io.github.nixmaven.generator.cargo.cfg.Platform;
import io.github.nixmaven.generator.cargo.semver.VersionReq;
import io.github.nixmaven.generator.text.Position;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a dependency table, with what it inherits from the workspace filled in (the Cargo
 * Book, "Specifying Dependencies").
 *
 * @param kind which table it stands in
 * @param nameInToml its key: the name it has in this package
 * @param packageName the name of the package it means
 * @param isRenamed whether it has a {@code package}, so that its key names the extern crate, even
 *     where it is the package's own name
 * @param req the versions that satisfy it
 * @param optional whether only a feature switches it on
 * @param defaultFeatures whether it asks for the {@code default} feature
 * @param features the features it asks for
 * @param platform the {@code [target.…]} it stands under, or null
 * @param path the folder of a path dependency, absolute, or null
 * @param git the repository of a git dependency, or null
 * @param gitReference for a git dependency {@code branch=…}, {@code tag=…} or {@code rev=…}, or
 *     null for the default branch
 * @param registry the registry it names: a name of cargo's configuration or, where it has {@code
 *     ://}, the address of its index; null for crates.io
 * @param position where it stands
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
