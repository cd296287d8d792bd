package io.github.nixmaven.builder.rust;

import io.github.nixmaven.builder.language.SourceFile;
import io.github.nixmaven.generator.api.LockedCrate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The source of Rust's standard library in a sysroot: Debian's package {@value #PACKAGE}, for
 * targets that Debian has no compiled library for.
 */
final class StandardLibrary {
  /** The package. */
  static final String PACKAGE = "rust-src";

  /** Where rustc and cargo look for it. */
  private static final String LOCK = "usr/lib/rustlib/src/rust/library/Cargo.lock";

  private static final Pattern RELEASE = Pattern.compile("[0-9]+\\.[0-9]+\\.[0-9]+");

  private StandardLibrary() {}

  /**
   * The rest of the package, nine tenths of it: the source of the compiler and its tools.
   *
   * @param version the package's, which begins with that of Rust
   * @return paths below a sysroot
   */
  static List<String> prune(String version) {
    Matcher release = RELEASE.matcher(version);
    if (!release.lookingAt()) {
      return List.of();
    }
    String folder = "usr/src/rustc-" + release.group();
    return List.of(folder + "/compiler", folder + "/debian", folder + "/src");
  }

  /** The crates that the source in a sysroot is built with; none where there is no source. */
  static List<SourceFile> files(Path sysroot) throws IOException, InterruptedException {
    Path lock = sysroot.resolve(LOCK);
    if (!Files.exists(lock)) {
      return List.of();
    }
    return LockedCrate.of(lock).stream()
        .map(crate -> new SourceFile(crate.name(), crate.version(), crate.url(), crate.hash()))
        .toList();
  }
}
