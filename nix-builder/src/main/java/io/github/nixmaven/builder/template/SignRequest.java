package io.github.nixmaven.builder.template;

import io.github.nixmaven.builder.sign.SigningKey;
import io.github.nixmaven.builder.sign.VerifyingKey;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A manifest to write.
 *
 * @param files what it names
 * @param template its form, or null for that of ESTA's kernel
 * @param manifest where it goes; with {@value #NAME} in its name there is one for each file
 * @param key signs the files
 * @param expected the public key by which they will be verified, or null where it is not known
 */
public record SignRequest(
    List<FileToSign> files,
    @Nullable Path template,
    Path manifest,
    SigningKey key,
    @Nullable VerifyingKey expected) {
  /** Stands for the file's name. */
  public static final String NAME = "@name@";

  public SignRequest {
    files = List.copyOf(files);
  }
}
