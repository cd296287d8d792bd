package io.github.nixmaven.builder.attest;

import io.github.nixmaven.builder.realise.BuildSettings;
import io.github.nixmaven.builder.sign.BundleVerifier;
import java.nio.file.Path;
import java.util.List;

/**
 * Bundles to verify.
 *
 * @param settings where the locks and the outputs are
 * @param bundles what to verify
 * @param signer who must have signed them
 * @param builderIds the builders that are trusted
 * @param files the files that the statements must be about; empty for the outputs in the work
 *     directory
 */
public record VerifyAttestationRequest(
    BuildSettings settings,
    List<Path> bundles,
    BundleVerifier signer,
    List<String> builderIds,
    List<Path> files) {

  public VerifyAttestationRequest {
    bundles = List.copyOf(bundles);
    builderIds = List.copyOf(builderIds);
    files = List.copyOf(files);
  }
}
