package io.github.nixmaven.plugin.mojo;

import io.github.nixmaven.builder.cache.Compression;
import io.github.nixmaven.builder.cache.Credentials;
import io.github.nixmaven.builder.cache.PushRequest;
import io.github.nixmaven.builder.cache.PushService;
import io.github.nixmaven.builder.realise.BuildFailedException;
import io.github.nixmaven.builder.sign.NixKey;
import io.github.nixmaven.generator.net.Secret;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.Position;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.building.SettingsProblem;
import org.apache.maven.settings.crypto.DefaultSettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;
import org.jspecify.annotations.Nullable;

/**
 * Signs the outputs and their closure and uploads them to a binary cache, so that other machines
 * fetch them instead of building them. Paths that the cache already has are not sent again. If the
 * cache has different contents for the same path, they are reported and not replaced.
 *
 * @since 0.1.0
 */
@Mojo(
    name = "push",
    defaultPhase = LifecyclePhase.DEPLOY,
    requiresDependencyResolution = ResolutionScope.NONE,
    threadSafe = true)
public final class PushMojo extends AbstractBuildMojo {
  /** The variable that contains the secret key. */
  private static final String KEY = "NIX_SIGNING_KEY";

  private final PushService service;
  private final SettingsDecrypter decrypter;

  /**
   * The cache's address: a directory, or a server that accepts files by HTTP PUT. For {@code s3},
   * {@code ssh} and {@code ssh-ng}, Nix itself copies, if it was built with support for them.
   *
   * <pre>{@code
   * <cache>https://cache.example/team</cache>
   * }</pre>
   *
   * <p>No default: {@code file:///srv/cache} for a folder.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.PUSH_CACHE)
  @Nullable URI cache;

  /**
   * How NARs are compressed: {@code xz}, {@code zstd} or {@code none}.
   *
   * <pre>{@code
   * <compression>zstd</compression>
   * }</pre>
   *
   * <p>Default: {@code xz}, as in Nix: it is the smallest, and every version of Nix reads it.
   * {@code zstd} needs a twentieth of the time and twice the space, and Nix reads it from version
   * 2.4 on.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.PUSH_COMPRESSION, defaultValue = "xz")
  String compression = "xz";

  /**
   * The secret key that signs, as {@code nix-store --generate-binary-cache-key} writes it.
   *
   * <pre>{@code
   * <key>/etc/nix/cache.secret</key>
   * }</pre>
   *
   * <p>Default: the key in the variable {@code NIX_SIGNING_KEY}. If that is not set, nothing is
   * signed and a warning explains the consequence.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.PUSH_KEY)
  @Nullable File key;

  /**
   * How many paths are packed and sent at once.
   *
   * <p>Default: {@code 0}, as many as there are processors, since packing takes most of the time.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.PUSH_PARALLEL, defaultValue = "0")
  int parallel;

  /**
   * The {@code <server>} of {@code settings.xml} with the cache's user and password. A password
   * without a user is a token. Passwords may be encrypted with Maven's password encryption.
   *
   * <pre>{@code
   * <server>team-cache</server>
   * }</pre>
   *
   * <p>Default: the variable {@code NIX_CACHE_TOKEN} for a token, else the server's name in {@code
   * ~/.netrc}, which Nix reads, too.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.PUSH_SERVER)
  @Nullable String server;

  /** Maven calls this. */
  @Inject
  public PushMojo(MavenSession session, PushService service, SettingsDecrypter decrypter) {
    super(session);
    this.service = service;
    this.decrypter = decrypter;
  }

  @Override
  void run(List<LockFile> found) throws IOException, InterruptedException, BuildFailedException {
    var unused = service.push(request(only(found)), console());
  }

  PushRequest request(LockFile lock) throws IOException {
    if (cache == null) {
      throw new InputException(
          null,
          "no cache to push to",
          "Set one with -Dnix.push.cache=file:///srv/cache or <cache>.");
    }
    return new PushRequest(
        settings(lock), cache, compression(), key(), authorization(cache), parallel);
  }

  private Compression compression() {
    for (Compression known : Compression.values()) {
      if (known.label().equals(compression.toLowerCase(Locale.ROOT))) {
        return known;
      }
    }
    throw new InputException(
        null, "there is no compression `" + compression + "`", "Use xz, zstd or none.");
  }

  private @Nullable NixKey key() throws IOException {
    if (key != null) {
      return NixKey.read(key.toPath());
    }
    String text = System.getenv(KEY);
    return text == null || text.isBlank() ? null : NixKey.parse(text, Position.of(Path.of(KEY)));
  }

  private @Nullable Secret authorization(URI address) throws IOException {
    if (server == null) {
      return address.getHost() == null
          ? null
          : Credentials.find(
              address.getHost(), System.getenv(), Path.of(System.getProperty("user.home")));
    }
    Server found = session.getSettings().getServer(server);
    if (found == null) {
      throw new InputException(
          null,
          "settings.xml has no <server> with the <id> " + server,
          "Add one, with <username> and <password>.");
    }
    SettingsDecryptionResult decrypted =
        decrypter.decrypt(new DefaultSettingsDecryptionRequest(found));
    List<SettingsProblem> problems = decrypted.getProblems();
    if (!problems.isEmpty()) {
      // Then Maven leaves what is encrypted as it is.
      throw new InputException(
          null,
          "the password of the <server> " + server + " of settings.xml cannot be decrypted",
          "Encrypt it again with `mvn --encrypt-password` and the master password of"
              + " settings-security.xml.",
          problems.get(0).getException());
    }
    Server open = decrypted.getServer();
    if (open.getPassword() == null) {
      throw new InputException(
          null,
          "the <server> " + server + " of settings.xml has no <password>",
          "Add it. For a token, omit <username>.");
    }
    return Credentials.of(
        open.getUsername(), open.getPassword(), "the <server> " + server + " of settings.xml");
  }
}
