package io.github.nixmaven.builder.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nixmaven.builder.nix.NixFixture;
import io.github.nixmaven.builder.realise.MemberOutput;
import io.github.nixmaven.builder.realise.Preparation;
import io.github.nixmaven.builder.realise.RustWorkspace;
import io.github.nixmaven.generator.hash.Hash;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.Position;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NixKeyTest {
  private static final Position PLACE = new Position("cache.secret", 0, 0);

  @TempDir Path folder;

  private Path keyOfNix() throws Exception {
    Path secret = folder.resolve("secret");
    NixFixture.nix()
        .capture(
            "nix-store",
            List.of(
                "--generate-binary-cache-key",
                "cache.example-1",
                secret.toString(),
                folder.resolve("public").toString()));
    return secret;
  }

  private static String nix(String... arguments) throws Exception {
    List<String> line = new ArrayList<>(List.of("--extra-experimental-features", "nix-command"));
    line.addAll(List.of(arguments));
    return NixFixture.nix().capture("nix", line);
  }

  @Test
  @DisplayName("signatures are those of `nix store sign`, and the public key is the one Nix made")
  void equalToNix() throws Exception {
    NixKey key = NixKey.read(keyOfNix());
    assertThat(key.publicKey())
        .isEqualTo(Files.readString(folder.resolve("public")).strip())
        .startsWith("cache.example-1:");

    // A store of the test's own: signing changes what the store knows of a path.
    String store = folder.resolve("store").toString();
    Path referred = folder.resolve("referred");
    Files.writeString(referred, "referred to");
    String first = nix("store", "add-file", "--store", store, referred.toString());
    String expression =
        "builtins.toFile \"referring\" \"${builtins.toFile \"referred\" \"x\"} and more\"";
    String second = nix("eval", "--store", store, "--raw", "--expr", expression);
    for (String path : List.of(first, second)) {
      nix(
          "store",
          "sign",
          "--store",
          store,
          "--key-file",
          folder.resolve("secret").toString(),
          path);
      JsonNode info =
          new ObjectMapper().readTree(nix("path-info", "--store", store, "--json", path)).get(0);
      List<String> references = new ArrayList<>();
      info.path("references").forEach(reference -> references.add(reference.asText()));
      String fingerprint =
          NixKey.fingerprint(
              path,
              Hash.parseSri(info.path("narHash").asText()),
              info.path("narSize").asLong(),
              references);
      assertThat(info.path("signatures")).hasSize(1);
      assertThat(key.sign(fingerprint)).isEqualTo(info.path("signatures").get(0).asText());
    }
    assertThat(nix("path-info", "--store", store, "--json", second)).contains("-referred");
  }

  @Test
  @DisplayName("`nix store verify --sigs-needed 1` accepts a narinfo that we signed, and no other")
  void verifiedByNix() throws Exception {
    NixKey key = NixKey.read(keyOfNix());
    // An output: what is addressed by its content needs no signature.
    Preparation built = RustWorkspace.prepared("signed-build");
    RustWorkspace.build(built);
    String path = MemberOutput.of(built.project()).get(0).path().toString();
    Path cache = folder.resolve("cache");
    nix("copy", "--to", "file://" + cache, path);
    Path narinfo = cache.resolve(path.substring("/nix/store/".length()).split("-")[0] + ".narinfo");
    List<String> info =
        Files.readAllLines(narinfo).stream().filter(line -> !line.startsWith("Sig: ")).toList();
    String fingerprint =
        NixKey.fingerprint(
            path,
            Hash.parse(Hash.Algorithm.SHA256, field(info, "NarHash").substring("sha256:".length())),
            Long.parseLong(field(info, "NarSize")),
            List.of());
    Files.writeString(narinfo, String.join("\n", info) + "\nSig: " + key.sign(fingerprint) + "\n");

    assertThat(verify(cache, key.publicKey(), path)).isZero();
    String other = "cache.example-1:" + Base64.getEncoder().encodeToString(new byte[32]);
    assertThat(verify(cache, other, path)).isEqualTo(2);
    Files.writeString(
        narinfo, String.join("\n", info) + "\nSig: " + key.sign(fingerprint + " ") + "\n");
    assertThat(verify(cache, key.publicKey(), path)).isEqualTo(2);
  }

  private static String field(List<String> narinfo, String name) {
    return narinfo.stream()
        .filter(line -> line.startsWith(name + ": "))
        .map(line -> line.substring(name.length() + 2))
        .findFirst()
        .orElseThrow();
  }

  private static int verify(Path cache, String publicKey, String path) throws Exception {
    return NixFixture.nix()
        .run(
            "nix",
            List.of(
                "--extra-experimental-features",
                "nix-command",
                // What Nix remembers of a cache it would not read again.
                "--option",
                "narinfo-cache-positive-ttl",
                "0",
                "store",
                "verify",
                "--store",
                "file://" + cache,
                "--sigs-needed",
                "1",
                "--trusted-public-keys",
                publicKey,
                path),
            line -> {})
        .status();
  }

  @Test
  @DisplayName("a fingerprint sorts references and writes the digest in Nix's base-32")
  void fingerprint() {
    Hash nar = Hash.digest(Hash.Algorithm.SHA256, new byte[0]);
    assertThat(
            NixKey.fingerprint("/nix/store/x-a", nar, 7, List.of("/nix/store/z", "/nix/store/b")))
        .isEqualTo(
            "1;/nix/store/x-a;sha256:0mdqa9w1p6cmli6976v4wi0sw9r4p5prkj7lzfd1877wk11c9c73;7;"
                + "/nix/store/b,/nix/store/z");
  }

  @Test
  @DisplayName("what is no secret key is refused by its cause, and never repeated")
  void refused() throws Exception {
    String secret = Files.readString(keyOfNix()).strip();
    String publicKey = Files.readString(folder.resolve("public")).strip();
    String base64 = secret.substring(secret.indexOf(':') + 1);
    byte[] mixed = Base64.getDecoder().decode(base64);
    // RFC 8032, section 7.1: the public key of test 1.
    byte[] other =
        HexFormat.of().parseHex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    System.arraycopy(other, 0, mixed, 32, 32);
    List<List<String>> cases =
        List.of(
            List.of(base64, "NAME:BASE64"),
            List.of(publicKey, "this is a public key"),
            List.of("a:" + base64.substring(0, 20) + "*" + base64.substring(20), "not base-64"),
            List.of("a:" + base64.substring(0, 80), "64 bytes, not 60"),
            List.of("a:" + Base64.getEncoder().encodeToString(mixed), "does not belong"),
            List.of("-----BEGIN PRIVATE KEY-----\n" + base64, "PEM"));
    for (List<String> each : cases) {
      assertThatThrownBy(() -> NixKey.parse(each.get(0), PLACE))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith("cache.secret: ")
          .hasMessageContaining(each.get(1))
          .hasMessageNotContaining(base64.substring(0, 12))
          .hasNoCause();
    }
    assertThat(NixKey.parse(secret, PLACE).toString()).isEqualTo("cache.example-1");
    Path binary = folder.resolve("binary");
    Files.write(binary, "a:\377".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> NixKey.read(binary)).hasMessageContaining("not a text file");
    assertThatThrownBy(() -> NixKey.read(folder.resolve("none"))).hasMessageContaining("no such");
  }
}
