package io.github.nixmaven.generator.cargo;

import static io.github.nixmaven.generator.net.Server.bytes;
import static io.github.nixmaven.generator.net.Server.status;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.generator.net.Server;
import io.github.nixmaven.generator.text.DirectoryTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A registry that is of no use is an error or a fault that says why")
class RegistryRefusalTest extends RegistryFixture {
  @Test
  @DisplayName("A registry that lets us in but refuses a crate file is an error")
  void refusesCrate() throws Exception {
    openPlain();
    lock();
    crates.keySet().forEach(name -> server.on("/no/" + name, status(403)));
    replaceConfiguration("{\"dl\":\"http://%s/no/{crate}\"}".formatted(server.address()));
    assertRefused("denies access", "Ask the registry's operator");
  }

  /** The server's answers cannot be changed, so the registry moves. */
  private void replaceConfiguration(String json) throws Exception {
    move();
    server.on("/moved-index/config.json", bytes(json.getBytes(UTF_8)));
  }

  private void move() throws Exception {
    for (String name : List.of("Cargo.lock", ".cargo/config.toml")) {
      Path file = directory.resolve(name);
      Files.writeString(
          file,
          Files.readString(file)
              .replace(server.address() + "/index/", server.address() + "/moved-index/"));
    }
  }

  @Test
  @DisplayName("No registry at the address, and a registry without the crate, are errors")
  void absent() throws Exception {
    openPlain();
    lock();
    server.on("/nothing", status(404));
    replaceConfiguration("{\"dl\":\"http://%s/nothing\"}".formatted(server.address()));
    assertRefused(
        "does not exist: there is nothing at http://" + server.address() + "/nothing",
        "Cargo.lock");
    DirectoryTree.delete(parent.resolve("cache"));
    Path lock = directory.resolve("Cargo.lock");
    Files.writeString(lock, Files.readString(lock).replace("/moved-index/", "/nowhere/"));
    assertRefused("there is no registry at http://" + server.address() + "/nowhere/", "index");
  }

  @Test
  @DisplayName("A configuration that is of no use is an error")
  void badConfiguration() throws Exception {
    openPlain();
    lock();
    move();
    server.on(
        "/moved-index/config.json",
        Server.inTurn(
            bytes("<html>".getBytes(UTF_8)),
            bytes("{\"api\":\"http://localhost\"}".getBytes(UTF_8)),
            bytes("{\"dl\":\"ftp://localhost/{crate}\"}".getBytes(UTF_8)),
            bytes("{\"dl\":\"https://user:s3cr3t@localhost/{crate}\"}".getBytes(UTF_8))));
    assertRefused("cannot be used: it is not JSON", "Report it to the registry");
    assertRefused("cannot be used: it has no `dl`", "Report it to the registry");
    assertRefused(
        "cannot be used: its `dl` must begin with https:// or http://",
        "Report it to the registry");
    assertRefused(
        "cannot be used: its `dl` must begin with https:// or http://",
        "Report it to the registry");
  }

  @Test
  @DisplayName("Wrong bytes are an error that names both digests")
  void wrongBytes() throws Exception {
    openPlain();
    lock();
    crates.keySet().forEach(name -> server.on("/wrong/" + name, bytes("other".getBytes(UTF_8))));
    replaceConfiguration("{\"dl\":\"http://%s/wrong/{crate}\"}".formatted(server.address()));
    assertRefused("expected SHA-256", "compare the pin with its history");
  }

  @Test
  @DisplayName("A registry that answers 500 is a fault that says so")
  void internalError() throws Exception {
    openPlain();
    lock();
    move();
    server.on("/moved-index/config.json", status(500));
    assertThat(refusal())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("/moved-index/config.json answered with status 500 (tried 5 times)");
  }

  @Test
  @DisplayName("A registry that does not answer is a fault that says so")
  void silent() throws Exception {
    openPlain();
    lock();
    move();
    server.on("/moved-index/config.json", server.silent());
    timeout = Duration.ofMillis(200);
    assertThat(refusal())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("/moved-index/config.json: silent for 0.2 s (tried 5 times)");
  }

  @Test
  @DisplayName("A registry that the configuration does not know is an error at the dependency")
  void unknownRegistry() throws Exception {
    openPlain();
    lock();
    Files.writeString(directory.resolve(".cargo/config.toml"), "");
    assertRefused("Cargo.toml:7:1: there is no registry `mine`", "Add `[registries.mine]`");
    assertThatThrownBy(() -> Cargo.unitGraph(directory, environment, BUILD))
        .hasMessageContaining("registry index was not found in any configuration: `mine`");
    environment.put("CARGO_REGISTRIES_MINE_INDEX", index());
    assertSame();
  }
}
