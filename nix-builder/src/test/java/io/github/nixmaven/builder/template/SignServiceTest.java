package io.github.nixmaven.builder.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nixmaven.builder.realise.Console;
import io.github.nixmaven.builder.sign.Judges;
import io.github.nixmaven.builder.sign.SigningKey;
import io.github.nixmaven.builder.sign.TestKeys;
import io.github.nixmaven.builder.sign.VerifyingKey;
import io.github.nixmaven.generator.text.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A signed manifest")
class SignServiceTest {
  @TempDir Path folder;

  private final List<String> lines = new ArrayList<>();
  private final Console console = new Console(lines::add, lines::add, null, false);
  private Path module;
  private SigningKey key;

  @BeforeEach
  void module() throws Exception {
    module = Files.write(folder.resolve("accrual.wasm"), new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});
    key = SigningKey.read(TestKeys.ed25519(folder, "key"), null, null);
  }

  private FileToSign file(String name, String... capabilities) {
    return new FileToSign(module, name, module.toString(), List.of(capabilities));
  }

  private List<Path> sign(Path template, String manifest, SigningKey signer, FileToSign... files)
      throws Exception {
    return new SignService()
        .sign(
            new SignRequest(List.of(files), template, folder.resolve(manifest), signer, null),
            console);
  }

  private Path template(String name, String text) throws Exception {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  @DisplayName(
      "is accepted by ESTA's rule; one flipped bit, another key and no signature are refused")
  void esta() throws Exception {
    Path manifest =
        sign(null, "m/@name@.json", key, file("accrual", "log", "persistence_read")).get(0);
    String publicKey = key.publicKey().hex();

    assertThat(manifest).isEqualTo(folder.resolve("m/accrual.json"));
    assertThat(Judges.node("esta-verify.mjs", manifest, publicKey).output())
        .isEqualTo("launched accrual with log persistence_read");
    SigningKey other = SigningKey.read(TestKeys.ed25519(folder, "other"), null, null);
    assertThat(Judges.node("esta-verify.mjs", manifest, other.publicKey().hex()).output())
        .isEqualTo("refused: invalid signature");

    String text = Files.readString(manifest);
    Path unsigned = folder.resolve("unsigned.json");
    Files.writeString(
        unsigned, text.replaceAll("\"signature\": \"[0-9a-f]+\"", "\"signature\": null"));
    assertThat(Judges.node("esta-verify.mjs", unsigned, publicKey).output())
        .isEqualTo("refused: signature required but not provided");
    byte[] bytes = Files.readAllBytes(module);
    bytes[7] ^= 1;
    Files.write(module, bytes);
    assertThat(Judges.node("esta-verify.mjs", manifest, publicKey).output())
        .isEqualTo("refused: checksum mismatch");
    // A checksum that fits what was changed: then the signature does not.
    Path forged = folder.resolve("forged.json");
    String sha256 = TestKeys.openssl("dgst", "-r", "-sha256", module).split(" ")[0];
    Files.writeString(
        forged, text.replaceAll("\"checksum\": \"[0-9a-f]+\"", "\"checksum\": \"" + sha256 + "\""));
    assertThat(Judges.node("esta-verify.mjs", forged, publicKey).output())
        .isEqualTo("refused: invalid signature");
  }

  @Test
  @DisplayName("is the same bytes again, and says whose key signed")
  void deterministic() throws Exception {
    Path manifest = sign(null, "@name@.json", key, file("accrual", "log")).get(0);
    byte[] first = Files.readAllBytes(manifest);
    Files.delete(manifest);
    sign(null, "@name@.json", key, file("accrual", "log"));

    assertThat(Files.readAllBytes(manifest)).isEqualTo(first);
    assertThat(lines)
        .contains("1 file signed by the Ed25519 key " + key.publicKey().hex())
        .noneMatch(line -> line.contains(secret()));
  }

  private String secret() {
    try {
      return Files.readString(folder.resolve("key.pem")).lines().toList().get(1).substring(20);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  @DisplayName("has the form of the user's template, in which text is escaped for JSON and XML")
  void templates() throws Exception {
    Path json =
        template(
            "all.json.ftl",
            """
            {"key": "[=publicKey]", "files": [[#list files as f]{"name": "[=f.name]", "size": [=f.size],
              "signature": "[=f.signature]"}[#sep],[/#list]]}
            """);
    String awkward = "a \"quoted\" \\ name\n</x>";
    Path manifest = sign(json, "all.json", key, file(awkward), file("second")).get(0);
    var read = new ObjectMapper().readTree(manifest.toFile());
    assertThat(read.path("files").get(0).path("name").asText()).isEqualTo(awkward);
    assertThat(read.path("files").get(1).path("size").asInt()).isEqualTo(8);
    byte[] signature =
        java.util.HexFormat.of().parseHex(read.path("files").get(0).path("signature").asText());
    assertThat(
            VerifyingKey.parse(read.path("key").asText(), null)
                .verifies(Files.readAllBytes(module), signature))
        .isTrue();

    Path xml = template("all.xml.ftl", "<f>[=files[0].name]</f>");
    assertThat(Files.readString(sign(xml, "all.xml", key, file("<&>")).get(0)))
        .isEqualTo("<f>&lt;&amp;&gt;</f>");
  }

  @Test
  @DisplayName("is refused where the kernel would drop or refuse something")
  void kernel() throws Exception {
    SigningKey p256 = SigningKey.read(TestKeys.p256(folder, "p256"), null, null);
    refused(() -> sign(null, "@name@.json", key, file("a", "compute")), "no capability `compute`");
    refused(() -> sign(null, "@name@.json", p256, file("a")), "verifies Ed25519 only");
    refused(() -> sign(null, "one.json", key, file("a"), file("b")), "one manifest a module");
    assertThat(folder.resolve("a.json")).doesNotExist();
  }

  @Test
  @DisplayName("is refused where those who verify have another public key")
  void expected() throws Exception {
    VerifyingKey other = VerifyingKey.read(TestKeys.publicKey(TestKeys.ed25519(folder, "other")));
    SignRequest request =
        new SignRequest(List.of(file("a")), null, folder.resolve("@name@.json"), key, other);
    refused(() -> new SignService().sign(request, console), ", not " + other.hex());
  }

  @Test
  @DisplayName("is refused with a wrong template, file or place, and nothing is half-written")
  void refusals() throws Exception {
    Path broken = template("broken.json.ftl", "{\n[#list files as f]");
    refused(() -> sign(broken, "x.json", key, file("a")), broken + ":2:");
    Path unknown = template("unknown.json.ftl", "{\n\"a\": \"[=author]\"");
    refused(() -> sign(unknown, "x.json", key, file("a")), unknown + ":2:");
    Path evil =
        template("evil.json.ftl", "[=\"freemarker.template.utility.Execute\"?new()(\"id\")]");
    refused(() -> sign(evil, "x.json", key, file("a")), "Execute");
    refused(() -> sign(folder.resolve("no.ftl"), "x.json", key, file("a")), "no such template");
    refused(() -> sign(null, "x.json", key), "nothing to sign");
    refused(() -> sign(null, "@name@.json", key, file("../a")), "cannot be part of");
    refused(() -> sign(null, "@name@.json", key, file("a"), file("a")), "two files");
    FileToSign absent = new FileToSign(folder.resolve("no.wasm"), "no", "no", List.of());
    refused(() -> sign(null, "@name@.json", key, file("a"), absent), "no such file to sign");
    assertThat(folder.resolve("a.json")).doesNotExist();
    Files.createDirectory(folder.resolve("taken.json"));
    refused(() -> sign(null, "@name@.json", key, file("taken")), "this is a directory");
    // No folder can be made below a file; root writes wherever it is not so.
    refused(
        () -> sign(null, "accrual.wasm/@name@.json", key, file("a")),
        "accrual.wasm is not a directory");
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Files.createSymbolicLink(folder.resolve("link"), outside);
    refused(() -> sign(null, "link/@name@.json", key, file("a")), "this is a link");
    try (var left = Files.list(outside)) {
      assertThat(left).isEmpty();
    }
  }

  private static void refused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable action, String problem) {
    assertThatThrownBy(action).isInstanceOf(InputException.class).hasMessageContaining(problem);
  }
}
