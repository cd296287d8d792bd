package io.github.nixmaven.generator.cargo.emit;

/**
 * One thing that builds of a package may differ in.
 *
 * @param attribute the attribute of Cargo.nix that holds it
 * @param name the name in that attribute where it is a set, else empty
 */
record Slot(String attribute, String name) {
  static Slot of(String attribute) {
    return new Slot(attribute, "");
  }
}
