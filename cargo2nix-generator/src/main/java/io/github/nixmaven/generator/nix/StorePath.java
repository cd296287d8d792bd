package io.github.nixmaven.generator.nix;

import io.github.nixmaven.generator.hash.Hash;
import io.github.nixmaven.generator.hash.Nix32;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Where a file or tree of known digest lies in the Nix store; found without asking Nix.
 *
 * <p>Nix manual, "Store Path Specification". The store is {@code /nix/store}: every other location
 * gives other paths.
 */
public final class StorePath {
  /** The store's directory. */
  public static final String STORE = "/nix/store";

  private static final int LONGEST_NAME = 211;

  private StorePath() {}

  /**
   * The path of a fixed output that is one file: what {@code fetchurl} and {@code nix-store
   * --add-fixed sha256} make.
   *
   * @param name the name after the dash
   * @param file the digest of the file's bytes
   * @throws IllegalArgumentException when Nix would refuse the name
   */
  public static String flat(String name, Hash file) {
    return fixed("", name, file);
  }

  /**
   * The path of a fixed output that is a tree: what {@code fetchgit}, {@code outputHashMode =
   * "recursive"} and {@code nix-store --add-fixed --recursive sha256} make.
   *
   * @param name the name after the dash
   * @param nar the digest of the tree's NAR
   * @throws IllegalArgumentException when Nix would refuse the name
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

  /** Whether Nix, in every version from 2.8 on, takes this as the name of a derivation or path. */
  public static boolean isName(String name) {
    // A leading period is refused by some versions and taken by others.
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
