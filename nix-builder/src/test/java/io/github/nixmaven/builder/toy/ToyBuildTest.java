package io.github.nixmaven.builder.toy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nixmaven.builder.language.TestCase;
import io.github.nixmaven.builder.nix.NixFixture;
import io.github.nixmaven.builder.overrides.OverridesRequest;
import io.github.nixmaven.builder.overrides.OverridesService;
import io.github.nixmaven.builder.realise.BuildFailedException;
import io.github.nixmaven.builder.realise.BuildRequest;
import io.github.nixmaven.builder.realise.BuildResult;
import io.github.nixmaven.builder.realise.BuildService;
import io.github.nixmaven.builder.realise.BuildSettings;
import io.github.nixmaven.builder.realise.Member;
import io.github.nixmaven.builder.realise.RecordingConsole;
import io.github.nixmaven.builder.report.ReportRequest;
import io.github.nixmaven.builder.report.ReportService;
import io.github.nixmaven.builder.sbom.Product;
import io.github.nixmaven.builder.sbom.SbomRequest;
import io.github.nixmaven.builder.sbom.SbomService;
import io.github.nixmaven.builder.testing.TestRequest;
import io.github.nixmaven.builder.testing.TestResult;
import io.github.nixmaven.builder.testing.TestService;
import io.github.nixmaven.builder.toolchain.Mirrors;
import io.github.nixmaven.builder.verify.VerifyRequest;
import io.github.nixmaven.builder.verify.VerifyResult;
import io.github.nixmaven.builder.verify.VerifyService;
import io.github.nixmaven.generator.hash.Hash;
import io.github.nixmaven.generator.pin.Context;
import io.github.nixmaven.generator.pin.Generator;
import io.github.nixmaven.generator.pin.LockRequest;
import io.github.nixmaven.generator.text.InputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("An ecosystem needs files in its own package alone")
class ToyBuildTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;
  private final RecordingConsole console = new RecordingConsole();
  private final Instant start = Instant.now();
  private final String colour = "red " + UUID.randomUUID();
  private BuildSettings settings;

  @BeforeEach
  void generate() throws Exception {
    settings = settings("paper", "wood");
  }

  /** A cache of our own; the sysroot is in the store. */
  private Context context() throws Exception {
    NixFixture.sysroot();
    return NixFixture.CONTEXT.withCache(directory.resolve("cache"));
  }

  private BuildSettings settings(String kite, String top) throws Exception {
    Path lock =
        Files.write(directory.resolve("toy.lock"), List.of(line("kite", kite), line("top", top)));
    LockRequest request = ToyEcosystem.TOY.request(lock, directory.resolve("toy.nix"));
    Generator.generate(request, context());
    return new BuildSettings(
        new ToyBuild(request, colour),
        null,
        Mirrors.DEBIAN,
        List.of(),
        directory.resolve("target/nix"),
        null,
        2,
        1,
        context(),
        null);
  }

  private String line(String name, String content) throws Exception {
    Files.writeString(directory.resolve(name + ".txt"), content + "\n");
    byte[] bytes = (content + "\n").getBytes(StandardCharsets.UTF_8);
    return name + " 1.0 " + Hash.digest(Hash.Algorithm.SHA256, bytes).sri() + " " + name + ".txt";
  }

  private BuildResult build() throws Exception {
    return new BuildService()
        .build(new BuildRequest(settings, List.of(), directory), console.plain());
  }

  @Test
  @DisplayName("to build")
  void members() throws Exception {
    BuildResult result = build();

    Path kite = result.outputs().get(new Member("kite", ToyTools.NATIVE, true));
    assertThat(kite.resolve("toy.txt")).hasContent(colour + " paper\n");
    assertThat(console.lines())
        .anyMatch(line -> line.matches("2 toys built, 0 reused in .*"))
        .contains("    a toy");
  }

  @Test
  @DisplayName("to say in its own words what went wrong")
  void failure() throws Exception {
    settings = settings("broken", "glass");

    assertThatThrownBy(this::build)
        .isInstanceOf(BuildFailedException.class)
        .hasMessageStartingWith("kite 1.0 (paint) does not build")
        .hasMessageContaining("oh no: it is broken");
  }

  @Test
  @DisplayName("to test")
  void test() throws Exception {
    TestResult result =
        new TestService()
            .test(
                new TestRequest(settings, List.of(), directory.resolve("reports")),
                console.plain());

    assertThat(result.count(TestCase.Outcome.PASSED)).isEqualTo(2);
    assertThat(console.lines()).contains("  kite catch.txt: 1 passed, 0 failed");
    assertThat(directory.resolve("reports/TEST-kite.catch.xml")).exists();
  }

  @Test
  @DisplayName("to verify, with a policy in its own words, and to report on both")
  void verify() throws Exception {
    build();
    Path report = directory.resolve("target/nix/verify.json");
    VerifyRequest request =
        new VerifyRequest(settings, report, null, Duration.ofMinutes(1), false, null);

    VerifyResult result = new VerifyService().verify(request, console.plain());

    assertThat(result.isIdentical()).isTrue();
    assertThat(console.lines()).anyMatch(line -> line.startsWith("2 toys rebuilt, 2 identical ("));

    new ReportService()
        .write(
            new ReportRequest(
                settings,
                report,
                directory.resolve("target/nix"),
                new ReportRequest.Coordinates("Toys", "org.example", "toys", "1.0"),
                start),
            console.plain());
    JsonNode data = JSON.readTree(directory.resolve("target/nix/report.json").toFile());
    assertThat(data.get("outcome").asText()).isEqualTo("passed");
    assertThat(data.get("packages"))
        .extracting(one -> one.get("id").asText())
        .containsExactly("kite 1.0", "top 1.0");
    assertThat(directory.resolve("target/nix/report.html"))
        .content()
        .contains("<h2 id=\"packages-title\">Toys</h2>");

    Path policy =
        Files.writeString(
            directory.resolve("reproducibility.toml"),
            "[[allow]]\ntoy = \"ball\"\nuntil = \"2999-01-01\"\nreason = \"it bounces\"\n");
    assertThatThrownBy(
            () ->
                new VerifyService()
                    .verify(
                        new VerifyRequest(
                            settings, report, policy, Duration.ofMinutes(1), false, null),
                        console.plain()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("2:1: the project has no toy `ball`");
  }

  @Test
  @DisplayName("to write a bill of materials")
  void sbom() throws Exception {
    build();
    Path json = directory.resolve("bom.json");

    new SbomService()
        .write(
            new SbomRequest(
                settings,
                new Product("org.example", "toys", "1.0", "jar"),
                "0.1.0",
                null,
                json,
                directory.resolve("bom.xml")),
            console.plain());

    assertThat(JSON.readTree(json.toFile()).get("components"))
        .extracting(one -> one.path("purl").asText())
        .contains("pkg:toy/kite@1.0", "pkg:toy/top@1.0");
    assertThat(console.lines()).anyMatch(line -> line.startsWith("Bill of materials: 2 toys, "));
  }

  @Test
  @DisplayName("to list overrides")
  void overrides() throws Exception {
    Path own =
        Files.writeString(
            directory.resolve("nix-overrides.toml"),
            "[[toy]]\nname = \"kite\"\ndebian.packages = [\"fonts-go\"]\n");
    OverridesService service = new OverridesService();

    assertThat(
            service.describe(
                service.list(
                    new OverridesRequest(
                        ToyLanguage.LANGUAGE, directory.resolve("toy.nix"), own, null, directory)),
                "toy"))
        .containsExactly(
            "kite 1.0: fonts-go (" + own + ":2:1)",
            "Missing in the toolchain (add them with `mvn nix:toolchain`): fonts-go");
  }
}
