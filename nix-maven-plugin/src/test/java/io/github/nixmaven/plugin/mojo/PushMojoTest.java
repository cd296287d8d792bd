package io.github.nixmaven.plugin.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.doReturn;

import io.github.nixmaven.builder.cache.CacheServer;
import io.github.nixmaven.builder.cache.Credentials;
import io.github.nixmaven.builder.nix.NixFixture;
import io.github.nixmaven.generator.cargo.CargoRequest;
import io.github.nixmaven.generator.pin.Generator;
import io.github.nixmaven.generator.text.InputException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sonatype.plexus.components.cipher.DefaultPlexusCipher;
import org.sonatype.plexus.components.cipher.PlexusCipherException;
import org.sonatype.plexus.components.sec.dispatcher.DefaultSecDispatcher;

@Timeout(300)
@DisplayName("The password of a <server> of settings.xml")
class PushMojoTest extends ModuleTest {
  private static final String PASSWORD = "s3cr3t-of-the-cache";
  private static final String HEADER = "Basic bWU6czNjcjN0LW9mLXRoZS1jYWNoZQ==";

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
    System.setProperty(DefaultSecDispatcher.SYSTEM_PROPERTY_SEC_LOCATION, security.toString());
  }

  @AfterEach
  void forget() {
    System.clearProperty(DefaultSecDispatcher.SYSTEM_PROPERTY_SEC_LOCATION);
  }

  @Test
  @InjectMojo(goal = "push", pom = BEFORE + "<server>team</server>" + AFTER)
  @DisplayName(
      "is decrypted as Maven decrypts it, sent to the cache, and in nothing that is printed, also"
          + " where the cache refuses it")
  void sentAndNotShown(PushMojo mojo) throws Exception {
    LocksTest.workspace(folder);
    var unused =
        Generator.generate(
            CargoRequest.of(folder.resolve("Cargo.toml"), folder.resolve("Cargo.nix")),
            NixFixture.CONTEXT);
    try (CacheServer server = new CacheServer()) {
      server.breakWith(
          (exchange, name) -> {
            if (HEADER.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
              return false;
            }
            CacheServer.answer(exchange, 401);
            return true;
          });
      server(cipher.encryptAndDecorate(PASSWORD, "the master"));
      mojo.cache = server.address();

      List<String> printed = execute(mojo);

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
            .hasMessageContaining("denies access")
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
  @InjectMojo(
      goal = "push",
      pom = BEFORE + "<server>team</server><cache>http://cache.example</cache>" + AFTER)
  @DisplayName("that cannot be decrypted is not sent as it stands there")
  void notDecrypted(PushMojo mojo) throws Exception {
    LocksTest.workspace(folder);
    String encrypted = undecipherable();
    server(encrypted);

    assertThatThrownBy(() -> mojo.request(lock(mojo)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("the password of the <server> team of settings.xml")
        .hasMessageContaining("cannot be decrypted")
        .hasMessageContaining("mvn --encrypt-password")
        .message()
        .doesNotContain(encrypted)
        .matches(message -> !shows(message));
    Files.delete(security);
    assertThatThrownBy(() -> mojo.request(lock(mojo)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("cannot be decrypted");
  }

  @Test
  @InjectMojo(
      goal = "push",
      pom = BEFORE + "<server>team</server><cache>http://cache.example</cache>" + AFTER)
  @DisplayName("that is not encrypted is taken as it is; without a user it is a token")
  void plain(PushMojo mojo) throws Exception {
    LocksTest.workspace(folder);
    server(PASSWORD);
    assertThat(mojo.request(lock(mojo)).authorization())
        .isEqualTo(Credentials.of("me", PASSWORD, "the test"));
    session.getSettings().getServer("team").setUsername(null);
    assertThat(mojo.request(lock(mojo)).authorization())
        .isEqualTo(Credentials.of(null, PASSWORD, "the test"));
    session.getSettings().getServer("team").setPassword(null);
    assertThatThrownBy(() -> mojo.request(lock(mojo)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("the <server> team of settings.xml has no <password>");
    mojo.server = "other";
    assertThatThrownBy(() -> mojo.request(lock(mojo)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("settings.xml has no <server> with the <id> other");
  }

  private static boolean shows(String text) {
    return text.contains(PASSWORD) || text.contains(HEADER.substring("Basic ".length()));
  }

  /** A password that another key gives an error for: one time in 256 it gives nonsense instead. */
  private String undecipherable() throws Exception {
    while (true) {
      String encrypted = cipher.encryptAndDecorate(PASSWORD, "another master");
      try {
        var unused = cipher.decryptDecorated(encrypted, "the master");
      } catch (PlexusCipherException e) {
        return encrypted;
      }
    }
  }

  /** The server of settings.xml, which the goal is told to use. */
  private void server(String password) {
    Server server = new Server();
    server.setId("team");
    server.setUsername("me");
    server.setPassword(password);
    Settings settings = new Settings();
    settings.addServer(server);
    doReturn(settings).when(session).getSettings();
  }
}
