package io.github.nixmaven.generator.pin;

import java.util.SortedMap;

/** A generated Nix expression. */
public interface Expression {
  /** The pinned packages, by key. */
  SortedMap<String, Fingerprint> packages();

  /** Its text in UTF-8, without the lines that {@link GeneratedFile} puts on top. */
  byte[] text();
}
