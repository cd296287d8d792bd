package io.github.nixmaven.builder.sign;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sigstore.KeylessSigner;
import dev.sigstore.KeylessSignerException;
import dev.sigstore.KeylessVerificationException;
import dev.sigstore.KeylessVerifier;
import dev.sigstore.SigningConfigProvider;
import dev.sigstore.TrustedRootProvider;
import dev.sigstore.VerificationOptions;
import dev.sigstore.VerificationOptions.CertificateMatcher;
import dev.sigstore.bundle.BundleParseException;
import dev.sigstore.encryption.certificates.Certificates;
import dev.sigstore.oidc.client.GithubActionsOidcClient;
import dev.sigstore.oidc.client.ImmutableOidcToken;
import dev.sigstore.oidc.client.OidcClient;
import dev.sigstore.oidc.client.OidcClients;
import dev.sigstore.oidc.client.OidcException;
import dev.sigstore.oidc.client.OidcToken;
import dev.sigstore.oidc.client.WebOidcClient;
import dev.sigstore.strings.StringMatcher;
import dev.sigstore.trustroot.Service;
import dev.sigstore.trustroot.SigstoreConfigurationException;
import dev.sigstore.trustroot.SigstoreSigningConfig;
import dev.sigstore.trustroot.SigstoreTrustedRoot;
import dev.sigstore.tuf.SigstoreTufClient;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.Position;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * All that knows sigstore-java, which need not be there: {@link Keyless} asks for it first.
 *
 * <p>A log of version 2 takes the digest of what is signed, and for an envelope that is DSSE's
 * encoding of it (Rekor v2 specification, section 6.1.4). To the library it is therefore a message
 * like any other: its own way for envelopes is that of a kind of entry which logs no longer take.
 */
final class SigstoreJava {
  /** The public instance's services with a log of version 2, a target of its TUF repository. */
  private static final String PUBLIC_CONFIG = "signing_config_rekor_v2.v0.2.json";

  /** How a token looks (RFC 7519): two objects of JSON and a signature. */
  private static final Pattern TOKEN = Pattern.compile("eyJ[\\w-]*\\.[\\w-]*\\.[\\w-]*");

  private static final ObjectMapper JSON = new ObjectMapper();

  private SigstoreJava() {}

  static BundleSigner signer(
      SigstoreInstance instance, Map<String, String> environment, boolean interactive) {
    return new Signer(instance, identity(environment, interactive));
  }

  static BundleVerifier verifier(@Nullable Path trustedRoot, String identity, String issuer)
      throws IOException {
    KeylessVerifier verifier = verifier(trustedRoot);
    return bundle -> problems(bundle, verifier, identity, issuer);
  }

  /** Signs, with one certificate as long as that is valid. */
  private static final class Signer implements BundleSigner {
    private final SigstoreInstance instance;
    private final @Nullable OidcClient identity;
    private @Nullable KeylessSigner signer;

    Signer(SigstoreInstance instance, @Nullable OidcClient identity) {
      this.instance = instance;
      this.identity = identity;
    }

    @Override
    public Bundle sign(String payloadType, byte[] payload) throws IOException {
      byte[] digest = Bundle.digest(payloadType, payload);
      try {
        if (signer == null) {
          signer = open();
        }
        return Bundle.ofMessage(payloadType, payload, signer.sign(digest).toJson());
      } catch (InputException e) {
        throw e;
      } catch (IOException
          | GeneralSecurityException
          | KeylessSignerException
          | SigstoreConfigurationException
          | RuntimeException e) {
        // Without the cause, whose message may show a token; gRPC's faults are unchecked.
        throw new IOException("keyless signing failed: " + describe(e));
      }
    }

    private KeylessSigner open()
        throws IOException, GeneralSecurityException, SigstoreConfigurationException {
      SigstoreTrustedRoot root;
      SigstoreSigningConfig config;
      if (instance.signingConfig() != null && instance.trustedRoot() != null) {
        root = trustedRoot(instance.trustedRoot());
        config = signingConfig(instance.signingConfig());
      } else {
        Path cache =
            Files.createDirectories(
                Path.of(System.getProperty("user.home"), ".sigstore-java", "root"));
        SigstoreTufClient repository =
            SigstoreTufClient.builder().usePublicGoodInstance().tufCacheLocation(cache).build();
        repository.update();
        root = repository.getSigstoreTrustedRoot();
        config = signingConfig(cache.resolve("targets").resolve(PUBLIC_CONFIG));
      }
      return KeylessSigner.builder()
          .sigstorePublicDefaults()
          .trustedRootProvider(() -> root)
          .signingConfigProvider(() -> config)
          .enableRekorV2(true)
          .forceCredentialProviders(OidcClients.of(identity == null ? person(config) : identity))
          .build();
    }
  }

  private static SigstoreSigningConfig signingConfig(Path file) {
    try {
      SigstoreSigningConfig config = SigningConfigProvider.from(file).get();
      if (Service.select(config.getTLogs(), List.of(2)).isEmpty()) {
        throw new InputException(
            Position.of(file),
            "this lists no active log of version 2, and older logs do not accept the envelopes that"
                + " this goal writes",
            "Add one to `rekorTlogUrls`, with `majorApiVersion` 2.");
      }
      return config;
    } catch (SigstoreConfigurationException e) {
      throw new InputException(
          Position.of(file),
          "this is not a Sigstore SigningConfig 0.2: " + describe(e),
          "Write one with `cosign signing-config create`.");
    }
  }

  private static SigstoreTrustedRoot trustedRoot(Path file) {
    try {
      return TrustedRootProvider.from(file).get();
    } catch (SigstoreConfigurationException e) {
      throw new InputException(
          Position.of(file),
          "this is not a Sigstore TrustedRoot 0.1: " + describe(e),
          "Write one with `cosign trusted-root create`.");
    }
  }

  /** A person at a browser, who logs in at the instance's own identity provider. */
  private static OidcClient person(SigstoreSigningConfig config)
      throws SigstoreConfigurationException {
    Service provider =
        Service.select(config.getOidcProviders(), List.of(1))
            .orElseThrow(
                () -> new SigstoreConfigurationException("no identity provider is configured"));
    WebOidcClient browser = WebOidcClient.builder().setIssuer(provider).build();
    return new Known(() -> browser.getIDToken(Map.of()));
  }

  /** Who vouches for the identity; null for a person at a browser. */
  private static @Nullable OidcClient identity(
      Map<String, String> environment, boolean interactive) {
    String token = environment.getOrDefault(Keyless.TOKEN, "").strip();
    if (!token.isEmpty()) {
      OidcToken parsed = parse(token);
      return new Known(() -> parsed);
    }
    GithubActionsOidcClient github = GithubActionsOidcClient.builder().build();
    if (github.isEnabled(environment)) {
      return new Known(() -> github.getIDToken(environment));
    }
    if (!interactive) {
      throw new InputException(
          null,
          "there is no token that identifies the signer, and no browser can be opened to get one",
          "Let the CI server put one for the audience `sigstore` into "
              + Keyless.TOKEN
              + "; in GitHub Actions the job needs `permissions: id-token: write`. A browser is opened"
              + " only on a terminal, not in batch mode and not if the variable CI is set.");
    }
    return null;
  }

  /**
   * Reads what a token says of itself. It means the e-mail address if there is one, else its
   * subject; whether it is true is for the certificate authority to judge.
   */
  private static OidcToken parse(String token) {
    String[] parts = token.split("\\.", -1);
    JsonNode claims = JSON.missingNode();
    if (parts.length == 3) {
      try {
        claims = JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
      } catch (IOException | IllegalArgumentException e) {
        // Said below, without the cause, which may show the token.
        claims = JSON.missingNode();
      }
    }
    String subject = claims.path("email").asText(claims.path("sub").asText());
    if (subject.isEmpty() || !claims.path("iss").isTextual()) {
      throw new InputException(
          new Position("environment variable " + Keyless.TOKEN, 0, 0),
          "this is not an OpenID Connect token, which is a JWT with `iss` and `email` or `sub`",
          "Let the CI server put its token for the audience `sigstore` there.");
    }
    return ImmutableOidcToken.builder()
        .idToken(token)
        .issuer(claims.path("iss").asText())
        .subjectAlternativeName(subject)
        .build();
  }

  /** Where a token is got from. */
  @FunctionalInterface
  private interface TokenSource {
    OidcToken get() throws OidcException;
  }

  /** A source of tokens that was found to be there. */
  private record Known(TokenSource source) implements OidcClient {
    @Override
    public boolean isEnabled(Map<String, String> processEnvironment) {
      return true;
    }

    @Override
    public OidcToken getIDToken(Map<String, String> processEnvironment) throws OidcException {
      return source.get();
    }
  }

  private static List<String> problems(
      Bundle bundle, KeylessVerifier verifier, String identity, String issuer) throws IOException {
    if (!bundle.isKeyless()) {
      return List.of("this is signed with " + bundle.signer() + ", not keyless");
    }
    CertificateMatcher trusted =
        CertificateMatcher.fulcio()
            .subjectAlternativeName(StringMatcher.string(identity))
            .issuer(StringMatcher.string(issuer))
            .build();
    try {
      String kind = bundle.logEntryKind();
      if (!kind.equals("hashedrekord")) {
        return List.of(
            "its entry in the log has the kind `"
                + FulcioCertificate.printable(kind)
                + "`, which nix:attest does not write; `cosign verify-blob-attestation` may know it");
      }
      if (!bundle.hasTimestamp()) {
        // Without one sigstore-java 2.0.0 lets a certificate count after its time.
        return List.of("no time stamp shows that it was signed while the certificate was valid");
      }
      dev.sigstore.bundle.Bundle message =
          dev.sigstore.bundle.Bundle.from(new StringReader(bundle.ofMessage()));
      verifier.verify(bundle.digest(), message, VerificationOptions.empty());
      if (!trusted.test(Certificates.getLeaf(message.getCertPath()))) {
        return List.of(
            "this is signed by " + bundle.signer() + ", not by " + identity + " (" + issuer + ")");
      }
      return List.of();
    } catch (JsonProcessingException
        | BundleParseException
        | KeylessVerificationException
        | RuntimeException e) {
      // Unchecked faults, too: what is read is somebody else's.
      return List.of("the signature cannot be verified: " + describe(e));
    }
  }

  private static KeylessVerifier verifier(@Nullable Path trustedRoot) throws IOException {
    KeylessVerifier.Builder builder = KeylessVerifier.builder().sigstorePublicDefaults();
    if (trustedRoot != null) {
      SigstoreTrustedRoot root = trustedRoot(trustedRoot);
      builder.trustedRootProvider(() -> root);
    }
    try {
      return builder.build();
    } catch (GeneralSecurityException | SigstoreConfigurationException e) {
      throw new IOException("Sigstore's trust root cannot be used: " + describe(e), e);
    }
  }

  /** The messages of an error and its causes, once each, without tokens. */
  private static String describe(Throwable fault) {
    Set<String> messages = new LinkedHashSet<>();
    for (Throwable each = fault; each != null; each = each.getCause()) {
      String message = each.getMessage();
      messages.add(message == null ? each.getClass().getSimpleName() : message.strip());
    }
    return FulcioCertificate.printable(
        TOKEN.matcher(String.join(": ", messages)).replaceAll("(token)"));
  }
}
