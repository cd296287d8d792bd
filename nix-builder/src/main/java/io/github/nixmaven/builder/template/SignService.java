package io.github.nixmaven.builder.template;

import io.github.nixmaven.builder.realise.Console;
import io.github.nixmaven.builder.realise.OutputFile;
import io.github.nixmaven.builder.sign.SigningKey;
import io.github.nixmaven.builder.sign.VerifyingKey;
import io.github.nixmaven.generator.hash.Hash;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.Position;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.inject.Named;
import javax.inject.Singleton;

/** Signs files into manifests. Nothing of the clock is in them. */
@Named
@Singleton
public final class SignService {
  /**
   * Writes the manifests.
   *
   * @return those that were written
   * @throws InputException when a file or the template is not there or wrong, or a manifest cannot
   *     be written; then none is
   */
  public List<Path> sign(SignRequest request, Console console) throws IOException {
    if (request.files().isEmpty()) {
      throw new InputException(
          null,
          "there is nothing to sign",
          "Configure files: <modules><module><file>target/nix/result-app/bin/app</file></module>"
              + "</modules>.");
    }
    VerifyingKey publicKey = request.key().publicKey();
    VerifyingKey expected = request.expected();
    if (expected != null && !expected.pem().equals(publicKey.pem())) {
      throw new InputException(
          null,
          "the signing key does not match the configured public key: its public key is "
              + publicKey.hex()
              + ", not "
              + expected.hex(),
          "Sign with the other key, or configure this public key.");
    }
    ManifestTemplate template = ManifestTemplate.read(request.template());
    boolean each = String.valueOf(request.manifest().getFileName()).contains(SignRequest.NAME);
    Map<Path, List<Map<String, Object>>> sets = new LinkedHashMap<>();
    for (FileToSign file : request.files()) {
      Path manifest = each ? named(request.manifest(), file) : request.manifest();
      List<Map<String, Object>> set = sets.computeIfAbsent(manifest, path -> new ArrayList<>());
      if (each && !set.isEmpty()) {
        throw new InputException(
            null, "two files have the name `" + file.name() + "`", "Give one another <name>.");
      }
      set.add(describe(file, request.key()));
    }
    Map<Path, String> manifests = new LinkedHashMap<>();
    for (Map.Entry<Path, List<Map<String, Object>>> set : sets.entrySet()) {
      manifests.put(set.getKey(), template.render(model(set.getValue(), request.key())));
    }
    for (Map.Entry<Path, String> manifest : manifests.entrySet()) {
      OutputFile.writeReport(
          manifest.getKey(), manifest.getValue().getBytes(StandardCharsets.UTF_8));
      console.info("Signed manifest: " + manifest.getKey());
    }
    console.info(
        Console.count(request.files().size(), "file")
            + " signed by the "
            + publicKey.kind().label()
            + " key "
            + publicKey.hex());
    return List.copyOf(manifests.keySet());
  }

  private static Path named(Path pattern, FileToSign file) {
    if (!file.name().matches("[A-Za-z0-9_][A-Za-z0-9_.+-]*")) {
      throw new InputException(
          null,
          "`" + file.name() + "` cannot be part of a manifest's file name",
          "Give the file a <name> of letters, digits, `.`, `_`, `+` and `-`.");
    }
    String name = String.valueOf(pattern.getFileName()).replace(SignRequest.NAME, file.name());
    return pattern.resolveSibling(name);
  }

  private static Map<String, Object> model(List<Map<String, Object>> files, SigningKey key) {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("files", files);
    model.put("keyKind", key.publicKey().kind().label());
    model.put("publicKey", key.publicKey().hex());
    model.put("publicKeyPem", key.publicKey().pem());
    return model;
  }

  private static Map<String, Object> describe(FileToSign file, SigningKey key) throws IOException {
    if (!Files.isRegularFile(file.file())) {
      throw new InputException(
          Position.of(file.file()),
          "no such file to sign",
          "Bind this goal to a phase after the goal that creates the file.");
    }
    byte[] content = Files.readAllBytes(file.file());
    String sha256 = Hash.digest(Hash.Algorithm.SHA256, content).hex();
    ByteArrayOutputStream checked = new ByteArrayOutputStream();
    checked.writeBytes(sha256.getBytes(StandardCharsets.US_ASCII));
    checked.writeBytes(content);
    HexFormat hex = HexFormat.of();
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("name", file.name());
    described.put("path", file.path());
    described.put("size", content.length);
    described.put("sha256", sha256);
    described.put("capabilities", file.capabilities());
    described.put("signature", hex.formatHex(key.sign(content)));
    described.put("checksumSignature", hex.formatHex(key.sign(checked.toByteArray())));
    return described;
  }
}
