package io.github.nixmaven.builder.rust;

import io.github.nixmaven.generator.pin.ListedPackage;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A crate of a registry, of which nothing matters but what compiler it asks for. */
public final class TestCrate {
  private TestCrate() {}

  /** Version 1.0.0 of a crate. */
  public static ListedPackage crate(String name, @Nullable String rustVersion) {
    return new ListedPackage(
        Rust.LANGUAGE.ecosystem(),
        name + " 1.0.0",
        name,
        "1.0.0",
        "registry",
        Optional.empty(),
        Optional.empty(),
        Optional.ofNullable(rustVersion),
        Set.of(Set.of()));
  }
}
