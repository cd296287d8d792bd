package io.github.nixmaven.builder.sign;

import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Signing without a key to keep, by Sigstore: a certificate authority (Fulcio) gives whom an
 * identity provider vouches for a certificate of some minutes, and a public log (Rekor) keeps what
 * was signed with it. Who verifies names the identity and its provider instead of a key.
 *
 * <p>It is done by the library sigstore-java, which is not among the plugin's own dependencies: it
 * brings gRPC and Protocol Buffers, and few need it. Users who do add it to the plugin in the POM.
 */
public final class Keyless {
  /** The library's release that is tested. */
  static final String LIBRARY_VERSION = "2.0.0";

  /** Where CI servers and Sigstore's other programs put a token. */
  static final String TOKEN = "SIGSTORE_ID_TOKEN";

  private Keyless() {}

  /**
   * Who signs as whom a token of the environment says, or else whom a person at a browser says.
   * Nothing is asked of the network before something is to be signed.
   *
   * @param instance which Sigstore
   * @param environment environment variables by name
   * @param interactive whether somebody may be asked to open a browser
   * @param offline whether the network is not to be used
   * @throws InputException when the library is missing, or there is nobody to ask for a token
   */
  public static BundleSigner signer(
      SigstoreInstance instance,
      Map<String, String> environment,
      boolean interactive,
      boolean offline) {
    requireLibrary();
    if (offline) {
      throw new InputException(
          null,
          "keyless signing needs the network, but Maven is offline",
          "Run without `-o`, or sign with a key.");
    }
    return SigstoreJava.signer(
        instance, environment, interactive && environment.getOrDefault("CI", "").isEmpty());
  }

  /**
   * Trusts one identity.
   *
   * @param trustedRoot Sigstore's trust root; null for that of the public instance, which is
   *     fetched
   * @param identity who must have signed: an e-mail address or a URI, such as that of a workflow
   * @param issuer the address of the identity provider that must have vouched
   * @param offline whether the network is not to be used
   * @throws InputException when the library is missing, or there is no trust root
   * @throws IOException when the trust root cannot be fetched
   */
  public static BundleVerifier verifier(
      @Nullable Path trustedRoot, String identity, String issuer, boolean offline)
      throws IOException {
    requireLibrary();
    if (offline && trustedRoot == null) {
      throw new InputException(
          null,
          "the trust root of Sigstore's public instance must be fetched, but Maven is offline",
          "Name a file with `trustedRoot`, or run without `-o`.");
    }
    return SigstoreJava.verifier(trustedRoot, identity, issuer);
  }

  private static void requireLibrary() {
    try {
      Class.forName("dev.sigstore.KeylessSigner", false, Keyless.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new InputException(
          null,
          "keyless signing needs the library sigstore-java, which this plugin does not include",
          """
          Add it to the plugin in the POM:
              <plugin>
                <groupId>io.github.nixmaven</groupId>
                <artifactId>nix-maven-plugin</artifactId>
                <dependencies>
                  <dependency>
                    <groupId>dev.sigstore</groupId>
                    <artifactId>sigstore-java</artifactId>
                    <version>%s</version>
                  </dependency>
                </dependencies>
              </plugin>"""
              .formatted(LIBRARY_VERSION),
          e);
    }
  }
}
