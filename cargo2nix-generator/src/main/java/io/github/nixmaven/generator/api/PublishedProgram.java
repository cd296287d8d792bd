package io.github.nixmaven.generator.api;

import io.github.nixmaven.generator.cargo.CargoSources;
import io.github.nixmaven.generator.cargo.registry.CrateId;
import io.github.nixmaven.generator.pin.Context;
import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The source of a program as its authors published it on crates.io, with its own lock. */
public final class PublishedProgram {
  private PublishedProgram() {}

  /**
   * Unpacks a published crate into {@code NAME-VERSION} below a directory. An existing directory of
   * that name is not changed.
   *
   * @param name the crate's name
   * @param version its version
   * @param sha256 the SHA-256 of its crate file in hexadecimal, as in the registry's index
   * @param directory the parent directory
   * @return the crate's directory
   * @throws InputException when the crate does not exist or its digest is not the pinned one
   */
  public static Path unpack(
      String name, String version, String sha256, Path directory, Context context)
      throws IOException, InterruptedException {
    CrateId id = new CrateId(name, version, sha256);
    Path destination = directory.resolve(name + "-" + version);
    if (!Files.isDirectory(destination)) {
      CargoSources.files(context).unpack(id, destination, context.progress());
    }
    return destination;
  }
}
