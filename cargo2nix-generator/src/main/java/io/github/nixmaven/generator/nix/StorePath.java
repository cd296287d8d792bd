package io.github.nixmaven.generator.nix;

import io.github.nixmaven.generator.hash.Hash;
import io.github.nixmaven.generator.hash.Nix32;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The path of a file or tree of known digest in the Nix store, computed without Nix.
 *
 * <p>Nix manual, "Store Path Specification". The store is {@code /nix/store}; in another store the
 * paths are different.
 */
public final class StorePath {
  /** The store's directory. */
  public static final String STORE = "/nix/store";

  private static final int LONGEST_NAME = 211;

  private StorePath() {}

  /**
   * The path of a fixed output that is one file, as {@code fetchurl} and {@code nix-store
   * --add-fixed sha256} make it.
   *
   * @param name the name after the dash
   * @param file the digest of the file's bytes
   * @throws IllegalArgumentException when Nix would reject the name
   */
  public static String flat(String name, Hash file) {
    return fixed("", name, file);
  }

  /**
   * The path of a fixed output that is a tree, as {@code fetchgit}, {@code outputHashMode =
   * "recursive"} and {@code nix-store --add-fixed --recursive sha256} make it.
   *
   * @param name the name after the dash
   * @param nar the digest of the tree's NAR
   * @throws IllegalArgumentException when Nix would reject the name
   */
  public static String recursive(String name, Hash nar) {
    // The same path as that of a source imported with a path literal, so that both share one copy.
    return nar.algorithm() == Hash.Algorithm.SHA256
        ? path("source", nar, name)
        : fixed("r:", name, nar);
  }

  private static String fixed(String method, String name, Hash hash) {
    String inner = "fixed:out:" + method + hash.algorithm().nixName() + ":" + hash.hex() + ":";
    return path("output:out", sha256(inner), name);
  }

  private static String path(String type, Hash inner, String name) {
    checkName(name);
    String fingerprint =
        type + ":" + inner.algorithm().nixName() + ":" + inner.hex() + ":" + STORE + ":" + name;
    return STORE + "/" + Nix32.encode(fold(sha256(fingerprint).bytes())) + "-" + name;
  }

  private static Hash sha256(String text) {
    return Hash.digest(Hash.Algorithm.SHA256, text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] fold(byte[] digest) {
    byte[] folded = Arrays.copyOf(digest, 20);
    for (int i = 20; i < digest.length; i++) {
      folded[i - 20] ^= digest[i];
    }
    return folded;
  }

  /** Whether every version of Nix since 2.8 accepts this name for a derivation or path. */
  public static boolean isName(String name) {
    // Some versions reject a leading period and others accept it.
    return !name.isEmpty()
        && name.length() <= LONGEST_NAME
        && name.charAt(0) != '.'
        && name.chars().allMatch(StorePath::isNameCharacter);
  }

  private static void checkName(String name) {
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "'"
              + name
              + "' cannot be the name of a store path: at most "
              + LONGEST_NAME
              + " of the characters A-Z a-z 0-9 + - . _ ? =, not starting with a period");
    }
  }

  private static boolean isNameCharacter(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "+-._?=".indexOf(c) >= 0;
  }
}
