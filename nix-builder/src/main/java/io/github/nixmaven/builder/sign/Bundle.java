package io.github.nixmaven.builder.sign;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.nixmaven.generator.hash.Hash;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.Position;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/**
 * A signed payload: a DSSE envelope with one signature, in a Sigstore bundle that names a public
 * key, or holds a certificate with what proves when it was used (DSSE protocol 1.0.2; Sigstore
 * bundle format 0.3). What is signed is the payload's bytes as they are, so that no form of JSON
 * need be agreed upon.
 */
public final class Bundle {
  /** The media type of in-toto's statements. */
  public static final String IN_TOTO = "application/vnd.in-toto+json";

  private static final String MEDIA_TYPE = "application/vnd.dev.sigstore.bundle.v0.3+json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String payloadType;
  private final byte[] payload;
  private final byte[] signature;

  /** Sigstore's VerificationMaterial: by what the signature is to be verified. */
  private final JsonNode material;

  private Bundle(String payloadType, byte[] payload, byte[] signature, JsonNode material) {
    this.payloadType = payloadType;
    this.payload = payload;
    this.signature = signature;
    this.material = material;
  }

  /** Signs a payload. */
  public static Bundle sign(String payloadType, byte[] payload, SigningKey key) {
    ObjectNode material = JSON.createObjectNode();
    material.putObject("publicKey").put("hint", key.publicKey().hint());
    material.putArray("tlogEntries");
    return new Bundle(payloadType, payload, key.sign(signed(payloadType, payload)), material);
  }

  /**
   * The bundle of a payload whose encoding was signed as any message is.
   *
   * @param signed a Sigstore bundle of {@link #signed}'s bytes, in JSON
   */
  static Bundle ofMessage(String payloadType, byte[] payload, String signed) throws IOException {
    JsonNode root = JSON.readTree(signed);
    return new Bundle(
        payloadType,
        payload,
        root.path("messageSignature").path("signature").binaryValue(),
        root.path("verificationMaterial"));
  }

  /** The inverse of {@link #ofMessage}. */
  String ofMessage() throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("mediaType", MEDIA_TYPE);
    root.set("verificationMaterial", material);
    ObjectNode message = root.putObject("messageSignature");
    message.putObject("messageDigest").put("algorithm", "SHA2_256").put("digest", digest());
    message.put("signature", signature);
    return JSON.writeValueAsString(root);
  }

  /** The SHA-256 of what is signed. */
  byte[] digest() {
    return digest(payloadType, payload);
  }

  static byte[] digest(String payloadType, byte[] payload) {
    return Hash.digest(Hash.Algorithm.SHA256, signed(payloadType, payload)).bytes();
  }

  /** DSSE's pre-authentication encoding, which is what is signed. */
  static byte[] signed(String payloadType, byte[] payload) {
    byte[] type = payloadType.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(("DSSEv1 " + type.length + " ").getBytes(StandardCharsets.UTF_8));
    out.writeBytes(type);
    out.writeBytes((" " + payload.length + " ").getBytes(StandardCharsets.UTF_8));
    out.writeBytes(payload);
    return out.toByteArray();
  }

  /** Whether the signature is of this key. */
  public boolean isSignedBy(VerifyingKey key) {
    return key.verifies(signed(payloadType, payload), signature);
  }

  /** The media type of the payload. */
  public String payloadType() {
    return payloadType;
  }

  /** The payload's bytes. */
  public byte[] payload() {
    return payload.clone();
  }

  /** What the bundle says of its key, which proves nothing; empty where it names none. */
  public String hint() {
    return material.path("publicKey").path("hint").asText();
  }

  /** Whether it holds a certificate, and names no key. */
  public boolean isKeyless() {
    return material.has("certificate");
  }

  /**
   * As what the log keeps a keyless bundle, such as {@code hashedrekord}; empty where it is not in
   * one.
   */
  String logEntryKind() throws IOException {
    byte[] body = material.path("tlogEntries").path(0).path("canonicalizedBody").binaryValue();
    return body == null ? "" : JSON.readTree(body).path("kind").asText();
  }

  /** Whether somebody says when a keyless bundle was signed (RFC 3161). */
  boolean hasTimestamp() {
    return !material.path("timestampVerificationData").path("rfc3161Timestamps").isEmpty();
  }

  /** Who the bundle says has signed it, which proves nothing. */
  public String signer() {
    return isKeyless()
        ? FulcioCertificate.describe(material.path("certificate").path("rawBytes").asText())
        : "the key " + hint();
  }

  /** The bundle as one line of JSON. */
  public byte[] json() throws IOException {
    Base64.Encoder base64 = Base64.getEncoder();
    ObjectNode root = JSON.createObjectNode();
    root.put("mediaType", MEDIA_TYPE);
    root.set("verificationMaterial", material);
    ObjectNode envelope = root.putObject("dsseEnvelope");
    envelope.put("payload", base64.encodeToString(payload));
    envelope.put("payloadType", payloadType);
    ObjectNode one = envelope.putArray("signatures").addObject();
    one.put("sig", base64.encodeToString(signature));
    if (!isKeyless()) {
      one.put("keyid", hint());
    }
    return (JSON.writeValueAsString(root) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads a bundle. Nothing of it is verified.
   *
   * @throws InputException when there is none, or it is of another form
   */
  public static Bundle read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new InputException(
          Position.of(file), "no such bundle", "Write one with `mvn nix:attest`.");
    }
    try {
      JsonNode root = JSON.readTree(Files.readAllBytes(file));
      JsonNode envelope = root.path("dsseEnvelope");
      JsonNode signatures = envelope.path("signatures");
      if (!root.path("mediaType").asText().equals(MEDIA_TYPE)
          || !envelope.path("payload").isTextual()
          || !envelope.path("payloadType").isTextual()
          || signatures.size() != 1
          || !signatures.path(0).path("sig").isTextual()) {
        throw invalid(file);
      }
      Base64.Decoder base64 = Base64.getDecoder();
      return new Bundle(
          envelope.path("payloadType").asText(),
          base64.decode(envelope.path("payload").asText()),
          base64.decode(signatures.path(0).path("sig").asText()),
          root.path("verificationMaterial"));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw invalid(file);
    }
  }

  private static InputException invalid(Path file) {
    return new InputException(
        Position.of(file),
        "this is not a Sigstore bundle 0.3 with one signed DSSE envelope",
        "Give a file that `mvn nix:attest` wrote.");
  }
}
