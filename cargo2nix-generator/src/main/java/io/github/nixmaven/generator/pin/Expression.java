package io.github.nixmaven.generator.pin;

import java.util.SortedMap;

/** A Nix expression that was generated. */
public interface Expression {
  /** The packages that it pins, by key. */
  SortedMap<String, Fingerprint> packages();

  /** Its text in UTF-8, without the lines that {@link GeneratedFile} puts on top. */
  byte[] text();
}
