package io.github.nixmaven.builder.sbom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nixmaven.builder.realise.Console;
import io.github.nixmaven.builder.realise.HandMadeProject;
import io.github.nixmaven.builder.realise.Preparation;
import io.github.nixmaven.builder.realise.RustWorkspace;
import io.github.nixmaven.builder.sign.Judges;
import io.github.nixmaven.builder.toolchain.ToolchainLock;
import io.github.nixmaven.generator.text.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.cyclonedx.Version;
import org.cyclonedx.parsers.JsonParser;
import org.cyclonedx.parsers.XmlParser;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A bill of materials")
class SbomServiceTest {
  @TempDir static Path folder;
  private static Preparation prepared;

  private final List<String> lines = new ArrayList<>();
  private final Console console = new Console(lines::add, lines::add, null, false);

  @BeforeAll
  static void project() throws Exception {
    RustWorkspace.write(folder);
    prepared = RustWorkspace.prepared("app-build");
    RustWorkspace.build(prepared);
  }

  private SbomRequest request(Instant timestamp) {
    return new SbomRequest(
        HandMadeProject.settings(folder),
        new Product("org.example", "product", "1.0", "jar"),
        "0.1.0",
        timestamp,
        folder.resolve("target/nix/bom.json"),
        folder.resolve("target/nix/bom.xml"));
  }

  private JsonNode write(Instant timestamp) throws Exception {
    new SbomService().write(request(timestamp), prepared, console);
    return new ObjectMapper().readTree(folder.resolve("target/nix/bom.json").toFile());
  }

  private static JsonNode component(JsonNode bom, String name) {
    for (JsonNode each : bom.path("components")) {
      if (each.path("name").asText().equals(name)) {
        return each;
      }
    }
    throw new AssertionError("no component " + name);
  }

  @Test
  @DisplayName("fits the published schema: says CycloneDX' library for Java, and that of npm")
  void valid() throws Exception {
    write(Instant.parse("2026-01-01T00:00:00Z"));
    Path json = folder.resolve("target/nix/bom.json");

    assertThat(new JsonParser().validate(json.toFile(), Version.VERSION_16)).isEmpty();
    assertThat(
            new XmlParser()
                .validate(folder.resolve("target/nix/bom.xml").toFile(), Version.VERSION_16))
        .isEmpty();
    Judges.Verdict npm = Judges.node("validate-sbom.mjs", json);
    assertThat(npm.output()).isEqualTo("valid");
    Path broken = folder.resolve("broken.json");
    Files.writeString(broken, Files.readString(json).replace("\"required\"", "\"needed\""));
    assertThat(Judges.node("validate-sbom.mjs", broken).accepted()).isFalse();
  }

  @Test
  @DisplayName("names crates by purl and SHA-256, with licence, scope and edges")
  void crates() throws Exception {
    JsonNode bom = write(null);

    JsonNode itoa = component(bom, "itoa");
    assertThat(itoa.path("purl").asText()).isEqualTo("pkg:cargo/itoa@1.0.14");
    assertThat(itoa.path("hashes").get(0).path("content").asText()).isEqualTo(RustWorkspace.ITOA);
    assertThat(itoa.path("licenses").get(0).path("expression").asText())
        .isEqualTo("MIT OR Apache-2.0");
    assertThat(itoa.path("scope").asText()).isEqualTo("required");
    assertThat(component(bom, "cfg-if").path("scope").asText()).isEqualTo("excluded");
    JsonNode app = component(bom, "app");
    assertThat(app.has("purl")).isFalse();
    assertThat(app.path("licenses").get(0).path("license").path("name").asText())
        .isEqualTo("license-file: LICENCE");
    assertThat(app.path("components").get(0).path("name").asText()).isEqualTo("bin/app");
    assertThat(app.path("properties").toString()).contains("nix:out_path", "nix:nar_hash");
    List<String> edges = new ArrayList<>();
    for (JsonNode each : bom.path("dependencies")) {
      if (each.path("ref").asText().equals("cargo:app 0.1.0")) {
        each.path("dependsOn").forEach(to -> edges.add(to.asText()));
      }
    }
    assertThat(edges)
        .containsExactlyInAnyOrder(
            "pkg:cargo/itoa@1.0.14", "pkg:cargo/cfg-if@1.0.0", "nix:debian-trixie-amd64-sysroot");
  }

  @Test
  @DisplayName("names the toolchain's packages, of which the standard library is linked")
  void toolchain() throws Exception {
    JsonNode bom = write(null);

    assertThat(component(bom, "gcc-14").path("scope").asText()).isEqualTo("excluded");
    assertThat(component(bom, "gcc-14").path("purl").asText())
        .startsWith("pkg:deb/debian/gcc-14@")
        .endsWith("?arch=amd64&distro=trixie");
    assertThat(component(bom, "libstd-rust-dev").path("scope").asText()).isEqualTo("required");
    assertThat(lines.get(0))
        .isEqualTo(
            "Bill of materials: 3 crates, of which 2 in the built files and "
                + ToolchainLock.standard().packages().size()
                + " packages in the toolchain");
  }

  @Test
  @DisplayName(
      "is the same bytes again, without a clock, and has another serial number when it differs")
  void deterministic() throws Exception {
    JsonNode first = write(null);
    byte[] json = Files.readAllBytes(folder.resolve("target/nix/bom.json"));
    byte[] xml = Files.readAllBytes(folder.resolve("target/nix/bom.xml"));
    Thread.sleep(1100);
    write(null);

    assertThat(Files.readAllBytes(folder.resolve("target/nix/bom.json"))).isEqualTo(json);
    assertThat(Files.readAllBytes(folder.resolve("target/nix/bom.xml"))).isEqualTo(xml);
    assertThat(first.path("metadata").has("timestamp")).isFalse();
    JsonNode timed = write(Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(timed.path("metadata").path("timestamp").asText()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(timed.path("serialNumber").asText())
        .matches("urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
        .isNotEqualTo(first.path("serialNumber").asText());
  }

  @Test
  @DisplayName("is refused of what is not built, and where a link or a folder is in its way")
  void refused() throws Exception {
    Preparation absent = RustWorkspace.prepared(UUID.randomUUID().toString());
    assertThatThrownBy(() -> new SbomService().write(request(null), absent, console))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("app is not built")
        .hasMessageContaining("mvn nix:build");

    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), elsewhere);
    SbomRequest usual = request(null);
    SbomRequest linked =
        new SbomRequest(
            usual.settings(),
            usual.product(),
            usual.pluginVersion(),
            null,
            link.resolve("bom.json"),
            link.resolve("bom.xml"));
    assertThatThrownBy(() -> new SbomService().write(linked, prepared, console))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(link + ": this is a link");
    try (var left = Files.list(elsewhere)) {
      assertThat(left).isEmpty();
    }
  }
}
