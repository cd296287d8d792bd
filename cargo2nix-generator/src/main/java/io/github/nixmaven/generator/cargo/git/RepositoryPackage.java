package io.github.nixmaven.generator.cargo.git;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A package in a repository.
 *
 * @param name its name
 * @param version its version
 * @param folder its directory, with {@code /} between names; empty for the root
 * @param workspace the directory of the workspace it inherits from, or null
 * @param files the files whose presence matters to cargo, relative to the package, sorted: those
 *     from which it infers targets (Cargo Book, "Package Layout"), and readmes
 */
public record RepositoryPackage(
    String name, String version, String folder, @Nullable String workspace, List<String> files) {
  public RepositoryPackage {
    files = List.copyOf(files);
  }
}
