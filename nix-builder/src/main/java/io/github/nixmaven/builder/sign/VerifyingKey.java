package io.github.nixmaven.builder.sign;

import io.github.nixmaven.generator.hash.Hash;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.Position;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.jspecify.annotations.Nullable;

/** A public key, Ed25519 or ECDSA on P-256 with SHA-256, which says whether a signature is its. */
public final class VerifyingKey implements BundleVerifier {
  private static final String REMEDY =
      "Use a public key as `openssl pkey -in KEY -pubout` writes it.";

  private final byte[] encoded;
  private final SigningKey.Kind kind;
  private final PublicKey key;

  private VerifyingKey(byte[] encoded, SigningKey.Kind kind, PublicKey key) {
    this.encoded = encoded;
    this.kind = kind;
    this.key = key;
  }

  /**
   * Reads the key of a file that is named, or else of the environment.
   *
   * @param file the file, or null
   * @param environment environment variables by name
   * @param variable the one with a key, where no file is named
   * @throws InputException when there is no key
   */
  public static VerifyingKey find(
      @Nullable Path file, Map<String, String> environment, String variable) throws IOException {
    if (file != null) {
      return read(file);
    }
    String text = environment.get(variable);
    if (text == null || text.isBlank()) {
      throw new InputException(
          null,
          "there is no key to verify with",
          "Name a file with `publicKey`, or set the environment variable " + variable + ".");
    }
    return parse(text, new Position("environment variable " + variable, 0, 0));
  }

  /**
   * Reads a key from a PEM file with a SubjectPublicKeyInfo (RFC 7468, section 13).
   *
   * @throws InputException when it is not there or holds no such key
   */
  public static VerifyingKey read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new InputException(Position.of(file), "no such key file", REMEDY);
    }
    return parse(
        new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1), Position.of(file));
  }

  /**
   * Reads a key: PEM with a SubjectPublicKeyInfo, or the 32 bytes of an Ed25519 key in hexadecimal.
   *
   * @param place what to call the place that the text is from
   * @throws InputException if the text is not such a key
   */
  public static VerifyingKey parse(String text, Position place) {
    String stripped = text.strip();
    if (stripped.matches("[0-9a-fA-F]{64}")) {
      return of(SigningKey.spki(HexFormat.of().parseHex(stripped)), place);
    }
    Pem pem = Pem.parse(stripped, place, REMEDY);
    if (!pem.label().equals("PUBLIC KEY")) {
      throw new InputException(
          place,
          "this is "
              + (pem.label().contains("PRIVATE") ? "a private key" : "a " + pem.label())
              + ", not a public key",
          REMEDY);
    }
    return of(pem.content(), place);
  }

  /** A key from its SubjectPublicKeyInfo. */
  static VerifyingKey of(byte[] encoded, Position place) {
    try {
      AsymmetricKeyParameter parameters = PublicKeyFactory.createKey(encoded);
      SigningKey.Kind kind;
      if (parameters instanceof Ed25519PublicKeyParameters) {
        kind = SigningKey.Kind.ED25519;
      } else if (parameters instanceof ECPublicKeyParameters ec
          && SigningKey.isP256(ec.getParameters())) {
        kind = SigningKey.Kind.ECDSA_P256;
      } else {
        throw new InputException(
            place, "this is neither an Ed25519 key nor an ECDSA key on P-256", REMEDY);
      }
      PublicKey key =
          KeyFactory.getInstance(kind.keyAlgorithm())
              .generatePublic(new X509EncodedKeySpec(encoded));
      return new VerifyingKey(encoded.clone(), kind, key);
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw new InputException(place, "this is not a public key", REMEDY);
    }
  }

  /**
   * Whether a signature is of this key and of this message.
   *
   * @param signature 64 bytes for Ed25519 (RFC 8032), DER for ECDSA (RFC 3279)
   */
  public boolean verifies(byte[] message, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance(kind.signatureAlgorithm());
      verifier.initVerify(key);
      verifier.update(message);
      return verifier.verify(signature);
    } catch (SignatureException e) {
      return false; // bytes that have not even the form of a signature
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public List<String> problems(Bundle bundle) {
    if (bundle.isKeyless()) {
      return List.of(
          "this is signed keyless, by "
              + bundle.signer()
              + "; set the signer you trust with `certificateIdentity` and `certificateOidcIssuer`");
    }
    if (bundle.isSignedBy(this)) {
      return List.of();
    }
    return List.of(
        bundle.hint().equals(hint())
            ? "the content was changed after it was signed"
            : "this is signed with another key: " + bundle.hint() + ", not " + hint());
  }

  /** By what a bundle refers to the key: base-64 of the SHA-256 of its SubjectPublicKeyInfo. */
  public String hint() {
    return Base64.getEncoder().encodeToString(Hash.digest(Hash.Algorithm.SHA256, encoded).bytes());
  }

  /** The key as PEM. */
  public String pem() {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded)
        + "\n-----END PUBLIC KEY-----\n";
  }

  /** The kind of key. */
  public SigningKey.Kind kind() {
    return kind;
  }

  /** The 32 bytes of an Ed25519 key in hexadecimal; of another kind, its SubjectPublicKeyInfo. */
  public String hex() {
    return HexFormat.of()
        .formatHex(
            kind == SigningKey.Kind.ED25519
                ? Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length)
                : encoded);
  }
}
