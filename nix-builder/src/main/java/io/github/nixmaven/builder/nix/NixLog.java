package io.github.nixmaven.builder.nix;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Turns the lines of {@code --log-format internal-json} into events.
 *
 * <p>The format is Nix's {@code JSONLogger}: {@code @nix } and one JSON object a line. The numbers
 * of activities and results are those of {@code logging.hh}, the same from 2.8 to 2.34. A line of
 * another form is a message: the daemon and the linker of Nix itself write past the logger.
 */
public final class NixLog implements Consumer<String> {
  /** The arguments that make Nix write this format. */
  public static final List<String> OPTIONS = List.of("--log-format", "internal-json");

  private static final int ACTIVITY_BUILD = 105;
  private static final int RESULT_BUILD_LOG_LINE = 101;
  private static final int LEVEL_INFO = 3;
  private static final Pattern ANSI = Pattern.compile("\u001b\\[[0-9;?]*[ -/]*[@-~]");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Consumer<NixEvent> events;
  private final Map<Long, String> builds = new HashMap<>();

  /**
   * @param events hears each event in the order of the lines
   */
  public NixLog(Consumer<NixEvent> events) {
    this.events = events;
  }

  /** Takes one line of standard error. */
  @Override
  public void accept(String line) {
    if (!line.startsWith("@nix ")) {
      message(warningOrInfo(line), line);
      return;
    }
    JsonNode json;
    try {
      json = JSON.readTree(line.substring("@nix ".length()));
    } catch (JsonProcessingException e) {
      message(LEVEL_INFO, line);
      return;
    }
    long id = json.path("id").asLong();
    switch (json.path("action").asText()) {
      case "start" -> start(id, json);
      case "stop" -> {
        String derivation = builds.remove(id);
        if (derivation != null) {
          events.accept(new NixEvent.BuildStopped(derivation));
        }
      }
      case "result" -> {
        String derivation = builds.get(id);
        if (derivation != null && json.path("type").asInt() == RESULT_BUILD_LOG_LINE) {
          events.accept(new NixEvent.LogLine(derivation, json.path("fields").path(0).asText()));
        }
      }
      case "msg" -> message(json.path("level").asInt(), json.path("msg").asText());
      default -> {
        // A later Nix may add actions; none of them can matter to what is counted here.
      }
    }
  }

  private void start(long id, JsonNode json) {
    if (json.path("type").asInt() != ACTIVITY_BUILD) {
      return;
    }
    String derivation = json.path("fields").path(0).asText();
    builds.put(id, derivation);
    boolean check = json.path("text").asText().startsWith("checking outputs of");
    events.accept(new NixEvent.BuildStarted(derivation, check));
  }

  private void message(int level, String text) {
    events.accept(new NixEvent.Message(level, plain(text)));
  }

  private static int warningOrInfo(String line) {
    String text = plain(line);
    if (text.startsWith("error:")) {
      return NixEvent.Message.ERROR;
    }
    return text.startsWith("warning:") ? NixEvent.Message.WARNING : LEVEL_INFO;
  }

  /** A text without colours. */
  public static String plain(String text) {
    return ANSI.matcher(text).replaceAll("");
  }
}
