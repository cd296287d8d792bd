package io.github.nixmaven.builder.sign;

import io.github.nixmaven.generator.hash.Hash;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.Position;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.jspecify.annotations.Nullable;

/**
 * A private key that signs: Ed25519 (RFC 8032), or ECDSA on P-256 with SHA-256, whose signatures
 * are those of RFC 6979, so that what is signed twice is the same bytes.
 *
 * <p>Nothing that this class throws or prints holds any of the key.
 */
public final class SigningKey implements BundleSigner {
  /** The kinds of keys. */
  public enum Kind {
    /** Ed25519. */
    ED25519("Ed25519", "Ed25519", "Ed25519"),
    /** ECDSA on P-256 with SHA-256. */
    ECDSA_P256("ECDSA P-256", "EC", "SHA256withECDSA");

    private final String label;
    private final String keyAlgorithm;
    private final String signatureAlgorithm;

    Kind(String label, String keyAlgorithm, String signatureAlgorithm) {
      this.label = label;
      this.keyAlgorithm = keyAlgorithm;
      this.signatureAlgorithm = signatureAlgorithm;
    }

    /** Its name in messages. */
    public String label() {
      return label;
    }

    String keyAlgorithm() {
      return keyAlgorithm;
    }

    String signatureAlgorithm() {
      return signatureAlgorithm;
    }
  }

  private static final String REMEDY =
      "Make one with `openssl genpkey -algorithm ed25519 -out KEY`.";

  private final AsymmetricKeyParameter secret;
  private final VerifyingKey publicKey;

  private SigningKey(AsymmetricKeyParameter secret, VerifyingKey publicKey) {
    this.secret = secret;
    this.publicKey = publicKey;
  }

  /**
   * Reads the key of a file that is named, or else of the environment.
   *
   * @param file the file, or null
   * @param alias which key of a PKCS#12 store; null for the only one
   * @param environment environment variables by name
   * @param keyVariable the one with a key, where no file is named
   * @param passwordVariable the one with a store's password
   * @throws InputException when there is no key
   */
  public static SigningKey find(
      @Nullable Path file,
      @Nullable String alias,
      Map<String, String> environment,
      String keyVariable,
      String passwordVariable)
      throws IOException {
    if (file != null) {
      return read(file, environment.get(passwordVariable), alias);
    }
    String text = environment.get(keyVariable);
    if (text == null || text.isBlank()) {
      throw new InputException(
          null,
          "there is no key to sign with",
          "Name a file with `signingKey`, or set the environment variable " + keyVariable + ".");
    }
    return parse(text, new Position("environment variable " + keyVariable, 0, 0));
  }

  /**
   * Reads a key from a file: PEM with PKCS#8, a PKCS#12 store, or what {@link #parse} takes.
   *
   * @param password the store's, or null where none is known
   * @param alias which of the store's keys; null for the only one
   * @throws InputException if there is no such key, or it needs a password
   */
  public static SigningKey read(Path file, @Nullable String password, @Nullable String alias)
      throws IOException {
    Position place = Position.of(file);
    if (!Files.isRegularFile(file)) {
      throw new InputException(place, "no such key file", REMEDY);
    }
    byte[] bytes = Files.readAllBytes(file);
    // DER begins with a SEQUENCE, which no text does.
    return bytes.length > 1 && bytes[0] == 0x30 && (bytes[1] & 0x80) != 0
        ? ofStore(bytes, password, alias, place)
        : parse(new String(bytes, StandardCharsets.ISO_8859_1), place);
  }

  /**
   * Reads a key: PEM with PKCS#8 (RFC 5958), or the 32 bytes of an Ed25519 seed in hexadecimal.
   *
   * @param place what to call the place that the text is from
   * @throws InputException if the text is not such a key
   */
  public static SigningKey parse(String text, Position place) {
    String stripped = text.strip();
    if (stripped.matches("[0-9a-fA-F]{64}")) {
      return of(new Ed25519PrivateKeyParameters(HexFormat.of().parseHex(stripped), 0), place);
    }
    Pem pem = Pem.parse(stripped, place, REMEDY);
    switch (pem.label()) {
      case "PRIVATE KEY" -> {
        return ofPkcs8(pem.content(), place);
      }
      case "ENCRYPTED PRIVATE KEY" ->
          throw new InputException(
              place,
              "this key has a passphrase, and this goal cannot ask for it",
              "Put it into a PKCS#12 store, whose password is read from the environment: `openssl"
                  + " pkcs12 -export`.");
      case "PUBLIC KEY", "CERTIFICATE" ->
          throw new InputException(
              place,
              "this is a "
                  + pem.label().toLowerCase(Locale.ROOT)
                  + "; signing needs the private key",
              REMEDY);
      case "EC PRIVATE KEY", "RSA PRIVATE KEY" ->
          throw new InputException(
              place,
              "this key is not in PKCS#8",
              "Convert it with `openssl pkcs8 -topk8 -nocrypt`.");
      default -> throw new InputException(place, "this is not a private key in PEM", REMEDY);
    }
  }

  private static SigningKey ofPkcs8(byte[] content, Position place) {
    AsymmetricKeyParameter secret;
    try {
      secret = PrivateKeyFactory.createKey(content);
    } catch (IOException | RuntimeException e) {
      // Bouncy Castle throws what it comes across. Without the cause, which may show the key.
      throw new InputException(place, "this is not a private key of a known type", REMEDY);
    }
    return of(secret, place);
  }

  private static SigningKey of(AsymmetricKeyParameter secret, Position place) {
    AsymmetricKeyParameter open;
    if (secret instanceof Ed25519PrivateKeyParameters ed25519) {
      open = ed25519.generatePublicKey();
    } else if (secret instanceof ECPrivateKeyParameters ec && isP256(ec.getParameters())) {
      ECDomainParameters domain = p256();
      open =
          new ECPublicKeyParameters(
              new FixedPointCombMultiplier().multiply(domain.getG(), ec.getD()), domain);
    } else {
      throw new InputException(
          place, "this is neither an Ed25519 key nor an ECDSA key on P-256", REMEDY);
    }
    try {
      byte[] encoded =
          SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(open).getEncoded("DER");
      return new SigningKey(secret, VerifyingKey.of(encoded, place));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SigningKey ofStore(
      byte[] bytes, @Nullable String password, @Nullable String alias, Position place) {
    if (password == null) {
      throw new InputException(
          place,
          "this is a PKCS#12 store, and no password is set",
          "Set the environment variable that `passwordVariable` names.");
    }
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(new ByteArrayInputStream(bytes), password.toCharArray());
      List<String> aliases = new ArrayList<>();
      for (String each : Collections.list(store.aliases())) {
        if (store.isKeyEntry(each)) {
          aliases.add(each);
        }
      }
      String chosen = alias == null && aliases.size() == 1 ? aliases.get(0) : alias;
      if (chosen == null || !aliases.contains(chosen)) {
        throw new InputException(
            place,
            aliases.isEmpty()
                ? "the store contains no private key"
                : alias == null
                    ? "the store contains several keys"
                    : "the store has no key " + alias,
            aliases.isEmpty()
                ? "Put the private key into it: `openssl pkcs12 -export -inkey KEY -in CERTIFICATE`."
                : "Name one with `keyAlias`: " + String.join(", ", aliases) + ".");
      }
      Key key = store.getKey(chosen, password.toCharArray());
      return ofPkcs8(key.getEncoded(), place);
    } catch (IOException | GeneralSecurityException e) {
      boolean wrong =
          e instanceof UnrecoverableKeyException
              || e.getCause() instanceof UnrecoverableKeyException;
      throw new InputException(
          place,
          wrong ? "the store's password is wrong" : "this is not a PKCS#12 store",
          wrong
              ? "Set the environment variable that `passwordVariable` names."
              : "Make one with `openssl pkcs12 -export -inkey KEY -in CERTIFICATE`.");
    }
  }

  /** The SubjectPublicKeyInfo of an Ed25519 key's 32 bytes. */
  static byte[] spki(byte[] ed25519) {
    try {
      return SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(
              new Ed25519PublicKeyParameters(ed25519, 0))
          .getEncoded("DER");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static boolean isP256(ECDomainParameters domain) {
    ECDomainParameters p256 = p256();
    return domain.getCurve().equals(p256.getCurve()) && domain.getG().equals(p256.getG());
  }

  private static ECDomainParameters p256() {
    X9ECParameters curve = CustomNamedCurves.getByOID(SECObjectIdentifiers.secp256r1);
    return new ECNamedDomainParameters(SECObjectIdentifiers.secp256r1, curve);
  }

  /**
   * Signs. The same message gives the same signature.
   *
   * @return 64 bytes for Ed25519, DER for ECDSA
   */
  public byte[] sign(byte[] message) {
    if (secret instanceof Ed25519PrivateKeyParameters) {
      Ed25519Signer signer = new Ed25519Signer();
      signer.init(true, secret);
      signer.update(message, 0, message.length);
      return signer.generateSignature();
    }
    ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    signer.init(true, secret);
    BigInteger[] numbers =
        signer.generateSignature(Hash.digest(Hash.Algorithm.SHA256, message).bytes());
    try {
      return StandardDSAEncoding.INSTANCE.encode(p256().getN(), numbers[0], numbers[1]);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Bundle sign(String payloadType, byte[] payload) {
    return Bundle.sign(payloadType, payload, this);
  }

  /** The public key. */
  public VerifyingKey publicKey() {
    return publicKey;
  }

  /** The public key's hint: the rest must not be shown. */
  @Override
  public String toString() {
    return publicKey.hint();
  }
}
