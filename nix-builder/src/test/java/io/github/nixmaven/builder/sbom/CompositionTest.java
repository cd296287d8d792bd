package io.github.nixmaven.builder.sbom;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nixmaven.builder.nix.Derivation;
import io.github.nixmaven.builder.realise.HandMadeProject;
import io.github.nixmaven.builder.realise.Project;
import io.github.nixmaven.builder.realise.Source;
import io.github.nixmaven.builder.rust.Rust;
import io.github.nixmaven.builder.toolchain.ToolchainLock;
import io.github.nixmaven.generator.hash.Hash;
import io.github.nixmaven.generator.pin.Pin;
import io.github.nixmaven.generator.pin.PinnedPackage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.cyclonedx.Version;
import org.cyclonedx.generators.BomGeneratorFactory;
import org.cyclonedx.model.Bom;
import org.cyclonedx.model.Component;
import org.cyclonedx.parsers.JsonParser;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What a bill of materials is composed of")
class CompositionTest {
  private static final String SHA256 = "0".repeat(64);
  private static final Hash HASH = Hash.parse(Hash.Algorithm.SHA256, SHA256);

  private static PinnedPackage crate(String name, Pin source, String license) {
    return new PinnedPackage(
        name + " 1.0.0",
        name,
        "1.0.0",
        source,
        Optional.ofNullable(license),
        Optional.empty(),
        Optional.of("what it is\n"),
        false,
        true,
        false,
        Set.of());
  }

  private static Bom compose(List<PinnedPackage> crates, List<Fetched> fetched) throws Exception {
    return compose(crates, fetched, ToolchainLock.standard());
  }

  private static Bom compose(List<PinnedPackage> crates, List<Fetched> fetched, ToolchainLock lock)
      throws Exception {
    SbomRequest request =
        new SbomRequest(
            HandMadeProject.settings(Path.of("/home/me/project")),
            new Product("org.example", "product", "1.0", "jar"),
            "0.1.0",
            null,
            Path.of("bom.json"),
            Path.of("bom.xml"));
    Bom bom = Composition.of(request, crates, lock, List.of(), project(fetched));
    String json = BomGeneratorFactory.createJson(Version.VERSION_16, bom).toJsonString();
    assertThat(new JsonParser().validate(json.getBytes(StandardCharsets.UTF_8), Version.VERSION_16))
        .isEmpty();
    return bom;
  }

  private static Component component(Bom bom, String name) {
    return bom.getComponents().stream()
        .filter(each -> each.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  @DisplayName("says of crates from elsewhere where they come from")
  void sources() throws Exception {
    String commit = "0123456789012345678901234567890123456789";
    Bom bom =
        compose(
            List.of(
                crate(
                    "mirrored",
                    new Pin.File(Optional.of("https://crates.example/index"), HASH),
                    "MIT"),
                crate(
                    "forked",
                    new Pin.Commit(
                        "https://git.example/forked.git",
                        commit,
                        Optional.of(
                            Hash.parseSri("sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="))),
                    "MIT"),
                crate("own", new Pin.Directory(Path.of("/home/me/project/own")), "MIT")),
            List.of());

    assertThat(component(bom, "mirrored").getPurl())
        .isEqualTo("pkg:cargo/mirrored@1.0.0?repository_url=https%3A%2F%2Fcrates.example%2Findex");
    assertThat(component(bom, "forked").getPurl())
        .isEqualTo(
            "pkg:cargo/forked@1.0.0?vcs_url=git%2Bhttps%3A%2F%2Fgit.example%2Fforked.git%40"
                + commit);
    assertThat(component(bom, "forked").getProperties().get(0).getValue())
        .isEqualTo("sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    assertThat(component(bom, "forked").getHashes()).isNull();
    assertThat(component(bom, "own").getPurl()).isNull();
  }

  @Test
  @DisplayName(
      "takes a licence for SPDX's where it has that form, a slash for OR, and else by its name")
  void licences() throws Exception {
    Pin source = new Pin.File(Optional.empty(), HASH);
    Bom bom =
        compose(
            List.of(
                crate("nested", source, "(MIT OR Apache-2.0) AND Unicode-3.0"),
                crate("with", source, "Apache-2.0 WITH LLVM-exception"),
                crate("odd", source, "see LICENSE, or ask"),
                crate("none", source, null)),
            List.of());

    assertThat(component(bom, "nested").getLicenses().getExpression().getValue())
        .isEqualTo("(MIT OR Apache-2.0) AND Unicode-3.0");
    assertThat(component(bom, "with").getLicenses().getExpression().getValue())
        .isEqualTo("Apache-2.0 WITH LLVM-exception");
    assertThat(component(bom, "odd").getLicenses().getLicenses().get(0).getName())
        .isEqualTo("see LICENSE, or ask");
    assertThat(component(bom, "none").getLicenses()).isNull();
  }

  @Test
  @DisplayName("names the algorithm that a lock pins a package with")
  void algorithms() throws Exception {
    Hash sha1 = Hash.digest(Hash.Algorithm.SHA1, new byte[0]);
    Hash sha512 = Hash.digest(Hash.Algorithm.SHA512, new byte[0]);
    Bom bom =
        compose(
            List.of(
                crate("one", new Pin.File(Optional.empty(), sha1), "MIT"),
                crate("two", new Pin.File(Optional.empty(), HASH), "MIT"),
                crate("three", new Pin.File(Optional.empty(), sha512), "MIT")),
            List.of());

    assertThat(List.of("one", "two", "three"))
        .map(name -> component(bom, name).getHashes().get(0))
        .map(hash -> hash.getAlgorithm() + " " + hash.getValue())
        .containsExactly(
            "SHA-1 da39a3ee5e6b4b0d3255bfef95601890afd80709",
            "SHA-256 " + SHA256,
            "SHA-512 cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce"
                + "47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e");
  }

  @Test
  @DisplayName("counts crates of tools that the closure alone has as what only builds")
  void tools() throws Exception {
    String other = "1".repeat(64);
    Bom bom =
        compose(
            List.of(crate("linked", new Pin.File(Optional.empty(), HASH), "MIT")),
            List.of(fetched("linked", "1.0.0", SHA256), fetched("a-tool", "2.1.0-rc.1", other)));

    Component tool = component(bom, "a-tool");
    assertThat(tool.getPurl()).isEqualTo("pkg:cargo/a-tool@2.1.0-rc.1");
    assertThat(tool.getScope()).isEqualTo(Component.Scope.EXCLUDED);
    assertThat(tool.getHashes().get(0).getValue()).isEqualTo(other);
    assertThat(bom.getComponents().stream().filter(each -> each.getName().equals("linked")))
        .hasSize(1);
  }

  @Test
  @DisplayName(
      "counts crates of a standard library built from source as linked, where it was built")
  void standardLibrary() throws Exception {
    ToolchainLock standard = ToolchainLock.standard();
    ToolchainLock lock =
        new ToolchainLock(
            standard.format(),
            standard.architecture(),
            standard.suites(),
            standard.roots(),
            standard.links(),
            standard.prune(),
            standard.sysroot(),
            standard.packages(),
            List.of(
                new ToolchainLock.LibraryFile(
                    "cfg-if", "1.0.0", "https://registry.example/cfg-if-1.0.0.crate", SHA256)));

    Bom bom = compose(List.of(), List.of(fetched("cfg-if", "1.0.0", SHA256)), lock);
    assertThat(component(bom, "cfg-if").getScope()).isEqualTo(Component.Scope.REQUIRED);
    assertThat(compose(List.of(), List.of(), lock).getComponents())
        .noneMatch(each -> each.getName().equals("cfg-if"));
  }

  /** A crate's file that building takes. */
  private record Fetched(Derivation derivation, Source source) {}

  private static Fetched fetched(String name, String version, String sha256) {
    return new Fetched(
        new Derivation(
            "/nix/store/00000000000000000000000000000000-" + name + ".drv",
            Map.of(
                "out",
                new Derivation.Output(
                    "/nix/store/x-" + name,
                    true,
                    Optional.of(Hash.parse(Hash.Algorithm.SHA256, sha256)))),
            List.of(),
            Map.of()),
        new Source("cargo", Source.Kind.FILE, name, version, null, null));
  }

  private static Project project(List<Fetched> fetched) {
    Map<String, Derivation> closure = new TreeMap<>();
    Map<String, Source> sources = new TreeMap<>();
    for (Fetched each : fetched) {
      closure.put(each.derivation().path(), each.derivation());
      sources.put(each.derivation().path(), each.source());
    }
    return new Project(Rust.LANGUAGE, Map.of(), closure, Map.of(), sources);
  }
}
