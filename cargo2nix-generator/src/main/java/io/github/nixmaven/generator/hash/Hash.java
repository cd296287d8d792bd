package io.github.nixmaven.generator.hash;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** A digest and its algorithm, in any of the encodings that lock files and Nix use. */
public final class Hash {
  /** The digest algorithms that lock files and Nix share. */
  public enum Algorithm {
    SHA1("sha1", "SHA-1", 20),
    SHA256("sha256", "SHA-256", 32),
    SHA512("sha512", "SHA-512", 64);

    private final String nixName;
    private final String javaName;
    private final int bytes;

    Algorithm(String nixName, String javaName, int bytes) {
      this.nixName = nixName;
      this.javaName = javaName;
      this.bytes = bytes;
    }

    /** The name in Nix and in SRI strings: {@code sha256}. */
    public String nixName() {
      return nixName;
    }

    /** The name in standards and for users: {@code SHA-256}. */
    public String standardName() {
      return javaName;
    }

    /** A new digest of this algorithm. */
    public MessageDigest newDigest() {
      try {
        return MessageDigest.getInstance(javaName);
      } catch (NoSuchAlgorithmException e) {
        // Every Java platform must have all of them.
        throw new IllegalStateException(e);
      }
    }
  }

  private final Algorithm algorithm;
  private final byte[] digest;

  private Hash(Algorithm algorithm, byte[] digest) {
    this.algorithm = algorithm;
    this.digest = digest;
  }

  /**
   * A digest from its raw bytes.
   *
   * @throws IllegalArgumentException when the number of bytes does not fit the algorithm
   */
  public static Hash of(Algorithm algorithm, byte[] digest) {
    if (digest.length != algorithm.bytes) {
      throw new IllegalArgumentException(
          "a " + algorithm.nixName + " has " + algorithm.bytes + " bytes, not " + digest.length);
    }
    return new Hash(algorithm, digest.clone());
  }

  /** The digest of these bytes. */
  public static Hash digest(Algorithm algorithm, byte[] content) {
    return new Hash(algorithm, algorithm.newDigest().digest(content));
  }

  /**
   * Reads an SRI string with one hash: {@code sha256-} and padded base-64.
   *
   * @throws IllegalArgumentException when it is anything else
   */
  public static Hash parseSri(String text) {
    for (Algorithm algorithm : Algorithm.values()) {
      String prefix = algorithm.nixName + "-";
      if (text.startsWith(prefix)) {
        try {
          Hash hash = of(algorithm, Base64.getDecoder().decode(text.substring(prefix.length())));
          // The decoder takes unpadded text too, which Nix does not.
          if (hash.sri().equals(text)) {
            return hash;
          }
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException("'" + text + "' is not an SRI hash", e);
        }
      }
    }
    throw new IllegalArgumentException("'" + text + "' is not an SRI hash");
  }

  /**
   * Reads a digest whose algorithm is known. Its length tells the encoding: hexadecimal of either
   * case, Nix base-32, or padded base-64.
   *
   * @throws IllegalArgumentException when it is in none of these encodings
   */
  public static Hash parse(Algorithm algorithm, String text) {
    try {
      if (text.length() == algorithm.bytes * 2) {
        return of(algorithm, HexFormat.of().parseHex(text));
      }
      if (text.length() == Nix32.length(algorithm.bytes)) {
        return of(algorithm, Nix32.decode(text));
      }
      return of(algorithm, Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a " + algorithm.nixName + " in hexadecimal, base-32 or base-64",
          e);
    }
  }

  /** The algorithm. */
  public Algorithm algorithm() {
    return algorithm;
  }

  /** The raw digest. */
  public byte[] bytes() {
    return digest.clone();
  }

  /** Lower-case hexadecimal. */
  public String hex() {
    return HexFormat.of().formatHex(digest);
  }

  /** Nix's base-32. */
  public String nix32() {
    return Nix32.encode(digest);
  }

  /** The form of Nix's {@code hash} and {@code outputHash}: {@code sha256-} and base-64. */
  public String sri() {
    return algorithm.nixName + "-" + Base64.getEncoder().encodeToString(digest);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Hash hash
        && algorithm == hash.algorithm
        && Arrays.equals(digest, hash.digest);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(digest);
  }

  @Override
  public String toString() {
    return sri();
  }
}
