package io.github.nixmaven.builder.sign;

import java.io.IOException;
import java.util.List;

/** Whom somebody who verifies bundles trusts. */
@FunctionalInterface
public interface BundleVerifier {
  /**
   * Why a bundle is not signed by who is trusted.
   *
   * @return a line each; empty where it is
   * @throws IOException when what is needed to tell cannot be read or fetched
   */
  List<String> problems(Bundle bundle) throws IOException;
}
