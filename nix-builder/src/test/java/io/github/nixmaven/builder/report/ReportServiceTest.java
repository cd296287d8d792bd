package io.github.nixmaven.builder.report;

import static io.github.nixmaven.builder.realise.HandMadeProject.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.nixmaven.builder.language.Unit;
import io.github.nixmaven.builder.nix.Derivation;
import io.github.nixmaven.builder.nix.PathInfo;
import io.github.nixmaven.builder.realise.HandMadeProject;
import io.github.nixmaven.builder.realise.Preparation;
import io.github.nixmaven.builder.realise.Realisation;
import io.github.nixmaven.builder.realise.RecordingConsole;
import io.github.nixmaven.builder.realise.SmallDisk;
import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
@DisplayName("A report")
class ReportServiceTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String EVIL = "</pre><script>console.log('out')</script>&amp;'\"[=7*7]";

  private final RecordingConsole console = new RecordingConsole();
  private final Instant start = Instant.now();
  @TempDir private Path folder;

  @Test
  @DisplayName("says of each crate what it is built from and how long that took")
  void data() throws Exception {
    Preparation prepared = built();

    write(prepared, start);

    JsonNode report = JSON.readTree(work().resolve("report.json").toFile());
    assertThat(report.get("outcome").asText()).isEqualTo("unverified");
    assertThat(report.get("summary").get("packages").asInt()).isEqualTo(3);
    assertThat(report.get("summary").get("built").asInt()).isEqualTo(3);
    assertThat(report.get("summary").get("reused").asInt()).isZero();
    JsonNode app = report.get("packages").get(0);
    assertThat(app.get("id").asText()).isEqualTo("app 1.0.0");
    JsonNode helper = report.get("packages").get(1);
    assertThat(texts(app.get("dependencies"))).containsExactly("helper 0.1.0", "unusual 0.2.0");
    assertThat(texts(helper.get("dependents"))).containsExactly("app 1.0.0");
    // The build of app takes a few milliseconds: its start and its end may be read at once.
    assertThat(app.get("seconds").asDouble()).isBetween(0.0, 60.0);
    assertThat(helper.get("seconds").asDouble()).isBetween(0.1, 60.0);
    PathInfo registered =
        PathInfo.closure(prepared.nix(), List.of(output(prepared))).stream()
            .filter(info -> info.path().equals(output(prepared)))
            .findAny()
            .orElseThrow();
    assertThat(app.get("bytes").asLong()).isEqualTo(registered.narSize());
    assertThat(app.get("parts").get(0).get("narHash").asText())
        .isEqualTo(registered.narHash().sri());
    assertThat(report.get("timeline").get("thisRun").asBoolean()).isTrue();
    assertThat(report.get("timeline").get("bars")).hasSize(4);
    JsonNode steps = report.get("timeline").get("steps");
    assertThat(steps.get(steps.size() - 1).get("builders").asInt()).isZero();
    assertThat(console.lines()).contains("Page: " + work().resolve("report.html"));
  }

  @Test
  @DisplayName("of a later run says that all was reused, and shows the build that was")
  void reused() throws Exception {
    Preparation prepared = built();

    write(prepared, Instant.now().plusSeconds(1));

    JsonNode report = JSON.readTree(work().resolve("report.json").toFile());
    assertThat(report.get("summary").get("built").asInt()).isZero();
    assertThat(report.get("summary").get("reused").asInt()).isEqualTo(3);
    assertThat(report.get("timeline").get("thisRun").asBoolean()).isFalse();
    assertThat(page()).contains("Everything was reused in this run");
  }

  @Test
  @DisplayName("does not show a verification of another build")
  void foreignVerification() throws Exception {
    Preparation prepared = built();
    ObjectNode verification = verification(prepared, "identical");
    ((ObjectNode) verification.get("outputs").get(0)).put("derivation", "/nix/store/other.drv");
    verified(verification);

    write(prepared, start);

    assertThat(page()).contains("Built, not verified");
    assertThat(work().resolve("app-1.0.buildcompare")).doesNotExist();
  }

  @Test
  @DisplayName("never calls a build good without saying what was tried")
  void tried() throws Exception {
    Preparation prepared = built();
    verified(verification(prepared, "identical"));

    write(prepared, start);

    assertThat(page()).contains("Every rebuild was identical", "varied: build path, clock");
  }

  @Test
  @DisplayName(
      "shows at the top what the policy decided, with each entry's crate, reason and last day")
  void policy() throws Exception {
    Preparation prepared = built();
    ObjectNode verification = verification(prepared, "identical").put("outcome", "failed");
    policy(verification, "helper", null, "2026-12-01", "not_needed");
    policy(verification, "app", "1.0.0", "2026-11-01", "expired");
    verified(verification);

    write(prepared, start);

    assertThat(page())
        .contains("<h2>The policy does not fit the build</h2>")
        .contains("The policy does not fit: change 2 entries")
        .contains(
            "does not differ, so remove the entry</td><td><time>2026-12-01</time></td><td>why helper</td>")
        .contains("has expired</td><td><time>2026-11-01</time></td><td>why app</td>")
        .contains("<th scope=\"row\"><a href=\"#package-helper-0-1-0\">helper 0.1.0</a></th>")
        .contains("<code>reproducibility.toml:1:1</code>");
    assertThat(page().indexOf("id=\"policy\"")).isLessThan(page().indexOf("<main"));

    verification = verification(prepared, "different").put("outcome", "passed");
    policy(verification, "unusual", null, "2026-12-01", "needed");
    ((ObjectNode) verification.get("outputs").get(0))
        .putObject("allowed")
        .put("until", "2026-12-01")
        .put("reason", "why unusual");
    verified(verification);
    write(prepared, start);
    assertThat(page())
        .contains("<h2>Passed, with allowed differences</h2>")
        .contains("The policy: 1 entry</h2>")
        .contains(
            "allowed: the crate differs</td><td><time>2026-12-01</time></td><td>why unusual</td>");
  }

  @Test
  @DisplayName("has the files in the form of maven-artifact-plugin")
  void buildInfo() throws Exception {
    Preparation prepared = built();
    verified(verification(prepared, "different"));

    write(prepared, start);

    Properties info = new Properties();
    info.load(new StringReader(Files.readString(work().resolve("app-1.0.buildinfo"))));
    assertThat(info)
        .containsEntry("buildinfo.version", "1.0-SNAPSHOT")
        .containsEntry("group-id", "com.example")
        .containsEntry("artifact-id", "app")
        .containsEntry("name", "Größe <b>&")
        .containsEntry("outputs.0.filename", "bin/app")
        .containsEntry("outputs.0.length", "5");
    String sha512 = info.getProperty("outputs.0.checksums.sha512");
    assertThat(sha512)
        .isEqualTo(
            org.apache.commons.codec.digest.DigestUtils.sha512Hex(
                Files.readAllBytes(Path.of(output(prepared), "bin/app"))));
    Properties comparison = new Properties();
    comparison.load(new StringReader(Files.readString(work().resolve("app-1.0.buildcompare"))));
    assertThat(comparison)
        .containsEntry("ok", "1")
        .containsEntry("ko", "0")
        .containsEntry("okFiles", "\"bin/app\"");
  }

  @Test
  @DisplayName("into a folder that is a link is refused, and nothing is written through it")
  void link() throws Exception {
    Preparation prepared = built();
    Path real = Files.createDirectories(folder.resolve("somebody-else's"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), real);

    assertThatThrownBy(
            () -> new ReportService().write(request(link, start), prepared, console.plain()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("the report's directory, " + link + ", is a link to " + real)
        .hasMessageContaining("-Dnix.report.directory");
    assertThat(real).isEmptyDirectory();
  }

  @Test
  @DisplayName("that does not fit on the disk leaves all of an earlier one, and nothing else")
  void diskFull() throws Exception {
    Preparation prepared = built();
    verified(verification(prepared, "identical"));
    Path place = folder.resolve("disk");
    try (SmallDisk disk = SmallDisk.mount(place, "1m")) {
      ReportService service = new ReportService();
      var unused = service.write(request(place, start), prepared, console.plain());
      Map<String, String> before = contents(place);
      disk.fill();
      before.put("filler", contents(place).get("filler"));
      verified(verification(prepared, "different"));

      assertThatThrownBy(() -> service.write(request(place, start), prepared, console.plain()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot write " + place)
          .hasMessageContaining("No space left on device");
      assertThat(contents(place)).isEqualTo(before).hasSize(5);
    }
  }

  @Test
  @DisplayName("into a folder that may not be written to, or is none, is refused before any work")
  void notWritable() throws Exception {
    Path place = folder.resolve("disk");
    try (SmallDisk disk = SmallDisk.mount(place, "64k")) {
      disk.makeReadOnly();

      assertThatThrownBy(() -> new ReportService().write(request(place, start), console.plain()))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith(
              place.resolve("report.html") + ": the file cannot be written: Read-only file system");
    }
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> new ReportService().write(request(file, start), console.plain()))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(
            file.resolve("report.html")
                + ": the file cannot be written: "
                + file
                + " is not a directory");
  }

  @Test
  @DisplayName("of a build that was not verified takes away the comparison of an earlier one")
  void earlierComparison() throws Exception {
    Preparation prepared = built();
    verified(verification(prepared, "identical"));
    write(prepared, start);
    assertThat(work().resolve("app-1.0.buildcompare")).exists();
    Files.delete(work().resolve("verify.json"));

    write(prepared, start);

    assertThat(work().resolve("app-1.0.buildcompare")).doesNotExist();
  }

  @Test
  @DisplayName(
      "opens in Chromium without a word on the console and without a request, and the keyboard"
          + " reaches each section")
  void inABrowser() throws Exception {
    Preparation prepared = built();
    ObjectNode verification = verification(prepared, "different");
    policy(verification, EVIL, null, "2026-11-01", "expired");
    policy(verification, "helper", null, "2026-12-01", "needed");
    verified(verification);
    Path page = write(prepared, start);

    try (Browser browser = new Browser()) {
      for (String theme : List.of("light", "dark")) {
        browser.show(theme, 1280, 900);
        browser.open(page);
      }

      assertThat(browser.complaints()).isEmpty();
      assertThat(browser.requests()).containsOnly(page.toUri().toString());
      assertThat(browser.evaluate("document.scripts.length")).isEqualTo("0");
      assertThat(browser.evaluate("document.body.innerText")).contains(EVIL);
      // Nothing wider than the screen, but for what scrolls by itself.
      assertThat(browser.evaluate("document.documentElement.scrollWidth <= innerWidth"))
          .isEqualTo("true");

      Set<String> sections = new TreeSet<>();
      int count = Integer.parseInt(browser.evaluate("document.querySelectorAll('section').length"));
      Set<String> focused = new TreeSet<>();
      for (int i = 0; i < 60; i++) {
        browser.tab();
        String href = browser.evaluate("document.activeElement.getAttribute('href') || ''");
        focused.add(href);
        if (href.startsWith("#")
            && browser.evaluate("document.activeElement.closest('nav') !== null").equals("true")) {
          browser.enter();
          sections.add(browser.evaluate("location.hash"));
          // Back to where the tab key was.
          browser.evaluate("document.querySelector('nav a[href=\"" + href + "\"]').focus()");
        }
        if (sections.size() == count) {
          break;
        }
      }
      assertThat(sections)
          .hasSize(count)
          .contains("#policy", "#evidence", "#timeline", "#packages");
      assertThat(focused).contains("#main");
      assertThat(browser.evaluate("[...document.querySelectorAll('section')].every(s => s.id)"))
          .isEqualTo("true");
      assertThat(
              browser.evaluate(
                  "[...document.querySelectorAll('a[href^=\"#\"]')].every(a =>"
                      + " document.getElementById(a.getAttribute('href').slice(1)))"))
          .isEqualTo("true");
      assertThat(new String(browser.print(), 0, 5, java.nio.charset.StandardCharsets.US_ASCII))
          .isEqualTo("%PDF-");
    }
  }

  @Test
  @DisplayName("fits a phone: no box but the graph scrolls, and the page scrolls down only")
  void onAPhone() throws Exception {
    Preparation prepared = built();
    ObjectNode verification = verification(prepared, "different");
    policy(verification, EVIL, null, "2026-11-01", "expired");
    verified(verification);
    Path page = write(prepared, start);

    try (Browser browser = new Browser()) {
      browser.show("light", 400, 900);
      browser.open(page);

      assertThat(browser.evaluate("document.documentElement.scrollWidth <= innerWidth"))
          .isEqualTo("true");
      assertThat(
              browser.evaluate(
                  "[...document.querySelectorAll('*')].filter(e => e.closest('details') === null"
                      + " && /auto|scroll/.test(getComputedStyle(e).overflowY)"
                      + " && e.scrollHeight > e.clientHeight + 1).map(e => e.className).join()"))
          .isEmpty();
    }
  }

  /** A member of two crates, one with a build script, named so that a page must escape it. */
  private Preparation built() throws Exception {
    Preparation prepared =
        new HandMadeProject()
            .with("script", unit("helper", "0.1.0", "script-run"), "sleep 0.2; mkdir $out", "")
            .with(
                "helper",
                unit("helper", "0.1.0", "library"),
                "echo $script > $out",
                "inherit script;")
            .with("unusual", unit("unusual", "0.2.0", "library"), "echo > $out", "")
            .with(
                "app",
                unit("app", "1.0.0", "product"),
                "mkdir -p $out/bin; echo text > $out/bin/app",
                "inherit helper unusual;")
            .member("app")
            .prepare();
    var unused =
        Realisation.realise(
            prepared, prepared.project().members().values(), work(), console.plain());
    return prepared;
  }

  /** What nix:verify writes, with one output of this verdict. */
  private static ObjectNode verification(Preparation prepared, String verdict) {
    ObjectNode root = JSON.createObjectNode().put("format", 3);
    root.put("outcome", verdict.equals("identical") ? "passed" : "failed");
    root.put(
        "tried", "4 rebuilds with the same inputs on the same machine; varied: build path, clock");
    root.putArray("axes").addObject().put("axis", "time").put("tried", true).put("detail", EVIL);
    root.putArray("canaries")
        .addObject()
        .put("axis", "time")
        .put("good", true)
        .put("detail", "caught");
    ArrayNode outputs = root.putArray("outputs");
    boolean first = true;
    for (Derivation derivation : prepared.project().closure().values()) {
      Unit unit = prepared.project().unit(derivation);
      ObjectNode output = outputs.addObject();
      output
          .put("name", unit.packageName())
          .put("version", unit.version())
          .put("label", unit.label());
      output.put("derivation", derivation.path());
      output.put("output", derivation.outputPaths().get(0));
      output.put("narHash", "sha256-AAAA").put("narSize", 12345);
      output.put("verdict", first ? verdict : "identical").put("rebuilds", 1);
      if (first && !verdict.equals("identical")) {
        output.put("reason", EVIL).put("advice", EVIL);
        output.putArray("causes").add("time");
        output
            .putObject("rebuilt")
            .put("copy", "/tmp/copy")
            .put("narHash", "sha256-BBBB")
            .put("narSize", 1);
        output
            .putObject("firstDifference")
            .put("file", "lib/a.rlib")
            .put("what", "differs")
            .put("offset", 500)
            .put("place", "member a.o, section .rodata")
            .put("before", EVIL)
            .put("after", "2026");
        output
            .putArray("notes")
            .addObject()
            .put("kind", "time")
            .put("file", "a")
            .put("offset", 7)
            .put("place", "")
            .put("text", EVIL);
      }
      first = false;
    }
    return root;
  }

  private static void policy(
      ObjectNode verification, String crate, String version, String until, String state) {
    verification
        .withArray("policy")
        .addObject()
        .put("package", crate)
        .put("version", version)
        .put("until", until)
        .put("reason", "why " + crate)
        .put("place", "reproducibility.toml:1:1")
        .put("state", state);
  }

  private void verified(JsonNode verification) throws Exception {
    Files.writeString(work().resolve("verify.json"), verification.toString());
  }

  private static Map<String, String> contents(Path folder) throws IOException {
    Map<String, String> result = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        result.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return result;
  }

  private Path write(Preparation prepared, Instant since) throws Exception {
    return new ReportService().write(request(work(), since), prepared, console.plain());
  }

  private ReportRequest request(Path where, Instant since) {
    return new ReportRequest(
        HandMadeProject.settings(folder),
        work().resolve("verify.json"),
        where,
        new ReportRequest.Coordinates("Größe <b>&", "com.example", "app", "1.0"),
        since);
  }

  private String page() throws Exception {
    return Files.readString(work().resolve("report.html"));
  }

  private Path work() {
    return folder.resolve("target/nix");
  }

  private static String output(Preparation prepared) {
    return HandMadeProject.output(prepared, "app");
  }

  private static List<String> texts(JsonNode array) {
    return JSON.convertValue(
        array, new com.fasterxml.jackson.core.type.TypeReference<List<String>>() {});
  }
}
