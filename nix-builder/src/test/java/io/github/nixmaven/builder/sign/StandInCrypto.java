package io.github.nixmaven.builder.sign;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Keys, certificates and signatures of a {@link StandInSigstore}. */
final class StandInCrypto {
  private StandInCrypto() {}

  static X509v3CertificateBuilder builder(
      String issuer, X500Name subject, PublicKey key, Duration validity) {
    Instant now = Instant.now();
    return new JcaX509v3CertificateBuilder(
        new X500Name(issuer),
        serial(),
        Date.from(now.minusSeconds(60)),
        Date.from(now.plus(validity)),
        subject,
        key);
  }

  /** A certificate that may sign others where it is its own issuer's and for nothing else. */
  static X509Certificate certificate(
      String subject,
      KeyPair key,
      String issuer,
      KeyPair issuerKey,
      Map<ASN1ObjectIdentifier, ASN1Encodable> extensions)
      throws Exception {
    X509v3CertificateBuilder builder =
        builder(issuer, new X500Name(subject), key.getPublic(), Duration.ofDays(1));
    if (subject.equals(issuer)) {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
    }
    for (var each : extensions.entrySet()) {
      builder.addExtension(
          each.getKey(), each.getKey().equals(Extension.extendedKeyUsage), each.getValue());
    }
    X509CertificateHolder holder =
        builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKey.getPrivate()));
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(holder.getEncoded()));
  }

  static BigInteger serial() {
    return new BigInteger(120, new SecureRandom()).add(BigInteger.ONE);
  }

  static KeyPair p256() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  static byte[] sign(String algorithm, KeyPair key, byte[] message) throws Exception {
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(key.getPrivate());
    signature.update(message);
    return signature.sign();
  }

  static boolean verifies(String algorithm, PublicKey key, byte[] message, byte[] signature)
      throws Exception {
    Signature verifier = Signature.getInstance(algorithm);
    verifier.initVerify(key);
    verifier.update(message);
    return verifier.verify(signature);
  }

  static byte[] sha256(byte[]... parts) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (byte[] part : parts) {
      digest.update(part);
    }
    return digest.digest();
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String text(byte[] certificate) {
    return new String(pem("CERTIFICATE", certificate), StandardCharsets.UTF_8);
  }

  static byte[] pem(String label, byte[] content) {
    return bytes(
        "-----BEGIN %s-----\n%s\n-----END %s-----\n"
            .formatted(label, Base64.getMimeEncoder().encodeToString(content), label));
  }

  static String base64url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
