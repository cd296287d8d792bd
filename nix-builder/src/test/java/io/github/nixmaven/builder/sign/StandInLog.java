package io.github.nixmaven.builder.sign;

import static io.github.nixmaven.builder.sign.StandInCrypto.bytes;
import static io.github.nixmaven.builder.sign.StandInCrypto.certificate;
import static io.github.nixmaven.builder.sign.StandInCrypto.sha256;
import static io.github.nixmaven.builder.sign.StandInCrypto.sign;
import static io.github.nixmaven.builder.sign.StandInCrypto.verifies;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** A log like Rekor 2: a Merkle tree with signed checkpoints (RFC 6962). */
final class StandInLog {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final KeyPair key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
  private final byte[] id;
  private final List<byte[]> leaves = new ArrayList<>(List.of(sha256(new byte[] {0})));

  StandInLog() throws Exception {
    byte[] point = key.getPublic().getEncoded();
    id =
        sha256(
            bytes("localhost\n"),
            new byte[] {1},
            Arrays.copyOfRange(point, point.length - 32, point.length));
  }

  PublicKey publicKey() {
    return key.getPublic();
  }

  byte[] id() {
    return id;
  }

  /** Takes digests alone, as Rekor 2 does. */
  byte[] add(HttpExchange exchange) throws Exception {
    JsonNode request = JSON.readTree(exchange.getRequestBody()).path("hashedRekordRequestV002");
    JsonNode verifier = request.path("signature").path("verifier");
    byte[] certificate = verifier.path("x509Certificate").path("rawBytes").binaryValue();
    byte[] digest = request.path("digest").binaryValue();
    byte[] content = request.path("signature").path("content").binaryValue();
    X509Certificate signer =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(certificate));
    if (!verifies("NONEwithECDSA", signer.getPublicKey(), digest, content)) {
      throw new IOException("the signature is of something else");
    }
    ObjectNode body = JSON.createObjectNode();
    body.put("apiVersion", "0.0.2").put("kind", "hashedrekord");
    ObjectNode spec = body.putObject("spec").putObject("hashedRekordV002");
    spec.putObject("data").put("algorithm", "SHA2_256").put("digest", digest);
    ObjectNode signature = spec.putObject("signature").put("content", content);
    ObjectNode by = signature.putObject("verifier");
    by.put("keyDetails", verifier.path("keyDetails").asText());
    by.putObject("x509Certificate").put("rawBytes", certificate);
    byte[] canonical = JSON.writeValueAsBytes(body);

    ObjectNode entry = JSON.createObjectNode();
    synchronized (leaves) {
      leaves.add(sha256(new byte[] {0}, canonical));
      int index = leaves.size() - 1;
      byte[] root = root(leaves);
      entry.put("logIndex", String.valueOf(index)).putObject("logId").put("keyId", id);
      entry.putObject("kindVersion").put("kind", "hashedrekord").put("version", "0.0.2");
      entry.put("integratedTime", "0").put("canonicalizedBody", canonical);
      ObjectNode proof = entry.putObject("inclusionProof").put("logIndex", String.valueOf(index));
      proof.put("rootHash", root).put("treeSize", String.valueOf(leaves.size()));
      ArrayNode hashes = proof.putArray("hashes");
      path(index, leaves).forEach(hashes::add);
      String head =
          "localhost\n" + leaves.size() + "\n" + Base64.getEncoder().encodeToString(root) + "\n";
      ByteArrayOutputStream note = new ByteArrayOutputStream();
      note.write(id, 0, 4);
      note.writeBytes(sign("Ed25519", key, bytes(head)));
      proof
          .putObject("checkpoint")
          .put(
              "envelope",
              head
                  + "\n\u2014 localhost "
                  + Base64.getEncoder().encodeToString(note.toByteArray())
                  + "\n");
    }
    return JSON.writeValueAsBytes(entry);
  }

  /** RFC 6962, section 2.1. */
  private static byte[] root(List<byte[]> leaves) throws Exception {
    if (leaves.size() == 1) {
      return leaves.get(0);
    }
    int split = Integer.highestOneBit(leaves.size() - 1);
    return sha256(
        new byte[] {1}, root(leaves.subList(0, split)), root(leaves.subList(split, leaves.size())));
  }

  /** RFC 6962, section 2.1.1. */
  private static List<byte[]> path(int index, List<byte[]> leaves) throws Exception {
    if (leaves.size() == 1) {
      return new ArrayList<>();
    }
    int split = Integer.highestOneBit(leaves.size() - 1);
    List<byte[]> left = leaves.subList(0, split);
    List<byte[]> right = leaves.subList(split, leaves.size());
    List<byte[]> path = index < split ? path(index, left) : path(index - split, right);
    path.add(root(index < split ? right : left));
    return path;
  }
}
