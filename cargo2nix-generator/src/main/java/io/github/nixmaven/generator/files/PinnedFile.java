package io.github.nixmaven.generator.files;

import io.github.nixmaven.generator.hash.Hash;
import io.github.nixmaven.generator.text.Position;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file that a lock pins.
 *
 * @param kind its kind in messages, such as {@code package}
 * @param name its name and version, such as {@code left-pad 1.3.0}
 * @param hash the digest of its bytes
 * @param storeName the name of the fixed output that Nix fetches it to, such as {@code
 *     left-pad-1.3.0.tgz}
 * @param elsewhere where other programs may have a copy on this machine, best first; none need
 *     exist
 * @param pin where the lock pins it, for messages
 */
public record PinnedFile(
    String kind,
    String name,
    Hash hash,
    String storeName,
    List<Path> elsewhere,
    @Nullable Position pin) {
  public PinnedFile {
    elsewhere = List.copyOf(elsewhere);
  }

  /** Kind and name, for messages. */
  @Override
  public String toString() {
    return kind + " " + name;
  }
}
