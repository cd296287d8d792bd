package io.github.nixmaven.builder.toy;

import io.github.nixmaven.generator.hash.Hash;

/** A line of a toy's lock. */
record ToyPackage(String name, String version, Hash hash, String file) {}
