package io.github.nixmaven.builder.template;

import java.nio.file.Path;
import java.util.List;

/**
 * A file that a manifest names.
 *
 * @param file where it is
 * @param name what the manifest calls it
 * @param path its path for the manifest's reader
 * @param capabilities what it may do there
 */
public record FileToSign(Path file, String name, String path, List<String> capabilities) {
  public FileToSign {
    capabilities = List.copyOf(capabilities);
  }
}
