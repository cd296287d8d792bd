package io.github.nixmaven.generator.cargo;

import static io.github.nixmaven.generator.net.Server.bytes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.github.nixmaven.generator.net.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A registry's token is shown to that registry, and to nobody else")
class RegistryTokenTest extends RegistryFixture {
  @Test
  @DisplayName("A token is shown to a registry that wants one, and to nobody else")
  void token() throws Exception {
    openWithToken();
    lock();
    int before = server.requests().size();
    String text = cargoNix();
    assertSame();

    List<HttpExchange> ours =
        server.requests().subList(before, server.requests().size()).stream()
            .filter(
                request ->
                    request.getRequestHeaders().getFirst("User-Agent").startsWith("cargo2nix"))
            .toList();
    assertThat(ours)
        .extracting(
            request ->
                request.getRequestURI().getPath()
                    + " "
                    + request.getRequestHeaders().getFirst("Authorization"))
        .containsExactlyInAnyOrder(
            "/index/config.json null",
            "/index/config.json " + TOKEN,
            "/dl/cfg-if/1.0.0/download " + TOKEN,
            "/dl/abc/1.0.0/download " + TOKEN,
            "/dl/Upper/1.0.0/download " + TOKEN);
    assertThat(text + heard).doesNotContain("s3cr3t");
    assertNoTokenBelow(parent.resolve("cache"));
  }

  private static void assertNoTokenBelow(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), UTF_8)).doesNotContain("s3cr3t");
      }
    }
  }

  @Test
  @DisplayName("A token stands in credentials.toml of cargo's home, too")
  void credentials() throws Exception {
    openWithToken();
    environment.remove("CARGO_REGISTRIES_MINE_TOKEN");
    Path home = Files.createDirectories(parent.resolve("home"));
    Files.writeString(home.resolve("credentials.toml"), "[registries.mine]\ntoken = \"wrong\"\n");
    Files.writeString(
        home.resolve("credentials"), "[registries.mine]\ntoken = \"" + TOKEN + "\"\n");
    lock();
    assertSame();
  }

  @Test
  @DisplayName("Where a crate file is redirected to another server, that one sees no token")
  void redirect() throws Exception {
    guarded = true;
    environment.put("CARGO_REGISTRIES_MINE_TOKEN", TOKEN);
    serveConfiguration(
        "{\"dl\":\"http://%s/moved/{crate}\",\"auth-required\":true}".formatted(server.address()));
    try (Server other = new Server()) {
      crates.forEach((name, crate) -> other.on("/" + name, bytes(crate)));
      server.on(
          "/moved/",
          guarded(
              exchange -> {
                String name = exchange.getRequestURI().getPath().replace("/moved/", "");
                exchange
                    .getResponseHeaders()
                    .set("Location", "http://" + other.address() + "/" + name);
                exchange.sendResponseHeaders(302, -1);
              }));
      lock();
      graph(false);
      assertThat(other.requests())
          .hasSize(3)
          .allSatisfy(
              request ->
                  assertThat(request.getRequestHeaders()).doesNotContainKey("Authorization"));
    }
  }

  @Test
  @DisplayName("Without a token, a registry that wants one is an error that says how to set it")
  void noToken() throws Exception {
    openWithToken();
    lock();
    environment.remove("CARGO_REGISTRIES_MINE_TOKEN");
    assertRefused(
        "the registry `mine` (" + index() + ") needs a token, but none is set",
        "Set CARGO_REGISTRIES_MINE_TOKEN, or run `cargo login --registry mine`.");
    assertThatThrownBy(() -> Cargo.run(directory, environment, List.of("update")))
        .hasMessageContaining("no token found");
  }

  @Test
  @DisplayName("A token that the registry does not take is an error that does not show it")
  void wrongToken() throws Exception {
    openWithToken();
    lock();
    environment.put("CARGO_REGISTRIES_MINE_TOKEN", "Bearer another s3cr3t");
    assertRefused("the registry `mine` (" + index() + ") rejects the token", "Renew the");
    environment.put("CARGO_REGISTRIES_MINE_TOKEN", "s3cr3t\nX-Injected: 1");
    assertRefused("the token of the registry `mine` contains characters", "as one line");
  }

  @Test
  @DisplayName("As in cargo, no token is shown where no credential provider is configured")
  void noProvider() throws Exception {
    openWithToken();
    lock();
    Path file = directory.resolve(".cargo/config.toml");
    String configured = Files.readString(file);
    Files.writeString(file, configured.replace("global-credential-providers", "something-else"));
    assertRefused("no credential provider is configured", "[\"cargo:token\"]");
    assertThatThrownBy(() -> Cargo.run(directory, environment, List.of("update")))
        .hasMessageContaining("authenticated registries require a credential-provider");
    Files.writeString(file, configured.replace("cargo:token", "cargo:libsecret"));
    assertRefused(
        "the credential provider `cargo:libsecret` is not supported", "[\"cargo:token\"]");
  }

  @Test
  @DisplayName("A file that may hold a token and is no TOML is an error that shows none of it")
  void brokenCredentials() throws Exception {
    openWithToken();
    lock();
    environment.remove("CARGO_REGISTRIES_MINE_TOKEN");
    Files.writeString(
        parent.resolve("home/credentials.toml"), "[registries.mine]\ntoken = s3cr3t\n");
    assertRefused("credentials.toml:2:", "quotation marks");
    Files.delete(parent.resolve("home/credentials.toml"));
    configure("[registries.other]\ntoken = s3cr3t\n");
    assertRefused("config.toml:6:", "quotation marks");
  }

  @Test
  @DisplayName("A password in a registry's address is an error that does not show it")
  void password() throws Exception {
    openPlain();
    lock();
    configure(
        """
        [source.crates-io]
        replace-with = "mirror"
        [source.mirror]
        registry = "sparse+http://user:s3cr3t@localhost/index/"
        """);
    assertRefused("the address of a registry contains a user name or a password", "Remove it");
  }
}
