package io.github.nixmaven.generator.cargo.emit;

import org.jspecify.annotations.Nullable;

/**
 * One thing in which builds of a package may differ.
 *
 * @param attribute the attribute of Cargo.nix that contains it
 * @param name the name in that attribute if it is a set, else empty
 */
record AttributePath(String attribute, String name) {
  // A record's own methods are slow before the JIT compiles them, and these are called often.

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
