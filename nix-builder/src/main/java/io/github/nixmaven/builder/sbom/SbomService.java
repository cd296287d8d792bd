package io.github.nixmaven.builder.sbom;

import io.github.nixmaven.builder.realise.Build;
import io.github.nixmaven.builder.realise.BuildFailedException;
import io.github.nixmaven.builder.realise.BuildSettings;
import io.github.nixmaven.builder.realise.Console;
import io.github.nixmaven.builder.realise.MemberOutput;
import io.github.nixmaven.builder.realise.OutputFile;
import io.github.nixmaven.builder.realise.Preparation;
import io.github.nixmaven.builder.toolchain.ToolchainLock;
import io.github.nixmaven.generator.hash.Hash;
import io.github.nixmaven.generator.pin.PinnedPackage;
import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import javax.inject.Named;
import javax.inject.Singleton;
import org.cyclonedx.Version;
import org.cyclonedx.exception.GeneratorException;
import org.cyclonedx.generators.BomGeneratorFactory;
import org.cyclonedx.model.Bom;

/** Writes bills of materials: the same locks and outputs give the same bytes. */
@Named
@Singleton
public final class SbomService {
  /**
   * Writes a bill of materials of what was built.
   *
   * @throws InputException when the lock or a manifest is not what it should be
   * @throws BuildFailedException when Nix cannot evaluate the generated file
   * @throws io.github.nixmaven.generator.text.InputException when a member is not built, or the
   *     files cannot be written
   */
  public SbomResult write(SbomRequest request, Console console)
      throws IOException, InterruptedException, BuildFailedException {
    return write(request, Preparation.prepare(request.settings(), console), console);
  }

  SbomResult write(SbomRequest request, Preparation prepared, Console console)
      throws IOException, InterruptedException {
    BuildSettings settings = request.settings();
    Build build = settings.build();
    List<PinnedPackage> packages =
        build
            .request()
            .read(build.file().toAbsolutePath(), settings.context())
            .packages(settings.members());
    ToolchainLock toolchain = settings.toolchain();
    Bom bom =
        Composition.of(
            request, packages, toolchain, MemberOutput.of(prepared.project()), prepared.project());
    try {
      String content = BomGeneratorFactory.createJson(Version.VERSION_16, bom).toJsonString();
      bom.setSerialNumber("urn:uuid:" + uuid(content));
      OutputFile.writeReport(
          request.json(),
          bytes(BomGeneratorFactory.createJson(Version.VERSION_16, bom).toJsonString()));
      OutputFile.writeReport(
          request.xml(),
          bytes(BomGeneratorFactory.createXml(Version.VERSION_16, bom).toXmlString()));
    } catch (GeneratorException e) {
      throw new IOException("the bill of materials cannot be written as CycloneDX", e);
    }
    SbomResult result =
        new SbomResult(
            packages.size(),
            (int) packages.stream().filter(PinnedPackage::linked).count(),
            toolchain.packages().size());
    console.info(
        "Bill of materials: "
            + Console.count(result.packages(), prepared.project().packageNoun())
            + ", of which "
            + result.linked()
            + " in the built files and "
            + Console.count(result.toolchainPackages(), "package")
            + " in the toolchain");
    console.info("  " + request.json());
    console.info("  " + request.xml());
    return result;
  }

  /** The UUID of a content: RFC 9562, version 8, as its appendix B.2 makes one of a SHA-256. */
  private static UUID uuid(String content) {
    ByteBuffer digest = ByteBuffer.wrap(Hash.digest(Hash.Algorithm.SHA256, bytes(content)).bytes());
    long high = (digest.getLong() & ~0xF000L) | 0x8000L;
    long low = (digest.getLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
    return new UUID(high, low);
  }

  private static byte[] bytes(String text) {
    return (text.endsWith("\n") ? text : text + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
