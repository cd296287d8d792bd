package io.github.nixmaven.generator.cargo.lock;

import io.github.nixmaven.generator.cargo.semver.Version;
import io.github.nixmaven.generator.text.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One {@code [[package]]} of Cargo.lock.
 *
 * @param name the package's name
 * @param version its version
 * @param source its source, or null for a path
 * @param checksum the SHA-256 of the crate file in lower-case hexadecimal, or null
 * @param dependencies indices into {@link CargoLock#packages()}
 * @param position the place of the entry
 */
public record LockedPackage(
    String name,
    Version version,
    @Nullable SourceId source,
    @Nullable String checksum,
    List<Integer> dependencies,
    Position position) {

  /** {@code NAME VERSION}, for messages. */
  public String label() {
    return name + " " + version;
  }

  /**
   * Name and line are enough to distinguish packages: hashing the whole package would take a
   * fiftieth of a run.
   */
  @Override
  public int hashCode() {
    return 31 * name.hashCode() + position.line();
  }
}
