package io.github.nixmaven.builder.toy;

import io.github.nixmaven.builder.language.SourceFile;
import io.github.nixmaven.builder.language.Tools;
import io.github.nixmaven.builder.language.WantedCompiler;
import io.github.nixmaven.generator.pin.ListedPackage;
import io.github.nixmaven.generator.text.InputException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Bash paints. */
final class ToyTools implements Tools {
  static final String NATIVE = "nursery";

  @Override
  public String nativeTarget() {
    return NATIVE;
  }

  @Override
  public List<String> packages() {
    return List.of("bash");
  }

  @Override
  public List<String> packages(Collection<String> targets) {
    return List.of();
  }

  @Override
  public void require(Collection<String> targets, Set<String> pinned) {
    if (!pinned.containsAll(packages())) {
      throw new InputException(null, "there is no bash to paint with", "Pin it.");
    }
  }

  @Override
  public Optional<WantedCompiler> wanted(Path directory) {
    return Optional.empty();
  }

  @Override
  public Optional<String> compiler(Map<String, String> pinned) {
    return Optional.empty();
  }

  @Override
  public Optional<String> tooOld(Collection<ListedPackage> packages, Map<String, String> pinned) {
    return Optional.empty();
  }

  @Override
  public Map<String, String> links() {
    return Map.of();
  }

  @Override
  public List<String> prune(String name, String version) {
    return List.of();
  }

  @Override
  public List<SourceFile> libraryFiles(Path sysroot) {
    return List.of();
  }

  @Override
  public boolean isLinked(String debianPackage) {
    return false;
  }

  @Override
  public Optional<String> missingFile(String line) {
    return Optional.empty();
  }

  @Override
  public Optional<String> adviceOnMissing(String target, String file) {
    return Optional.empty();
  }
}
