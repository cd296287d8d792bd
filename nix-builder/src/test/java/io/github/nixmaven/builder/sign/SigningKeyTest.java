package io.github.nixmaven.builder.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.Position;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A private key")
class SigningKeyTest {
  private static final Position PLACE = new Position("key", 0, 0);
  private static final byte[] MESSAGE = "a message".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;

  private List<Path> keys() throws Exception {
    return List.of(TestKeys.ed25519(folder, "ed25519"), TestKeys.p256(folder, "p256"));
  }

  @Test
  @DisplayName(
      "signs what openssl verifies with the public key that openssl derives, the same each time")
  void openssl() throws Exception {
    for (Path file : keys()) {
      SigningKey key = SigningKey.read(file, null, null);
      Path pub = TestKeys.publicKey(file);
      assertThat(key.publicKey().pem()).isEqualTo(Files.readString(pub));
      byte[] signature = key.sign(MESSAGE);
      assertThat(key.sign(MESSAGE)).isEqualTo(signature);

      Path message = Files.write(folder.resolve("message"), MESSAGE);
      Path signed = Files.write(folder.resolve("signature"), signature);
      TestKeys.openssl(verify(file, pub, signed, message));
      signature[signature.length - 1] ^= 1;
      Files.write(signed, signature);
      List<String> line = new ArrayList<>(List.of("openssl"));
      Arrays.stream(verify(file, pub, signed, message)).forEach(a -> line.add(a.toString()));
      assertThat(Judges.run(line).accepted()).isFalse();
    }
  }

  private static Object[] verify(Path key, Path pub, Path signature, Path message) {
    return key.endsWith("p256.pem")
        ? new Object[] {"dgst", "-sha256", "-verify", pub, "-signature", signature, message}
        : new Object[] {
          "pkeyutl",
          "-verify",
          "-pubin",
          "-inkey",
          pub,
          "-rawin",
          "-sigfile",
          signature,
          "-in",
          message
        };
  }

  @Test
  @DisplayName("of ECDSA signs as RFC 6979 says, appendix A.2.5")
  void deterministic() throws Exception {
    Path der = folder.resolve("rfc6979.der");
    Files.write(
        der,
        HexFormat.of()
            .parseHex(
                "30310201010420"
                    + "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721"
                    + "a00a06082a8648ce3d030107"));
    Path pem = folder.resolve("rfc6979.pem");
    TestKeys.openssl("pkcs8", "-topk8", "-nocrypt", "-inform", "DER", "-in", der, "-out", pem);

    assertThat(
            HexFormat.of()
                .formatHex(
                    SigningKey.read(pem, null, null)
                        .sign("sample".getBytes(StandardCharsets.UTF_8))))
        .isEqualTo(
            "3046022100efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
                + "022100f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8");
  }

  @Test
  @DisplayName(
      "of Ed25519 may be given as 32 bytes in hexadecimal, as the public one: RFC 8032, test 1")
  void hexadecimal() {
    SigningKey key =
        SigningKey.parse(
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60\n", PLACE);
    String publicKey = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

    assertThat(key.publicKey().hex()).isEqualTo(publicKey);
    assertThat(HexFormat.of().formatHex(key.sign(new byte[0])))
        .startsWith("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155");
    assertThat(VerifyingKey.parse(publicKey, PLACE).verifies(new byte[0], key.sign(new byte[0])))
        .isTrue();
    assertThat(VerifyingKey.parse(publicKey, PLACE).verifies(MESSAGE, key.sign(new byte[0])))
        .isFalse();
    assertThat(VerifyingKey.parse(publicKey, PLACE).verifies(MESSAGE, MESSAGE)).isFalse();
  }

  @Test
  @DisplayName("comes out of a PKCS#12 store that openssl made, by its password")
  void store() throws Exception {
    for (Path file : keys()) {
      Path certificate = folder.resolve("certificate.pem");
      TestKeys.openssl(
          "req", "-x509", "-key", file, "-subj", "/CN=test", "-days", "1", "-out", certificate);
      Path store = folder.resolve(file.getFileName() + ".p12");
      TestKeys.openssl(
          "pkcs12",
          "-export",
          "-inkey",
          file,
          "-in",
          certificate,
          "-name",
          "release",
          "-passout",
          "pass:secret-word",
          "-out",
          store);

      SigningKey key = SigningKey.read(store, "secret-word", null);
      assertThat(key.sign(MESSAGE)).isEqualTo(SigningKey.read(file, null, null).sign(MESSAGE));
      refused(() -> SigningKey.read(store, "other-word", null), "password is wrong", "other-word");
      refused(() -> SigningKey.read(store, null, null), "no password is set", "secret-word");
      refused(
          () -> SigningKey.read(store, "secret-word", "nightly"), "no key nightly", "secret-word");
      assertThat(
              SigningKey.find(store, "release", Map.of("P", "secret-word"), "K", "P").sign(MESSAGE))
          .isEqualTo(key.sign(MESSAGE));
    }
  }

  @Test
  @DisplayName(
      "of another kind or with a passphrase is refused by one error, that shows nothing of it")
  void refusals() throws Exception {
    Path ed25519 = TestKeys.ed25519(folder, "good");
    String base64 = Files.readString(ed25519).lines().toList().get(1);
    Path rsa = folder.resolve("rsa.pem");
    TestKeys.openssl(
        "genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", rsa);
    Path p384 = folder.resolve("p384.pem");
    TestKeys.openssl(
        "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384", "-out", p384);
    Path locked = folder.resolve("locked.pem");
    TestKeys.openssl(
        "pkey", "-in", ed25519, "-aes256", "-passout", "pass:secret-word", "-out", locked);
    Path sec1 = folder.resolve("sec1.pem");
    TestKeys.openssl("ec", "-in", TestKeys.p256(folder, "p256"), "-out", sec1);
    Path cut =
        Files.writeString(
            folder.resolve("cut.pem"),
            Files.readString(ed25519).replace(base64, base64.substring(0, 40)));
    Path torn =
        Files.writeString(
            folder.resolve("torn.pem"),
            Files.readString(ed25519).replace(base64, base64.substring(0, 40) + "*"));

    for (Path each : List.of(rsa, p384)) {
      refused(() -> SigningKey.read(each, null, null), "neither an Ed25519 key nor", secret(each));
    }
    refused(() -> SigningKey.read(locked, null, null), "has a passphrase", secret(locked));
    refused(() -> SigningKey.read(sec1, null, null), "not in PKCS#8", secret(sec1));
    refused(() -> SigningKey.read(TestKeys.publicKey(ed25519), null, null), "public key", base64);
    refused(
        () -> SigningKey.read(cut, null, null),
        "not a private key of a known type",
        base64.substring(0, 20));
    refused(() -> SigningKey.read(torn, null, null), "not base-64", base64.substring(0, 20));
    refused(() -> SigningKey.parse(base64, PLACE), "not a key in PEM", base64.substring(0, 20));
    refused(() -> SigningKey.read(folder.resolve("none"), null, null), "no such key file", base64);
    refused(
        () -> SigningKey.find(null, null, Map.of(), "K", "P"), "environment variable K", base64);
    refused(() -> VerifyingKey.read(ed25519), "a private key, not a public key", base64);
    refused(() -> VerifyingKey.read(TestKeys.publicKey(rsa)), "neither an Ed25519 key nor", base64);
    assertThat(SigningKey.read(ed25519, null, null).toString()).doesNotContain(base64);
  }

  private static String secret(Path key) throws Exception {
    return Files.readString(key).lines().toList().get(2).substring(0, 20);
  }

  /** One error for the user; in its whole stack trace nothing of the secret. */
  private static void refused(ThrowingCallable action, String problem, String secret) {
    assertThatThrownBy(action)
        .isInstanceOf(InputException.class)
        .hasMessageContaining(problem)
        .satisfies(
            e -> {
              StringWriter trace = new StringWriter();
              e.printStackTrace(new PrintWriter(trace));
              assertThat(trace.toString()).doesNotContain(secret);
              byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
              assertThat(trace.toString())
                  .doesNotContain(Base64.getEncoder().encodeToString(bytes));
            });
  }
}
