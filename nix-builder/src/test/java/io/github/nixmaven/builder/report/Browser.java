package io.github.nixmaven.builder.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.nixmaven.generator.text.DirectoryTree;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A real Chromium without a window, spoken to by its DevTools protocol. */
final class Browser implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final Path profile;
  private final WebSocket socket;
  private final AtomicInteger ids = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final BlockingQueue<String> loads = new LinkedBlockingQueue<>();

  Browser() throws Exception {
    profile = Files.createTempDirectory("chromium");
    process =
        new ProcessBuilder(
                "chromium",
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--remote-debugging-port=0",
                "--remote-allow-origins=*",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Path portFile = profile.resolve("DevToolsActivePort");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!Files.exists(portFile) || Files.readString(portFile).lines().count() < 2) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IOException("chromium does not start");
      }
      Thread.sleep(50);
    }
    String port = Files.readAllLines(portFile).get(0);
    HttpClient client = HttpClient.newHttpClient();
    JsonNode pages =
        JSON.readTree(
            client
                .send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list"))
                        .build(),
                    HttpResponse.BodyHandlers.ofString())
                .body());
    String address = null;
    for (JsonNode page : pages) {
      if (page.path("type").asText().equals("page")) {
        address = page.path("webSocketDebuggerUrl").asText();
      }
    }
    socket = client.newWebSocketBuilder().buildAsync(URI.create(address), new Listener()).join();
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      call(domain + ".enable", JSON.createObjectNode());
    }
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        String message = text.toString();
        text.setLength(0);
        hear(message);
      }
      webSocket.request(1);
      return null;
    }
  }

  private void hear(String message) {
    JsonNode json;
    try {
      json = JSON.readTree(message);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    if (json.has("id")) {
      answers.remove(json.get("id").asInt()).complete(json);
      return;
    }
    JsonNode parameters = json.path("params");
    switch (json.path("method").asText()) {
      case "Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded" ->
          complaints.add(parameters.toString());
      case "Network.requestWillBeSent" ->
          requests.add(parameters.path("request").path("url").asText());
      case "Page.loadEventFired" -> loads.add("loaded");
      default -> {
        // What a page does otherwise is of no interest.
      }
    }
  }

  JsonNode call(String method, ObjectNode parameters) throws Exception {
    int id = ids.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(id, answer);
    ObjectNode request = JSON.createObjectNode().put("id", id).put("method", method);
    request.set("params", parameters);
    socket.sendText(request.toString(), true).join();
    JsonNode json = answer.get(60, TimeUnit.SECONDS);
    if (json.has("error")) {
      throw new IOException(method + ": " + json.get("error"));
    }
    return json.path("result");
  }

  /** Opens a page and waits until all of it is there. */
  void open(Path page) throws Exception {
    loads.clear();
    call("Page.navigate", JSON.createObjectNode().put("url", page.toUri().toString()));
    if (loads.poll(60, TimeUnit.SECONDS) == null) {
      throw new IOException(page + " does not load");
    }
  }

  /** What an expression of JavaScript yields, as text. */
  String evaluate(String expression) throws Exception {
    JsonNode result =
        call(
            "Runtime.evaluate",
            JSON.createObjectNode().put("expression", expression).put("returnByValue", true));
    return result.path("result").path("value").asText();
  }

  /** Shows the page as in a theme, {@code light} or {@code dark}, on a screen of this size. */
  void show(String theme, int width, int height) throws Exception {
    ObjectNode parameters = JSON.createObjectNode();
    parameters
        .putArray("features")
        .addObject()
        .put("name", "prefers-color-scheme")
        .put("value", theme);
    call("Emulation.setEmulatedMedia", parameters);
    call(
        "Emulation.setDeviceMetricsOverride",
        JSON.createObjectNode()
            .put("width", width)
            .put("height", height)
            .put("deviceScaleFactor", 1)
            .put("mobile", false));
  }

  /** A picture of the whole page. */
  void screenshot(Path file) throws Exception {
    JsonNode result =
        call(
            "Page.captureScreenshot",
            JSON.createObjectNode().put("format", "png").put("captureBeyondViewport", true));
    Files.write(file, Base64.getDecoder().decode(result.path("data").asText()));
  }

  /** The page as it is printed. */
  byte[] print() throws Exception {
    return Base64.getDecoder()
        .decode(
            call("Page.printToPDF", JSON.createObjectNode().put("printBackground", false))
                .path("data")
                .asText());
  }

  /** Presses the tab key. */
  void tab() throws Exception {
    for (String type : List.of("rawKeyDown", "keyUp")) {
      call(
          "Input.dispatchKeyEvent",
          JSON.createObjectNode()
              .put("type", type)
              .put("key", "Tab")
              .put("code", "Tab")
              .put("windowsVirtualKeyCode", 9));
    }
  }

  /** Presses the enter key. */
  void enter() throws Exception {
    call(
        "Input.dispatchKeyEvent",
        JSON.createObjectNode()
            .put("type", "keyDown")
            .put("key", "Enter")
            .put("code", "Enter")
            .put("text", "\r")
            .put("windowsVirtualKeyCode", 13));
    call(
        "Input.dispatchKeyEvent",
        JSON.createObjectNode()
            .put("type", "keyUp")
            .put("key", "Enter")
            .put("code", "Enter")
            .put("windowsVirtualKeyCode", 13));
  }

  /** What the page wrote to the console, errors among it. */
  List<String> complaints() {
    return new ArrayList<>(complaints);
  }

  /** The addresses that were asked for. */
  List<String> requests() {
    return new ArrayList<>(requests);
  }

  @Override
  public void close() throws Exception {
    socket.abort();
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
    DirectoryTree.delete(profile);
  }
}
