package io.github.nixmaven.builder.sign;

import java.io.IOException;

/** Who signs bundles: the owner of a key, or whoever an identity provider vouches for. */
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
