package io.github.nixmaven.plugin.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.builder.cache.CacheServer;
import io.github.nixmaven.builder.cache.Credentials;
import io.github.nixmaven.builder.cache.PushService;
import io.github.nixmaven.builder.toolchain.Targets;
import io.github.nixmaven.generator.api.CargoNixGenerator;
import io.github.nixmaven.generator.api.GenerateRequest;
import io.github.nixmaven.generator.text.InputException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.crypto.DefaultSettingsDecrypter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sonatype.plexus.components.cipher.DefaultPlexusCipher;
import org.sonatype.plexus.components.sec.dispatcher.DefaultSecDispatcher;

@Timeout(300)
@DisplayName("The password of a <server> of settings.xml")
class PushMojoTest {
  private static final String PASSWORD = "s3cr3t-of-the-cache";
  private static final String HEADER = "Basic bWU6czNjcjN0LW9mLXRoZS1jYWNoZQ==";

  @TempDir private Path folder;
  private final DefaultPlexusCipher cipher = new DefaultPlexusCipher();
  private Path security;

  /** As {@code mvn --encrypt-master-password} has it. */
  @BeforeEach
  void masterPassword() throws Exception {
    security = folder.resolve("settings-security.xml");
    Files.writeString(
        security,
        "<settingsSecurity><master>"
            + cipher.encryptAndDecorate(
                "the master", DefaultSecDispatcher.SYSTEM_PROPERTY_SEC_LOCATION)
            + "</master></settingsSecurity>");
  }

  @Test
  @DisplayName(
      "is decrypted as Maven decrypts it, sent to the cache, and in nothing that is printed, also"
          + " where the cache refuses it")
  void sentAndNotShown() throws Exception {
    workspace();
    try (CacheServer server = new CacheServer()) {
      server.breakWith(
          (exchange, name) -> {
            if (HEADER.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
              return false;
            }
            CacheServer.answer(exchange, 401);
            return true;
          });
      PushMojo mojo = mojo(cipher.encryptAndDecorate(PASSWORD, "the master"));
      mojo.cache = server.address();

      List<String> printed = MojoFixture.execute(mojo);

      assertThat(printed).anyMatch(line -> line.contains("1 path pushed to " + server.address()));
      assertThat(server.files().keySet()).anyMatch(name -> name.endsWith(".narinfo"));
      assertThat(server.authorizations()).containsOnly(HEADER);
      assertThat(printed).noneMatch(PushMojoTest::shows);

      server.breakWith(
          (exchange, name) -> {
            CacheServer.answer(exchange, 403);
            return true;
          });
      PrintStream before = System.out;
      ByteArrayOutputStream said = new ByteArrayOutputStream();
      System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
      try {
        assertThatThrownBy(mojo::execute)
            .isInstanceOf(MojoFailureException.class)
            .hasMessageContaining("refuses us")
            .message()
            .matches(message -> !shows(message));
      } finally {
        System.setOut(before);
      }
      // With the causes of the failure, which are printed for -X.
      assertThat(said.toString(StandardCharsets.UTF_8).lines())
          .isNotEmpty()
          .noneMatch(PushMojoTest::shows);
    }
  }

  @Test
  @DisplayName("that cannot be decrypted is not sent as it stands there")
  void notDecrypted() throws Exception {
    String encrypted = cipher.encryptAndDecorate(PASSWORD, "another master");
    PushMojo mojo = mojo(encrypted);
    mojo.cache = URI.create("http://cache.example");

    assertThatThrownBy(mojo::request)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("the password of the <server> team of settings.xml")
        .hasMessageContaining("cannot be decrypted")
        .hasMessageContaining("mvn --encrypt-password")
        .message()
        .doesNotContain(encrypted)
        .matches(message -> !shows(message));
    Files.delete(security);
    assertThatThrownBy(mojo::request)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("cannot be decrypted");
  }

  @Test
  @DisplayName("that is not encrypted is taken as it is; without a user it is a token")
  void plain() throws Exception {
    PushMojo mojo = mojo(PASSWORD);
    mojo.cache = URI.create("http://cache.example");
    assertThat(mojo.request().authorization())
        .isEqualTo(Credentials.of("me", PASSWORD, "the test"));
    mojo.session.getSettings().getServer("team").setUsername(null);
    assertThat(mojo.request().authorization())
        .isEqualTo(Credentials.of(null, PASSWORD, "the test"));
    mojo.session.getSettings().getServer("team").setPassword(null);
    assertThatThrownBy(mojo::request)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("the <server> team of settings.xml has no <password>");
    mojo.server = "other";
    assertThatThrownBy(mojo::request)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("settings.xml has no <server> with the <id> other");
  }

  private static boolean shows(String text) {
    return text.contains(PASSWORD) || text.contains(HEADER.substring("Basic ".length()));
  }

  private void workspace() throws Exception {
    Files.writeString(
        folder.resolve("Cargo.toml"),
        "[package]\nname = \"pushed\"\nversion = \"0.1.0\"\nedition = \"2021\"\n");
    Files.createDirectories(folder.resolve("src"));
    Files.writeString(folder.resolve("src/lib.rs"), "pub const ONE: u8 = 1;\n");
    Files.writeString(
        folder.resolve("Cargo.lock"),
        "version = 4\n\n[[package]]\nname = \"pushed\"\nversion = \"0.1.0\"\n");
    var unused =
        CargoNixGenerator.generate(
            GenerateRequest.of(folder.resolve("Cargo.toml"), folder.resolve("Cargo.nix")));
  }

  private PushMojo mojo(String password) {
    Server server = new Server();
    server.setId("team");
    server.setUsername("me");
    server.setPassword(password);
    DefaultMavenExecutionRequest request = new DefaultMavenExecutionRequest();
    request.addServer(server);
    PushMojo mojo =
        new PushMojo(
            MojoFixture.session(request, folder),
            new PushService(),
            new DefaultSettingsDecrypter(
                new DefaultSecDispatcher(cipher, Map.of(), security.toString())));
    mojo.cargoNix = folder.resolve("Cargo.nix").toFile();
    mojo.toolchainLock = folder.resolve("nix-toolchain.lock.json").toFile();
    mojo.overrides = folder.resolve("nix-overrides.toml").toFile();
    mojo.targets = List.of(Targets.NATIVE);
    mojo.server = "team";
    return mojo;
  }
}
