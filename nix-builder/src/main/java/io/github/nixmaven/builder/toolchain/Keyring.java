package io.github.nixmaven.builder.toolchain;

import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.Position;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.bouncycastle.bcpg.ArmoredInputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPObjectFactory;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRingCollection;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.operator.bc.BcKeyFingerprintCalculator;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;
import org.jspecify.annotations.Nullable;

/** The keys that may sign a suite's index. */
final class Keyring {
  private static final String TRIXIE = "debian-archive-trixie.gpg";

  private static final Set<Integer> SOUND_DIGESTS =
      Set.of(HashAlgorithmTags.SHA256, HashAlgorithmTags.SHA384, HashAlgorithmTags.SHA512);

  private final String name;
  private final PGPPublicKeyRingCollection keys;

  private Keyring(String name, PGPPublicKeyRingCollection keys) {
    this.name = name;
    this.keys = keys;
  }

  /** Reads a keyring, binary or armoured, or takes the archive keys of Debian 13 for null. */
  static Keyring read(@Nullable Path file) throws IOException {
    if (file == null) {
      InputStream resource = Keyring.class.getResourceAsStream(TRIXIE);
      if (resource == null) {
        throw new IllegalStateException(TRIXIE + " is not in the jar");
      }
      try (resource) {
        return new Keyring("the archive keys of Debian 13", parse(resource));
      } catch (PGPException e) {
        throw new IllegalStateException(e);
      }
    }
    try (InputStream in = Files.newInputStream(file)) {
      PGPPublicKeyRingCollection keys = parse(in);
      if (keys.size() > 0) {
        return new Keyring(file.toString(), keys);
      }
    } catch (PGPException e) {
      throw notAKeyring(file, e);
    } catch (IOException e) {
      if (Files.isReadable(file)) {
        throw notAKeyring(file, e);
      }
      throw new InputException(
          Position.of(file),
          "the keyring cannot be read",
          "Give a file with the archive's public keys.",
          e);
    }
    throw notAKeyring(file, null);
  }

  private static InputException notAKeyring(Path file, @Nullable Exception cause) {
    return new InputException(
        Position.of(file),
        "not a file of OpenPGP public keys",
        "Give a keyring as `gpg --export` writes it.",
        cause);
  }

  private static PGPPublicKeyRingCollection parse(InputStream in) throws IOException, PGPException {
    return new PGPPublicKeyRingCollection(
        PGPUtil.getDecoderStream(in), new BcKeyFingerprintCalculator());
  }

  /**
   * The text of a clear-signed message (RFC 9580, section 7), when one of the keys has signed it.
   * Signatures by other keys do not count, but one wrong signature spoils the message.
   *
   * @param source where the message came from, for the error
   * @throws InputException when the signature is absent, wrong, by nobody we trust, or weak
   */
  String verify(String source, byte[] message, Instant now) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream(message.length);
    PGPSignatureList signatures;
    try (ArmoredInputStream in = new ArmoredInputStream(new ByteArrayInputStream(message))) {
      if (!in.isClearText()) {
        throw rejected(source, "is not signed", null);
      }
      for (int c = in.read(); c >= 0 && in.isClearText(); c = in.read()) {
        text.write(c);
      }
      Object object = new PGPObjectFactory(in, new BcKeyFingerprintCalculator()).nextObject();
      if (!(object instanceof PGPSignatureList list)) {
        throw rejected(source, "has no signature at its end", null);
      }
      signatures = list;
    } catch (IOException e) {
      throw rejected(source, "is not signed", e);
    }
    // Parsed as it was signed, so that nothing unsigned is ever read.
    String signed = canonical(text.toString(StandardCharsets.UTF_8));
    byte[] bytes = signed.getBytes(StandardCharsets.UTF_8);
    List<String> strangers = new ArrayList<>();
    boolean good = false;
    for (PGPSignature signature : signatures) {
      PGPPublicKey key = keys.getPublicKey(signature.getKeyID());
      if (key == null) {
        strangers.add(hex(signature.getKeyID()));
        continue;
      }
      good = true;
      checkKey(source, key, now);
      if (!SOUND_DIGESTS.contains(signature.getHashAlgorithm())) {
        throw rejected(source, "is signed with a weak digest algorithm", null);
      }
      if (!isSignatureOf(bytes, signature, key)) {
        throw rejected(
            source,
            "has an invalid signature by key "
                + hex(key.getKeyID())
                + ": it was changed in transit",
            null);
      }
    }
    if (!good) {
      throw new InputException(
          null,
          source
              + " is signed by "
              + String.join(", ", strangers)
              + ", none of which is in "
              + name,
          "Give the suite's keyring, such as one in /usr/share/keyrings on Debian.");
    }
    return signed;
  }

  /** Trailing blanks are not signed, nor is the last line's end. */
  private static String canonical(String text) {
    StringBuilder canonical = new StringBuilder(text.length());
    text.lines().forEach(line -> canonical.append(stripBlanks(line)).append("\r\n"));
    canonical.setLength(Math.max(0, canonical.length() - 2));
    return canonical.toString();
  }

  private static String stripBlanks(String line) {
    int end = line.length();
    while (end > 0 && (line.charAt(end - 1) == ' ' || line.charAt(end - 1) == '\t')) {
      end--;
    }
    return line.substring(0, end);
  }

  private static boolean isSignatureOf(byte[] text, PGPSignature signature, PGPPublicKey key) {
    int type = signature.getSignatureType();
    if (type != PGPSignature.CANONICAL_TEXT_DOCUMENT && type != PGPSignature.BINARY_DOCUMENT) {
      return false;
    }
    try {
      signature.init(new BcPGPContentVerifierBuilderProvider(), key);
      signature.update(text);
      return signature.verify();
    } catch (PGPException e) {
      return false;
    }
  }

  private void checkKey(String source, PGPPublicKey key, Instant now) {
    long seconds = key.getValidSeconds();
    if (key.hasRevocation()) {
      throw rejected(source, "is signed with the revoked key " + hex(key.getKeyID()), null);
    }
    if (seconds > 0 && key.getCreationTime().toInstant().plusSeconds(seconds).isBefore(now)) {
      throw new InputException(
          null,
          source
              + " is signed with key "
              + hex(key.getKeyID())
              + " of "
              + name
              + ", which has expired",
          "Give a newer keyring of the suite's archive.");
    }
  }

  private static InputException rejected(String source, String problem, @Nullable Exception cause) {
    return new InputException(
        null,
        source + " " + problem,
        "Try again or use another mirror. If the error stays, somebody between you and Debian"
            + " changes files.",
        cause);
  }

  private static String hex(long keyId) {
    return String.format(Locale.ROOT, "%016X", keyId);
  }
}
