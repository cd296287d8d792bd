package io.github.nixmaven.generator.hash;

/**
 * Nix's own base-32: the digits {@code 0-9a-z} without {@code e o u t}, least significant digit
 * last, of the digest read as a little-endian number.
 *
 * <p>Nix manual, "Store Path Specification", section "Nix32 encoding".
 */
public final class Nix32 {
  private static final String DIGITS = "0123456789abcdfghijklmnpqrsvwxyz";

  private Nix32() {}

  /** The number of digits that the given number of bytes needs. */
  static int length(int bytes) {
    return (bytes * 8 + 4) / 5;
  }

  /** Encodes the bytes of a digest. */
  public static String encode(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (int n = length(bytes.length) - 1; n >= 0; n--) {
      int bit = n * 5;
      int index = bit / 8;
      int shift = bit % 8;
      int pair = (bytes[index] & 0xff) | (index + 1 < bytes.length ? bytes[index + 1] << 8 : 0);
      text.append(DIGITS.charAt((pair >> shift) & 31));
    }
    return text.toString();
  }

  /**
   * Decodes the result of {@link #encode}.
   *
   * @throws IllegalArgumentException when the text has a character outside the alphabet, or bits
   *     beyond the last whole byte
   */
  public static byte[] decode(String text) {
    byte[] bytes = new byte[text.length() * 5 / 8];
    for (int n = 0; n < text.length(); n++) {
      char character = text.charAt(text.length() - 1 - n);
      int digit = DIGITS.indexOf(character);
      if (digit < 0) {
        throw new IllegalArgumentException(
            "invalid character '" + character + "' in the Nix base-32 hash '" + text + "'");
      }
      int bit = n * 5;
      int index = bit / 8;
      int shifted = digit << (bit % 8);
      int high = shifted >> 8;
      if (index < bytes.length) {
        bytes[index] |= (byte) shifted;
      } else {
        high |= shifted & 0xff;
      }
      if (index + 1 < bytes.length) {
        bytes[index + 1] |= (byte) high;
      } else if (high != 0) {
        throw new IllegalArgumentException(
            "the Nix base-32 hash '" + text + "' has bits beyond its last byte");
      }
    }
    return bytes;
  }
}
