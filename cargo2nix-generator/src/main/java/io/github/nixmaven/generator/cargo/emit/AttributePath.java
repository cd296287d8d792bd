package io.github.nixmaven.generator.cargo.emit;

import org.jspecify.annotations.Nullable;

/**
 * One thing that builds of a package may differ in.
 *
 * @param attribute the attribute of Cargo.nix that holds it
 * @param name the name in that attribute where it is a set, else empty
 */
record AttributePath(String attribute, String name) {
  // A record's own methods are slow where nothing is compiled yet, and these are asked often.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AttributePath path
        && path.attribute.equals(attribute)
        && path.name.equals(name);
  }

  @Override
  public int hashCode() {
    return 31 * attribute.hashCode() + name.hashCode();
  }

  static AttributePath of(String attribute) {
    return new AttributePath(attribute, "");
  }
}
