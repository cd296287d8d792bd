package io.github.nixmaven.builder.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.nixmaven.generator.text.InputException;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Signing without a key, with a stand-in for Sigstore's servers on loopback")
class KeylessTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String EMAIL = "release@example.org";

  /** Not in ASCII alone: DSSE counts bytes. */
  private static final byte[] STATEMENT =
      "{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":[{\"name\":\"é\"}]}"
          .getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;
  private StandInSigstore sigstore;

  @BeforeEach
  void start() throws Exception {
    sigstore = new StandInSigstore(folder.resolve("sigstore"));
  }

  @AfterEach
  void stop() {
    sigstore.close();
  }

  private BundleSigner signer(Map<String, String> environment) {
    return Keyless.signer(sigstore.instance(), environment, false, false);
  }

  private Bundle signed() throws Exception {
    Bundle bundle =
        signer(Map.of("SIGSTORE_ID_TOKEN", sigstore.tokenOf(EMAIL)))
            .sign(Bundle.IN_TOTO, STATEMENT);
    return written(bundle.json());
  }

  private Bundle written(byte[] json) throws Exception {
    return Bundle.read(Files.write(folder.resolve("bundle.json"), json));
  }

  private List<String> problems(Bundle bundle, String identity, String issuer) throws Exception {
    return Keyless.verifier(sigstore.trustedRootFile(), identity, issuer, true).problems(bundle);
  }

  private Judges.Verdict judge(String identity, String issuer) throws Exception {
    return Judges.node(
        "verify-keyless.mjs",
        folder.resolve("bundle.json"),
        sigstore.trustedRootFile(),
        identity,
        issuer);
  }

  @Test
  @DisplayName("is verified by us and by Sigstore's library for JavaScript, as this identity alone")
  void identity() throws Exception {
    Bundle bundle = signed();

    assertThat(bundle.isKeyless()).isTrue();
    assertThat(bundle.payload()).isEqualTo(STATEMENT);
    assertThat(bundle.signer()).isEqualTo(EMAIL + " (" + StandInSigstore.ISSUER + ")");
    assertThat(problems(bundle, EMAIL, StandInSigstore.ISSUER)).isEmpty();
    assertThat(judge(EMAIL, StandInSigstore.ISSUER).output()).isEqualTo("verified " + EMAIL);

    assertThat(problems(bundle, "other@example.org", StandInSigstore.ISSUER))
        .containsExactly(
            "this is signed by release@example.org (https://issuer.example.org), not by"
                + " other@example.org (https://issuer.example.org)");
    assertThat(problems(bundle, EMAIL, "https://elsewhere.example.org"))
        .singleElement()
        .asString()
        .contains("not by release@example.org (https://elsewhere.example.org)");
    assertThat(judge("other@example.org", StandInSigstore.ISSUER).accepted()).isFalse();
  }

  @Test
  @DisplayName("holds for nothing that was changed, and under no other trust root")
  void changed() throws Exception {
    Bundle bundle = signed();
    ObjectNode root = (ObjectNode) JSON.readTree(bundle.json());
    ObjectNode envelope = (ObjectNode) root.path("dsseEnvelope");
    ObjectNode entry = (ObjectNode) root.path("verificationMaterial").path("tlogEntries").path(0);

    byte[] payload = STATEMENT.clone();
    payload[3] ^= 1;
    assertRefused(root, envelope, "payload", payload, "inconsistent|does not match|not valid");
    byte[] signature = envelope.path("signatures").path(0).path("sig").binaryValue();
    signature[signature.length - 1] ^= 1;
    assertRefused(
        root, (ObjectNode) envelope.path("signatures").path(0), "sig", signature, "not valid");
    byte[] hash = entry.path("inclusionProof").path("hashes").path(0).binaryValue();
    hash[0] ^= 1;
    assertRefused(
        root,
        (ObjectNode) entry.path("inclusionProof"),
        "hashes",
        List.of(hash),
        "could not be verified");

    ObjectNode bare = root.deepCopy();
    ((ObjectNode) bare.path("verificationMaterial")).remove("timestampVerificationData");
    assertThat(problems(written(JSON.writeValueAsBytes(bare)), EMAIL, StandInSigstore.ISSUER))
        .containsExactly("no time stamp shows that it was signed while the certificate was valid");
    ObjectNode attested = root.deepCopy();
    ((ObjectNode) attested.path("verificationMaterial").path("tlogEntries").path(0))
        .put("canonicalizedBody", "{\"kind\":\"dsse\\u001b\"}".getBytes(StandardCharsets.UTF_8));
    assertThat(problems(written(JSON.writeValueAsBytes(attested)), EMAIL, StandInSigstore.ISSUER))
        .singleElement()
        .asString()
        .startsWith("its entry in the log has the kind `dsse `")
        .contains("cosign verify-blob-attestation");
    ObjectNode unlogged = root.deepCopy();
    ((ObjectNode) unlogged.path("verificationMaterial")).putArray("tlogEntries");
    assertThat(problems(written(JSON.writeValueAsBytes(unlogged)), EMAIL, StandInSigstore.ISSUER))
        .isNotEmpty();

    try (StandInSigstore other = new StandInSigstore(folder.resolve("other"))) {
      assertThat(
              Keyless.verifier(other.trustedRootFile(), EMAIL, StandInSigstore.ISSUER, false)
                  .problems(bundle))
          .singleElement()
          .asString()
          .startsWith("the signature cannot be verified: Fulcio certificate was not valid");
    }
  }

  private void assertRefused(
      ObjectNode root, ObjectNode parent, String field, Object value, String why) throws Exception {
    var before = parent.get(field).deepCopy();
    parent.set(field, JSON.valueToTree(value));
    assertThat(problems(written(JSON.writeValueAsBytes(root)), EMAIL, StandInSigstore.ISSUER))
        .singleElement()
        .asString()
        .containsPattern(why);
    assertThat(judge(EMAIL, StandInSigstore.ISSUER).accepted()).isFalse();
    parent.set(field, before);
  }

  @Test
  @DisplayName("counts for nothing after the certificate's time")
  void late() throws Exception {
    sigstore.fast = Duration.ofMinutes(11);
    Bundle bundle = signed();

    assertThat(problems(bundle, EMAIL, StandInSigstore.ISSUER))
        .singleElement()
        .asString()
        .contains("timestamp verification failed");
  }

  @Test
  @DisplayName(
      "takes the token of a job of GitHub Actions, and signs several statements in its name")
  void github() throws Exception {
    BundleSigner signer = signer(sigstore.github());
    String workflow = "https://ci.example.org/release.yml@refs/heads/main";

    for (int i = 0; i < 3; i++) {
      Bundle bundle = written(signer.sign(Bundle.IN_TOTO, STATEMENT).json());
      assertThat(problems(bundle, workflow, StandInSigstore.ISSUER)).isEmpty();
      assertThat(judge(workflow, StandInSigstore.ISSUER).output())
          .isEqualTo("verified " + workflow);
    }
  }

  @Test
  @DisplayName("sends a person to the instance's own identity provider, and signs as whom it knows")
  void person() throws Exception {
    PrintStream out = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    // Or the machine's own browser would show up.
    System.setProperty("java.awt.headless", "true");
    CompletableFuture<Bundle> signing = new CompletableFuture<>();
    try {
      BundleSigner signer = Keyless.signer(sigstore.instance(), Map.of(), true, false);
      new Thread(
              () -> {
                try {
                  signing.complete(signer.sign(Bundle.IN_TOTO, STATEMENT));
                } catch (IOException e) {
                  signing.completeExceptionally(e);
                }
              })
          .start();
      Pattern address = Pattern.compile("http://\\S+/oidc/auth\\S+");
      Matcher found = address.matcher("");
      while (!signing.isDone() && !found.find()) {
        Thread.sleep(50);
        found = address.matcher(printed.toString(StandardCharsets.UTF_8));
      }
      if (!signing.isDone()) {
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.ALWAYS)
            .build()
            .send(
                HttpRequest.newBuilder(URI.create(found.group())).build(),
                HttpResponse.BodyHandlers.discarding());
      }
      assertThat(problems(signing.get(), StandInSigstore.PERSON, sigstore.issuer())).isEmpty();
    } finally {
      System.setOut(out);
    }
  }

  @Test
  @DisplayName(
      "asks for a token where nobody can be asked, and never for a browser where CI is set")
  void noToken() {
    for (Map<String, String> environment :
        List.of(Map.<String, String>of(), Map.of("CI", "true"), Map.of("SIGSTORE_ID_TOKEN", " "))) {
      assertThatThrownBy(
              () ->
                  Keyless.signer(
                      sigstore.instance(), environment, environment.containsKey("CI"), false))
          .isInstanceOf(InputException.class)
          .hasMessageContaining(
              "there is no token that identifies the signer, and no browser can be opened to get one")
          .hasMessageContaining("SIGSTORE_ID_TOKEN")
          .hasMessageContaining("id-token: write");
    }
  }

  @Test
  @DisplayName(
      "shows a token in no message and no log, at the level that Maven leaves the JDK's at")
  void secrets() throws Exception {
    List<String> logged = new ArrayList<>();
    Handler handler = new Records(logged);
    Logger root = Logger.getLogger("");
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    root.addHandler(handler);
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    System.setErr(System.out);
    String known = sigstore.tokenOf(EMAIL);
    String unknown = known.substring(0, known.length() - 20) + "AAAAAAAAAAAAAAAAAAAA";
    try {
      assertThatThrownBy(
              () -> signer(Map.of("SIGSTORE_ID_TOKEN", unknown)).sign(Bundle.IN_TOTO, STATEMENT))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("UNAUTHENTICATED")
          .hasMessageContaining("nobody here issued (token)")
          .hasNoCause();
      assertThatThrownBy(() -> signer(Map.of("SIGSTORE_ID_TOKEN", known + ".x")))
          .isInstanceOf(InputException.class)
          .hasMessageContaining(
              "environment variable SIGSTORE_ID_TOKEN: this is not an OpenID Connect token")
          .hasNoCause();
      signer(Map.of("SIGSTORE_ID_TOKEN", known)).sign(Bundle.IN_TOTO, STATEMENT);
      signer(sigstore.github()).sign(Bundle.IN_TOTO, STATEMENT);
    } finally {
      System.setOut(out);
      System.setErr(err);
      root.removeHandler(handler);
    }
    assertThat(String.join("\n", logged) + printed.toString(StandardCharsets.UTF_8))
        .doesNotContain(
            known.substring(known.lastIndexOf('.')),
            "AAAAAAAAAAAAAAAAAAAA",
            StandInSigstore.REQUEST_TOKEN);
  }

  /** What the library writes into the JDK's log. */
  private static final class Records extends Handler {
    private final List<String> lines;

    Records(List<String> lines) {
      this.lines = lines;
    }

    @Override
    public synchronized void publish(LogRecord entry) {
      lines.add(new SimpleFormatter().format(entry));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @Test
  @DisplayName(
      "is refused offline, and with a configuration that is none, is half there or too old")
  void configuration() throws Exception {
    Map<String, String> environment = Map.of("SIGSTORE_ID_TOKEN", sigstore.tokenOf(EMAIL));
    Path root = sigstore.trustedRootFile();
    assertThatThrownBy(() -> Keyless.signer(sigstore.instance(), environment, false, true))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("Maven is offline");
    assertThatThrownBy(() -> Keyless.verifier(null, EMAIL, StandInSigstore.ISSUER, true))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("Maven is offline");
    assertThatThrownBy(() -> new SigstoreInstance(null, root))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("needs both `signingConfig` and `trustedRoot`");

    Path old = folder.resolve("old.json");
    Files.writeString(old, sigstore.signingConfig(1).toString());
    assertSigning(new SigstoreInstance(old, root), environment)
        .hasMessageContaining("old.json: this lists no active log of version 2");
    Path text = Files.writeString(folder.resolve("text.json"), "text");
    assertSigning(new SigstoreInstance(text, root), environment)
        .hasMessageContaining("text.json: this is not a Sigstore SigningConfig");
    assertSigning(new SigstoreInstance(old, text), environment)
        .hasMessageContaining("text.json: this is not a Sigstore TrustedRoot");
    assertThatThrownBy(() -> Keyless.verifier(text, EMAIL, StandInSigstore.ISSUER, false))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("text.json: this is not a Sigstore TrustedRoot");
  }

  private static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> assertSigning(
      SigstoreInstance instance, Map<String, String> environment) {
    BundleSigner signer = Keyless.signer(instance, environment, false, false);
    return assertThatThrownBy(() -> signer.sign(Bundle.IN_TOTO, STATEMENT))
        .isInstanceOf(InputException.class);
  }

  @Test
  @DisplayName("and signing with a key are told apart, and neither passes for the other")
  void kinds() throws Exception {
    Bundle bundle = signed();
    Path key = TestKeys.ed25519(folder, "key");
    assertThat(VerifyingKey.read(TestKeys.publicKey(key)).problems(bundle))
        .singleElement()
        .asString()
        .startsWith("this is signed keyless, by release@example.org (https://issuer.example.org);")
        .contains("`certificateIdentity`");
    Bundle withKey = SigningKey.read(key, null, null).sign(Bundle.IN_TOTO, STATEMENT);
    assertThat(problems(withKey, EMAIL, StandInSigstore.ISSUER))
        .containsExactly("this is signed with " + withKey.signer() + ", not keyless");
  }

  @Test
  @DisplayName(
      "says what to add to the POM where the library is missing, and the rest does without")
  void missing() throws Exception {
    List<URL> without = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (!entry.contains("sigstore-java")) {
        without.add(Path.of(entry).toUri().toURL());
      }
    }
    try (URLClassLoader loader =
        new URLClassLoader(without.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      Class<?> keyless = loader.loadClass(Keyless.class.getName());
      assertThatThrownBy(
              () -> {
                try {
                  keyless
                      .getMethod("verifier", Path.class, String.class, String.class, boolean.class)
                      .invoke(null, null, EMAIL, StandInSigstore.ISSUER, false);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              })
          .hasMessageStartingWith("keyless signing needs the library sigstore-java")
          .hasMessageContaining("<artifactId>sigstore-java</artifactId>")
          .hasMessageContaining("<version>" + Keyless.LIBRARY_VERSION + "</version>");
      Class<?> key = loader.loadClass(SigningKey.class.getName());
      Object one =
          key.getMethod("read", Path.class, String.class, String.class)
              .invoke(null, TestKeys.ed25519(folder, "key"), null, null);
      assertThat(
              key.getMethod("sign", String.class, byte[].class)
                  .invoke(one, Bundle.IN_TOTO, STATEMENT))
          .isNotNull();
    }
    assertThat(dev.sigstore.KeylessSigner.class.getProtectionDomain().getCodeSource().getLocation())
        .asString()
        .endsWith("/sigstore-java-" + Keyless.LIBRARY_VERSION + ".jar");
  }
}
