package io.github.nixmaven.builder.sign;

import io.github.nixmaven.generator.text.InputException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A Sigstore to sign with: the public one, or somebody's own.
 *
 * @param signingConfig the addresses of its services, as Sigstore's SigningConfig 0.2; null for the
 *     public instance
 * @param trustedRoot what their answers are checked with, as Sigstore's TrustedRoot 0.1; null for
 *     the public instance
 */
public record SigstoreInstance(@Nullable Path signingConfig, @Nullable Path trustedRoot) {
  /**
   * @throws InputException when one of the files is named without the other
   */
  public SigstoreInstance {
    if ((signingConfig == null) != (trustedRoot == null)) {
      throw new InputException(
          null,
          "a private Sigstore needs both `signingConfig` and `trustedRoot`, and one is missing",
          "Set both, or neither for the public instance.");
    }
  }
}
