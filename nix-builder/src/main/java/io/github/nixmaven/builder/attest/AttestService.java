package io.github.nixmaven.builder.attest;

import io.github.nixmaven.builder.realise.BuildFailedException;
import io.github.nixmaven.builder.realise.Console;
import io.github.nixmaven.builder.realise.MemberOutput;
import io.github.nixmaven.builder.realise.OutputFile;
import io.github.nixmaven.builder.realise.Preparation;
import io.github.nixmaven.builder.sign.Bundle;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.Position;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.inject.Named;
import javax.inject.Singleton;

/** Says under signature what was built from what, and what a verification of it showed. */
@Named
@Singleton
public final class AttestService {
  /** Who built, where nobody says otherwise: this plugin on the user's own machine. */
  public static final String LOCAL_BUILDER = Statements.BUILD_TYPE + "#local";

  /**
   * Writes the bundles.
   *
   * @return the files that were written
   * @throws InputException when the lock or a manifest is not what it should be
   * @throws BuildFailedException when Nix cannot evaluate the generated file
   * @throws InputException when a member is not built, a file is not there or cannot be written
   * @throws IOException when, too, nothing can be signed
   */
  public List<Path> attest(AttestRequest request, Console console)
      throws IOException, InterruptedException, BuildFailedException {
    return attest(request, Preparation.prepare(request.settings(), console), console);
  }

  List<Path> attest(AttestRequest request, Preparation prepared, Console console)
      throws IOException, InterruptedException {
    requireUri(request.builderId());
    for (Path file : request.files()) {
      if (!Files.isRegularFile(file)) {
        throw new InputException(
            Position.of(file),
            "no such file to attest",
            "Bind this goal to a phase after the goal that creates the file.");
      }
    }
    List<MemberOutput> outputs = MemberOutput.of(prepared.project());
    Pins pins = Pins.read(request.settings());
    VerificationReport report =
        Files.isRegularFile(request.verifyReport())
            ? VerificationReport.read(request.verifyReport(), outputs)
            : null;
    // All is signed before anything is written: who signs may be out of reach.
    Bundle provenance =
        request
            .signer()
            .sign(
                Bundle.IN_TOTO,
                Statements.provenance(request, pins, outputs, prepared.nix().version()));
    Bundle verification =
        report == null
            ? null
            : request
                .signer()
                .sign(Bundle.IN_TOTO, Statements.testResult(request, report, outputs));
    OutputFile.writeReport(request.provenance(), provenance.json());
    List<Path> written = new ArrayList<>(List.of(request.provenance()));
    console.info("Provenance: " + request.provenance());
    if (report == null || verification == null) {
      // An earlier run's would pass for this one's.
      Files.deleteIfExists(request.verification());
      console.info("No verification is attested: there is no report " + request.verifyReport());
    } else {
      OutputFile.writeReport(request.verification(), verification.json());
      written.add(request.verification());
      console.info("Verification, " + report.result() + ": " + request.verification());
    }
    console.info(
        "Signed by "
            + provenance.signer()
            + ": "
            + Console.count(outputs.size(), "output")
            + ", "
            + Console.count(pins.dependencies().size(), "pin"));
    return written;
  }

  private static void requireUri(String builderId) {
    boolean absolute;
    try {
      absolute = URI.create(builderId).isAbsolute();
    } catch (IllegalArgumentException e) {
      absolute = false;
    }
    if (!absolute) {
      throw new InputException(
          null,
          "the builder's identity `" + builderId + "` is not a URI",
          "Give the address of a page about it: <builderId>https://example.org/our-ci</builderId>.");
    }
  }
}
