package io.github.nixmaven.plugin.mojo;

import io.github.nixmaven.builder.sign.SigningKey;
import java.io.File;
import java.io.IOException;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** What the goals share that sign. */
@SuppressWarnings("NullAway.Init") // Maven sets the parameters.
abstract class AbstractSigningMojo extends AbstractStatementMojo {
  /**
   * The file with the private key, Ed25519 or ECDSA on P-256: PKCS#8 in PEM as {@code openssl
   * genpkey} writes it, or a PKCS#12 store.
   *
   * <pre>{@code
   * <signingKey>keys/release.pem</signingKey>
   * }</pre>
   *
   * <p>No default: without it the key is taken from the environment, as CI servers hand it out.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.SIGNING_KEY)
  @Nullable File signingKey;

  /**
   * Which key of a PKCS#12 store signs.
   *
   * <p>Default: the only one.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.KEY_ALIAS)
  @Nullable String keyAlias;

  /**
   * The environment variable with the private key, as PEM or as the 32 bytes of an Ed25519 key in
   * hexadecimal.
   *
   * <pre>{@code
   * <keyVariable>RELEASE_KEY</keyVariable>
   * }</pre>
   *
   * <p>Default: {@code NIX_SIGNING_KEY}; {@code nix:sign} takes {@code KERNEL_PRIVATE_KEY}. A key
   * itself is never a parameter, as Maven prints these with {@code -X}.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.KEY_VARIABLE)
  @Nullable String keyVariable;

  /**
   * The environment variable with the password of a PKCS#12 store.
   *
   * <p>Default: {@code NIX_SIGNING_KEY_PASSWORD}. For the same reason it is no parameter.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.PASSWORD_VARIABLE, defaultValue = "NIX_SIGNING_KEY_PASSWORD")
  String passwordVariable = "NIX_SIGNING_KEY_PASSWORD";

  AbstractSigningMojo(MavenSession session) {
    super(session);
  }

  /**
   * The key to sign with.
   *
   * @param usualVariable the environment variable that counts where no other is named
   */
  SigningKey readSigningKey(String usualVariable) throws IOException {
    return SigningKey.find(
        signingKey == null ? null : signingKey.toPath(),
        keyAlias,
        System.getenv(),
        keyVariable == null ? usualVariable : keyVariable,
        passwordVariable);
  }
}
