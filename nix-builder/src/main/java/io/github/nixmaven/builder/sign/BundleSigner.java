package io.github.nixmaven.builder.sign;

import java.io.IOException;

/** Signs bundles with a key, or with an identity that a provider confirms. */
@FunctionalInterface
public interface BundleSigner {
  /**
   * Signs.
   *
   * @param payloadType the media type of the payload
   * @throws IOException when what takes part in it over the network does not
   */
  Bundle sign(String payloadType, byte[] payload) throws IOException;
}
