package io.github.nixmaven.builder.sign;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1UTF8String;

/** What a certificate of Sigstore's authority says (Fulcio's specification of certificates). */
final class FulcioCertificate {
  /** Who vouched for the identity: a UTF8String in DER. */
  private static final String ISSUER = "1.3.6.1.4.1.57264.1.8";

  private FulcioCertificate() {}

  /**
   * Whose certificate it is, as {@code IDENTITY (ISSUER)}, for a person to read. Nothing of it is
   * verified.
   *
   * @param der in base-64
   */
  static String describe(String der) {
    try {
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(Base64.getDecoder().decode(der)));
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      byte[] issuer = certificate.getExtensionValue(ISSUER);
      if (names != null && names.size() == 1 && issuer != null) {
        return printable(
            names.iterator().next().get(1)
                + " ("
                + ASN1UTF8String.getInstance(ASN1OctetString.getInstance(issuer).getOctets())
                + ")");
      }
    } catch (CertificateException | IllegalArgumentException e) {
      return "somebody whose certificate cannot be read";
    }
    return "somebody whose certificate is not from Sigstore";
  }

  /** As one line that has a terminal do nothing, since what nobody verified could. */
  static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ");
  }
}
