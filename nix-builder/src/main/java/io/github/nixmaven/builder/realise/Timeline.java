package io.github.nixmaven.builder.realise;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * When derivations were built here: a file in the work directory, which lives until {@code mvn
 * clean}.
 *
 * <p>JSON: {@code {format, derivations: {PATH: {build, started, ended, failed?}}}}, with times as
 * ISO 8601 in UTC.
 *
 * @param spans when each derivation was built last, by store path
 */
public record Timeline(Map<String, Span> spans) {
  /** The file's name in the work directory. */
  public static final String FILE = "timeline.json";

  private static final int FORMAT = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * When a derivation was built.
   *
   * @param build when the build began that it is from
   * @param started when its builder started
   * @param ended when its builder ended
   * @param failed whether it came to nothing
   */
  public record Span(Instant build, Instant started, Instant ended, boolean failed) {}

  /** Reads the file of a work directory; empty if there is no valid one. */
  public static Timeline read(Path workDirectory) throws IOException {
    Path file = workDirectory.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      return new Timeline(Map.of());
    }
    JsonNode root = JSON.readTree(file.toFile());
    if (root.path("format").asInt() != FORMAT) {
      return new Timeline(Map.of());
    }
    try {
      Map<String, Span> spans = new TreeMap<>();
      for (Map.Entry<String, JsonNode> entry : root.path("derivations").properties()) {
        JsonNode span = entry.getValue();
        spans.put(
            entry.getKey(),
            new Span(
                time(span, "build"),
                time(span, "started"),
                time(span, "ended"),
                span.path("failed").asBoolean()));
      }
      return new Timeline(spans);
    } catch (DateTimeException e) {
      return new Timeline(Map.of()); // not ours; the next build replaces it
    }
  }

  /** Writes the file of a work directory: these entries, and those of earlier builds. */
  void write(Path workDirectory) throws IOException {
    if (spans.isEmpty()) {
      return;
    }
    Map<String, Span> all = new TreeMap<>(read(workDirectory).spans());
    all.putAll(spans);
    ObjectNode root = JSON.createObjectNode();
    root.put("format", FORMAT);
    ObjectNode derivations = root.putObject("derivations");
    all.forEach(
        (path, span) -> {
          ObjectNode node = derivations.putObject(path);
          node.put("build", span.build().toString());
          node.put("started", span.started().toString());
          node.put("ended", span.ended().toString());
          if (span.failed()) {
            node.put("failed", true);
          }
        });
    OutputFile.write(
        workDirectory.resolve(FILE),
        (root.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static Instant time(JsonNode node, String name) {
    return Instant.parse(node.path(name).asText());
  }

  /** Hears when builders start and end. */
  static final class Recorder {
    private final Instant build = Instant.now();
    private final Map<String, Instant> running = new LinkedHashMap<>();
    private final Map<String, Span> spans = new LinkedHashMap<>();

    synchronized void started(String derivation) {
      running.put(derivation, Instant.now());
    }

    /**
     * A builder has ended, perhaps a while ago.
     *
     * @param outputs what it made, and Nix put to its place when it ended; empty where it failed
     */
    synchronized void ended(String derivation, List<String> outputs) {
      Instant start = running.remove(derivation);
      if (start == null) {
        return;
      }
      Instant now = Instant.now();
      Instant end = start;
      for (String output : outputs) {
        Instant put = whenPut(Path.of(output));
        end = put.isAfter(end) && put.isBefore(now) ? put : end;
      }
      spans.put(
          derivation, new Span(build, start, end.equals(start) ? now : end, outputs.isEmpty()));
    }

    private static Instant whenPut(Path output) {
      try {
        return ((FileTime) Files.getAttribute(output, "unix:ctime", LinkOption.NOFOLLOW_LINKS))
            .toInstant();
      } catch (IOException e) {
        // Whoever hears of it cannot throw; it was there a moment ago.
        throw new UncheckedIOException(e);
      }
    }

    /** What was heard. */
    synchronized Timeline timeline() {
      return new Timeline(Map.copyOf(spans));
    }
  }
}
