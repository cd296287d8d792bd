package io.github.nixmaven.builder.attest;

import io.github.nixmaven.builder.realise.BuildSettings;
import io.github.nixmaven.builder.sign.BundleSigner;
import java.nio.file.Path;
import java.util.List;

/**
 * Statements to write and sign.
 *
 * @param settings what is built and how
 * @param files further files that the statements are about, such as the module's jar
 * @param signer signs them
 * @param builderId the builder's identity: a URI
 * @param pluginVersion the version of this plugin
 * @param verifyReport the report of {@code nix:verify}; where it is, its result is attested
 * @param byproducts reports whose digests the provenance names, where they are
 * @param provenance where the bundle of the provenance goes
 * @param verification where the bundle of the verification's result goes
 */
public record AttestRequest(
    BuildSettings settings,
    List<Path> files,
    BundleSigner signer,
    String builderId,
    String pluginVersion,
    Path verifyReport,
    List<Path> byproducts,
    Path provenance,
    Path verification) {

  public AttestRequest {
    files = List.copyOf(files);
    byproducts = List.copyOf(byproducts);
  }
}
