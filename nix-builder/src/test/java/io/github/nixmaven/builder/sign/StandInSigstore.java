package io.github.nixmaven.builder.sign;

import static io.github.nixmaven.builder.sign.StandInCrypto.base64url;
import static io.github.nixmaven.builder.sign.StandInCrypto.builder;
import static io.github.nixmaven.builder.sign.StandInCrypto.bytes;
import static io.github.nixmaven.builder.sign.StandInCrypto.certificate;
import static io.github.nixmaven.builder.sign.StandInCrypto.p256;
import static io.github.nixmaven.builder.sign.StandInCrypto.pem;
import static io.github.nixmaven.builder.sign.StandInCrypto.serial;
import static io.github.nixmaven.builder.sign.StandInCrypto.sha256;
import static io.github.nixmaven.builder.sign.StandInCrypto.sign;
import static io.github.nixmaven.builder.sign.StandInCrypto.text;
import static io.github.nixmaven.builder.sign.StandInCrypto.verifies;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.sigstore.fulcio.v2.CAGrpc;
import dev.sigstore.fulcio.v2.CertificateChain;
import dev.sigstore.fulcio.v2.CreateSigningCertificateRequest;
import dev.sigstore.fulcio.v2.SigningCertificate;
import dev.sigstore.fulcio.v2.SigningCertificateEmbeddedSCT;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.TlsServerCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampResponseGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;

/**
 * A Sigstore on loopback, with keys of its own: certificate authority (Fulcio, by gRPC), log (Rekor
 * 2), time stamp authority, an identity provider, and the token service of GitHub Actions. What
 * clients check of the real ones these do as well: proof of possession, certificate transparency
 * (RFC 6962), a Merkle tree with signed checkpoints, time stamps (RFC 3161).
 */
public final class StandInSigstore implements AutoCloseable {
  public static final String ISSUER = "https://issuer.example.org";
  static final String PERSON = "person@example.org";
  static final String REQUEST_TOKEN = "eyJyZXF1ZXN0.eyJ0b2tlbg.c2VjcmV0";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What the time stamp authority's clock is ahead. */
  Duration fast = Duration.ZERO;

  private final Path trustedRoot;
  private final Path signingConfig;
  private final KeyPair authority = p256();
  private final X509Certificate authorityCertificate =
      certificate("CN=stand-in", authority, "CN=stand-in", authority, Map.of());
  private final KeyPair transparency = p256();
  private final StandInLog log = new StandInLog();
  private final KeyPair clock = p256();
  private final KeyPair provider = KeyPairGenerator.getInstance("RSA").generateKeyPair();
  private final X509Certificate clockRoot;
  private final X509Certificate clockCertificate;
  private final Map<String, JsonNode> tokens = new HashMap<>();
  private final Map<String, String> properties = new HashMap<>();
  private final HttpServer http;
  private final Server grpc;

  public StandInSigstore(Path folder) throws Exception {
    Files.createDirectories(folder);
    KeyPair root = p256();
    clockRoot = certificate("CN=clock root", root, "CN=clock root", root, Map.of());
    clockCertificate =
        certificate(
            "CN=clock",
            clock,
            "CN=clock root",
            root,
            Map.of(
                Extension.extendedKeyUsage, new ExtendedKeyUsage(KeyPurposeId.id_kp_timeStamping)));

    InetAddress loopback = InetAddress.getByName("127.0.0.1");
    http = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    http.createContext("/api/v2/log/entries", answer(log::add));
    http.createContext("/stamp", answer(this::stamp));
    http.createContext("/token", answer(this::token));
    http.createContext("/oidc/.well-known/openid-configuration", answer(exchange -> provider()));
    http.createContext("/oidc/auth", this::login);
    http.createContext("/oidc/token", answer(exchange -> idToken()));
    http.createContext("/oidc/keys", answer(exchange -> keys()));
    http.start();

    KeyPair tls = p256();
    X509Certificate host =
        certificate(
            "CN=localhost",
            tls,
            "CN=localhost",
            tls,
            Map.of(
                Extension.subjectAlternativeName,
                new GeneralNames(new GeneralName(GeneralName.dNSName, "localhost"))));
    grpc =
        NettyServerBuilder.forAddress(
                new InetSocketAddress(loopback, 0),
                TlsServerCredentials.create(
                    new ByteArrayInputStream(pem("CERTIFICATE", host.getEncoded())),
                    new ByteArrayInputStream(pem("PRIVATE KEY", tls.getPrivate().getEncoded()))))
            .addService(new Authority())
            .build()
            .start();
    // The library has no way to name the authorities that a TLS server is trusted by.
    Path trusted = folder.resolve("tls.p12");
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("localhost", host);
    try (var out = Files.newOutputStream(trusted)) {
      store.store(out, "changeit".toCharArray());
    }
    property("javax.net.ssl.trustStore", trusted.toString());
    property("javax.net.ssl.trustStorePassword", "changeit");

    trustedRoot = Files.writeString(folder.resolve("trusted_root.json"), trustedRoot().toString());
    signingConfig =
        Files.writeString(folder.resolve("signing_config.json"), signingConfig(2).toString());
  }

  public SigstoreInstance instance() {
    return new SigstoreInstance(signingConfig, trustedRoot);
  }

  public Path trustedRootFile() {
    return trustedRoot;
  }

  /** A token for an e-mail address, which the authority will know. */
  public String tokenOf(String email) {
    return issue(JSON.createObjectNode().put("iss", ISSUER).put("sub", "1").put("email", email));
  }

  /** What GitHub puts into the environment of a job with the permission. */
  Map<String, String> github() {
    return Map.of(
        "GITHUB_ACTIONS",
        "true",
        "ACTIONS_ID_TOKEN_REQUEST_URL",
        address() + "/token?of=job",
        "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
        REQUEST_TOKEN);
  }

  ObjectNode signingConfig(int logVersion) {
    ObjectNode config = JSON.createObjectNode();
    config.put("mediaType", "application/vnd.dev.sigstore.signingconfig.v0.2+json");
    service(config, "caUrls", "https://localhost:" + grpc.getPort(), 1);
    service(config, "oidcUrls", address() + "/oidc", 1);
    service(config, "rekorTlogUrls", address(), logVersion);
    service(config, "tsaUrls", address() + "/stamp", 1);
    config.putObject("rekorTlogConfig").put("selector", "ANY");
    config.putObject("tsaConfig").put("selector", "ANY");
    return config;
  }

  private static void service(ObjectNode config, String name, String url, int version) {
    ObjectNode service = config.putArray(name).addObject();
    service.put("url", url).put("majorApiVersion", version).put("operator", "stand-in");
    service.putObject("validFor").put("start", "2020-01-01T00:00:00Z");
  }

  private ObjectNode trustedRoot() throws Exception {
    ObjectNode root = JSON.createObjectNode();
    root.put("mediaType", "application/vnd.dev.sigstore.trustedroot+json;version=0.1");
    log(root.putArray("tlogs"), address(), log.publicKey(), "PKIX_ED25519", log.id());
    log(
        root.putArray("ctlogs"),
        address() + "/ct",
        transparency.getPublic(),
        "PKIX_ECDSA_P256_SHA_256",
        sha256(transparency.getPublic().getEncoded()));
    authority(root.putArray("certificateAuthorities"), "stand-in", authorityCertificate);
    authority(root.putArray("timestampAuthorities"), "clock", clockCertificate, clockRoot);
    return root;
  }

  private static void log(ArrayNode logs, String url, PublicKey key, String details, byte[] id) {
    ObjectNode entry = logs.addObject().put("baseUrl", url).put("hashAlgorithm", "SHA2_256");
    ObjectNode publicKey = entry.putObject("publicKey").put("rawBytes", key.getEncoded());
    publicKey.put("keyDetails", details).putObject("validFor").put("start", "2020-01-01T00:00:00Z");
    entry.putObject("logId").put("keyId", id);
  }

  private void authority(ArrayNode authorities, String name, X509Certificate... chain)
      throws Exception {
    ObjectNode entry = authorities.addObject();
    entry.putObject("subject").put("organization", "stand-in").put("commonName", name);
    entry.put("uri", address());
    ArrayNode certificates = entry.putObject("certChain").putArray("certificates");
    for (X509Certificate each : chain) {
      certificates.addObject().put("rawBytes", each.getEncoded());
    }
    entry.putObject("validFor").put("start", "2020-01-01T00:00:00Z");
  }

  /** Gives certificates to who has a token that was issued here, as Fulcio does. */
  private final class Authority extends CAGrpc.CAImplBase {
    @Override
    public void createSigningCertificate(
        CreateSigningCertificateRequest request, StreamObserver<SigningCertificate> observer) {
      String token = request.getCredentials().getOidcIdentityToken();
      JsonNode claims = tokens.get(token);
      if (claims == null) {
        // No good server would say so much.
        observer.onError(
            Status.UNAUTHENTICATED
                .withDescription("nobody here issued " + token)
                .asRuntimeException());
        return;
      }
      try {
        String pem = request.getPublicKeyRequest().getPublicKey().getContent();
        PublicKey key =
            KeyFactory.getInstance("EC")
                .generatePublic(
                    new X509EncodedKeySpec(
                        Base64.getMimeDecoder().decode(pem.replaceAll("-----.*?-----", ""))));
        String subject = claims.path("email").asText(claims.path("sub").asText());
        if (!verifies(
            "SHA256withECDSA",
            key,
            bytes(subject),
            request.getPublicKeyRequest().getProofOfPossession().toByteArray())) {
          throw new IOException("the key is somebody else's");
        }
        CertificateChain chain =
            CertificateChain.newBuilder()
                .addCertificates(text(leaf(key, subject, claims.path("iss").asText())))
                .addCertificates(text(authorityCertificate.getEncoded()))
                .build();
        observer.onNext(
            SigningCertificate.newBuilder()
                .setSignedCertificateEmbeddedSct(
                    SigningCertificateEmbeddedSCT.newBuilder().setChain(chain))
                .build());
        observer.onCompleted();
      } catch (Exception e) {
        observer.onError(
            Status.INVALID_ARGUMENT.withDescription(e.toString()).asRuntimeException());
      }
    }
  }

  private byte[] leaf(PublicKey key, String subject, String issuer) throws Exception {
    X509v3CertificateBuilder builder =
        builder("CN=stand-in", new X500Name(new RDN[0]), key, Duration.ofMinutes(10));
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    builder.addExtension(
        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_codeSigning));
    builder.addExtension(
        Extension.subjectAlternativeName,
        true,
        new GeneralNames(
            new GeneralName(
                subject.contains("@") && !subject.contains("/")
                    ? GeneralName.rfc822Name
                    : GeneralName.uniformResourceIdentifier,
                subject)));
    builder.addExtension(
        new ASN1ObjectIdentifier("1.3.6.1.4.1.57264.1.8"), false, new DERUTF8String(issuer));
    var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(authority.getPrivate());
    byte[] signed = builder.build(signer).toASN1Structure().getTBSCertificate().getEncoded();

    long now = System.currentTimeMillis();
    ByteArrayOutputStream entry = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(entry);
    out.writeShort(0); // version 1, certificate timestamp
    out.writeLong(now);
    out.writeShort(1); // precertificate
    out.write(sha256(authority.getPublic().getEncoded()));
    out.writeByte(signed.length >> 16);
    out.writeShort(signed.length);
    out.write(signed);
    out.writeShort(0);
    byte[] signature = sign("SHA256withECDSA", transparency, entry.toByteArray());
    ByteArrayOutputStream list = new ByteArrayOutputStream();
    DataOutputStream sct = new DataOutputStream(list);
    int size = 1 + 32 + 8 + 2 + 4 + signature.length;
    sct.writeShort(size + 2);
    sct.writeShort(size);
    sct.writeByte(0);
    sct.write(sha256(transparency.getPublic().getEncoded()));
    sct.writeLong(now);
    sct.writeShort(0);
    sct.writeShort(0x0403); // SHA-256, ECDSA
    sct.writeShort(signature.length);
    sct.write(signature);
    builder.addExtension(
        new ASN1ObjectIdentifier("1.3.6.1.4.1.11129.2.4.2"),
        false,
        new DEROctetString(list.toByteArray()));
    return builder.build(signer).getEncoded();
  }

  private byte[] stamp(HttpExchange exchange) throws Exception {
    TimeStampRequest request = new TimeStampRequest(exchange.getRequestBody().readAllBytes());
    TimeStampTokenGenerator generator =
        new TimeStampTokenGenerator(
            new JcaSimpleSignerInfoGeneratorBuilder()
                .build("SHA256withECDSA", clock.getPrivate(), clockCertificate),
            new JcaDigestCalculatorProviderBuilder()
                .build()
                .get(new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256)),
            new ASN1ObjectIdentifier("1.3.6.1.4.1.57264.2"));
    if (request.getCertReq()) {
      generator.addCertificates(new JcaCertStore(List.of(clockCertificate)));
    }
    return new TimeStampResponseGenerator(generator, TSPAlgorithms.ALLOWED)
        .generate(request, serial(), Date.from(Instant.now().plus(fast)))
        .getEncoded();
  }

  private byte[] token(HttpExchange exchange) throws Exception {
    if (!exchange.getRequestURI().getQuery().equals("of=job&audience=sigstore")
        || !("Bearer " + REQUEST_TOKEN)
            .equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      throw new IOException("no token for this");
    }
    return JSON.writeValueAsBytes(
        Map.of(
            "value",
            issue(
                JSON.createObjectNode()
                    .put("iss", ISSUER)
                    .put("sub", "https://ci.example.org/release.yml@refs/heads/main"))));
  }

  /**
   * An identity provider where everybody is at once logged in as the same (OpenID Connect Core).
   */
  private byte[] provider() throws Exception {
    String address = address() + "/oidc";
    return JSON.writeValueAsBytes(
        Map.of(
            "issuer", address,
            "authorization_endpoint", address + "/auth",
            "token_endpoint", address + "/token",
            "jwks_uri", address + "/keys"));
  }

  private void login(HttpExchange exchange) throws IOException {
    Map<String, String> query = new HashMap<>();
    for (String each : exchange.getRequestURI().getQuery().split("&")) {
      query.put(each.split("=", 2)[0], each.split("=", 2)[1]);
    }
    String state = query.containsKey("state") ? "&state=" + query.get("state") : "";
    exchange.getResponseHeaders().set("Location", query.get("redirect_uri") + "?code=code" + state);
    exchange.sendResponseHeaders(302, -1);
    exchange.close();
  }

  private byte[] idToken() throws Exception {
    long now = Instant.now().getEpochSecond();
    ObjectNode claims = JSON.createObjectNode();
    claims.put("iss", address() + "/oidc").put("sub", "1").put("aud", "sigstore");
    claims.put("email", PERSON).put("email_verified", true);
    claims.put("iat", now).put("exp", now + 60);
    return JSON.writeValueAsBytes(
        Map.of(
            "access_token",
            "none",
            "token_type",
            "Bearer",
            "expires_in",
            60,
            "id_token",
            issue(claims)));
  }

  private byte[] keys() throws Exception {
    RSAPublicKey key = (RSAPublicKey) provider.getPublic();
    return JSON.writeValueAsBytes(
        Map.of(
            "keys",
            List.of(
                Map.of(
                    "kty", "RSA",
                    "alg", "RS256",
                    "use", "sig",
                    "kid", "1",
                    "n", base64url(key.getModulus().toByteArray()),
                    "e", base64url(key.getPublicExponent().toByteArray())))));
  }

  /** What the identity provider is called. */
  String issuer() {
    return address() + "/oidc";
  }

  private String issue(JsonNode claims) {
    try {
      String signed =
          base64url(bytes("{\"alg\":\"RS256\",\"kid\":\"1\"}"))
              + "."
              + base64url(bytes(claims.toString()));
      String token = signed + "." + base64url(sign("SHA256withRSA", provider, bytes(signed)));
      tokens.put(token, claims);
      return token;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** What answers a request, or fails. */
  @FunctionalInterface
  private interface Answer {
    byte[] to(HttpExchange exchange) throws Exception;
  }

  private static HttpHandler answer(Answer answer) {
    return exchange -> {
      byte[] body;
      int status = exchange.getRequestURI().getPath().startsWith("/api/") ? 201 : 200;
      try {
        body = answer.to(exchange);
      } catch (Exception e) {
        status = 400;
        body = bytes(e.toString());
      }
      if (!exchange.getRequestURI().getPath().equals("/stamp")) {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
      }
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    };
  }

  private String address() {
    return "http://localhost:" + http.getAddress().getPort();
  }

  private void property(String name, String value) {
    properties.put(name, System.getProperty(name));
    System.setProperty(name, value);
  }

  @Override
  public void close() {
    grpc.shutdownNow();
    http.stop(0);
    properties.forEach(
        (name, before) -> {
          if (before == null) {
            System.clearProperty(name);
          } else {
            System.setProperty(name, before);
          }
        });
  }
}
