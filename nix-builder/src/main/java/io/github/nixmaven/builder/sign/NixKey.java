package io.github.nixmaven.builder.sign;

import io.github.nixmaven.generator.hash.Hash;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.Position;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.TreeSet;

/**
 * A secret key that signs store paths as {@code nix store sign} does, byte for byte.
 *
 * <p>Nix manual, {@code nix key generate-secret} and "Store Path, signatures". A secret key is
 * {@code NAME:BASE64}, where the base-64 is of Ed25519's seed (32 bytes) followed by the public key
 * (32 bytes); a public key is {@code NAME:BASE64} of the latter, a signature {@code NAME:BASE64} of
 * 64 bytes. What is signed is the path's fingerprint.
 */
public final class NixKey {
  // RFC 8410, section 7 and 4: what stands before the 32 bytes of a key.
  private static final byte[] PKCS8_PREFIX =
      HexFormat.of().parseHex("302e020100300506032b657004220420");
  private static final byte[] SPKI_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");
  private static final int KEY_BYTES = 32;
  private static final String REMEDY =
      "Make one with `nix-store --generate-binary-cache-key NAME SECRET-FILE PUBLIC-FILE`.";

  private final String name;
  private final PrivateKey secret;
  private final byte[] publicBytes;

  private NixKey(String name, PrivateKey secret, byte[] publicBytes) {
    this.name = name;
    this.secret = secret;
    this.publicBytes = publicBytes;
  }

  /**
   * Reads a secret key from a file.
   *
   * @throws InputException when it is not there or holds no secret key
   */
  public static NixKey read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new InputException(Position.of(file), "no such key file", REMEDY);
    }
    try {
      return parse(Files.readString(file), Position.of(file));
    } catch (CharacterCodingException e) {
      throw invalid(Position.of(file), "this is not a text file, so it is not a Nix key");
    }
  }

  /**
   * Reads a secret key. No message repeats any of its text.
   *
   * @param text {@code NAME:BASE64}, with spaces and line ends around it
   * @param place what to call the place that the text is from
   * @throws InputException if the text is not a secret key
   */
  public static NixKey parse(String text, Position place) {
    String line = text.strip();
    int colon = line.indexOf(':');
    if (colon <= 0) {
      throw invalid(
          place,
          line.startsWith("-----BEGIN")
              ? "this is a PEM file, not a Nix key"
              : "this is not a secret Nix key, whose form is NAME:BASE64");
    }
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(line.substring(colon + 1));
    } catch (IllegalArgumentException e) {
      // Without the cause, whose message repeats a character of the key.
      throw invalid(place, "the text after the key's name is not base-64");
    }
    if (bytes.length == KEY_BYTES) {
      throw invalid(place, "this is a public key; signing needs the secret key");
    }
    if (bytes.length != 2 * KEY_BYTES) {
      throw invalid(place, "a secret Nix key has " + 2 * KEY_BYTES + " bytes, not " + bytes.length);
    }
    byte[] seed = Arrays.copyOf(bytes, KEY_BYTES);
    byte[] publicBytes = Arrays.copyOfRange(bytes, KEY_BYTES, 2 * KEY_BYTES);
    try {
      KeyFactory factory = KeyFactory.getInstance("Ed25519");
      PrivateKey secret =
          factory.generatePrivate(new PKCS8EncodedKeySpec(join(PKCS8_PREFIX, seed)));
      PublicKey publicKey =
          factory.generatePublic(new X509EncodedKeySpec(join(SPKI_PREFIX, publicBytes)));
      NixKey key = new NixKey(line.substring(0, colon), secret, publicBytes);
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(publicKey);
      verifier.update(publicBytes);
      if (verifier.verify(key.signature(publicBytes))) {
        return key;
      }
    } catch (GeneralSecurityException e) {
      throw invalid(place, "the key's public half is not a valid key");
    } finally {
      Arrays.fill(bytes, (byte) 0);
      Arrays.fill(seed, (byte) 0);
    }
    throw invalid(place, "the key's public half does not belong to its secret half");
  }

  /**
   * The text that is signed for a store path.
   *
   * @param path the full path
   * @param nar the SHA-256 of its NAR
   * @param narSize the NAR's size in bytes
   * @param references the full paths it refers to, in any order
   */
  public static String fingerprint(
      String path, Hash nar, long narSize, Collection<String> references) {
    if (nar.algorithm() != Hash.Algorithm.SHA256) {
      throw new IllegalArgumentException("a fingerprint names a NAR by its SHA-256, not " + nar);
    }
    return "1;"
        + path
        + ";sha256:"
        + nar.nix32()
        + ";"
        + narSize
        + ";"
        + String.join(",", new TreeSet<>(references));
  }

  /** The key's name, by which {@code trusted-public-keys} finds it. */
  public String name() {
    return name;
  }

  /** The public key as {@code trusted-public-keys} takes it: {@code NAME:BASE64}. */
  public String publicKey() {
    return name + ":" + Base64.getEncoder().encodeToString(publicBytes);
  }

  /**
   * Signs a fingerprint.
   *
   * @return {@code NAME:BASE64}, what follows {@code Sig: } in a narinfo
   */
  public String sign(String fingerprint) {
    return name
        + ":"
        + Base64.getEncoder()
            .encodeToString(signature(fingerprint.getBytes(StandardCharsets.UTF_8)));
  }

  private byte[] signature(byte[] message) {
    try {
      Signature signer = Signature.getInstance("Ed25519");
      signer.initSign(secret);
      signer.update(message);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      // Java 17 has Ed25519, and the key was made for it.
      throw new IllegalStateException(e);
    }
  }

  private static InputException invalid(Position place, String problem) {
    return new InputException(place, problem, REMEDY);
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }

  /** The name alone: the rest must not be shown. */
  @Override
  public String toString() {
    return name;
  }
}
