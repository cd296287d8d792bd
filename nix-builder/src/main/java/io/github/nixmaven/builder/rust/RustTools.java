package io.github.nixmaven.builder.rust;

import io.github.nixmaven.builder.language.SourceFile;
import io.github.nixmaven.builder.language.Tools;
import io.github.nixmaven.builder.language.WantedCompiler;
import io.github.nixmaven.generator.pin.ListedPackage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** rustc and cargo of Debian, and what they need for other targets. */
final class RustTools implements Tools {
  /** What Debian has of the standard library; a static program has the C library in it as well. */
  private static final Pattern LINKED =
      Pattern.compile("libstd-rust-(?:dev|web).*|musl-dev|rust-src");

  private static final Pattern RELEASE = Pattern.compile("[0-9]+\\.[0-9]+\\.[0-9]+");

  /** Messages of crates that build scripts use, and the missing file that each means. */
  private static final Map<Pattern, String> MISSING =
      Map.of(
          // pkg-config
          Pattern.compile("The system library `([\\w.+-]+)` required by crate"), "$1.pc",
          // rustc
          Pattern.compile("could not find native static library `([\\w.+-]+)`"), "lib$1.so",
          // bindgen and prost-build
          Pattern.compile("Unable to find libclang"), "libclang.so",
          Pattern.compile("Could not find `protoc`"), "bin/protoc",
          // cmake and nasm-rs
          Pattern.compile("is `([\\w.+-]+)` not installed\\?"), "bin/$1",
          // cc
          Pattern.compile("failed to find tool \"([\\w.+-]+)\""), "bin/$1");

  @Override
  public String nativeTarget() {
    return Targets.NATIVE;
  }

  @Override
  public List<String> packages() {
    return List.of("cargo", "rustc");
  }

  @Override
  public List<String> packages(Collection<String> targets) {
    return targets.isEmpty() ? Targets.shipped() : Targets.packages(targets);
  }

  @Override
  public void require(Collection<String> targets, Set<String> pinned) {
    Targets.require(targets, pinned);
  }

  @Override
  public Optional<WantedCompiler> wanted(Path directory) throws IOException {
    return RustToolchainFile.above(directory);
  }

  @Override
  public Optional<String> compiler(Map<String, String> pinned) {
    Matcher rustc =
        RELEASE.matcher(pinned.getOrDefault("rustc", pinned.getOrDefault("rustc-web", "")));
    return rustc.lookingAt() ? Optional.of(rustc.group()) : Optional.empty();
  }

  @Override
  public Optional<String> tooOld(Collection<ListedPackage> packages, Map<String, String> pinned) {
    Optional<String> compiler = compiler(pinned);
    if (compiler.isEmpty()) {
      return Optional.empty();
    }
    String release = compiler.get();
    List<String> newer =
        packages.stream()
            .filter(
                one ->
                    one.compiler().isPresent()
                        && !one.ecosystem().satisfies(release, ">=" + one.compiler().get()))
            .map(one -> one.key() + " (" + one.compiler().get() + ")")
            .toList();
    if (newer.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        (newer.size() == 1 ? "1 crate requires" : newer.size() + " crates require")
            + " a newer Rust than the toolchain's "
            + release
            + ": "
            + String.join(", ", newer)
            + ". Cargo would refuse to build them; they are built all the same, and may fail. Pin a"
            + " newer compiler with `mvn nix:toolchain` and <suite>forky</suite> in <suites>, or"
            + " lock older versions: put `rust-version = \""
            + release.replaceFirst("\\.[0-9]+$", "")
            + "\"` into the manifest and run `cargo update`.");
  }

  @Override
  public Map<String, String> links() {
    // Debian has the name that rustc calls in a package that needs all of LLVM.
    return Map.of("usr/bin/rust-lld", "lld");
  }

  @Override
  public List<String> prune(String name, String version) {
    return switch (name) {
      // Debian's linker for this target needs all of LLVM.
      case "rustc" -> List.of("usr/lib/rustlib/wasm32-wasip2");
      case StandardLibrary.PACKAGE -> StandardLibrary.prune(version);
      default -> List.of();
    };
  }

  @Override
  public List<SourceFile> libraryFiles(Path sysroot) throws IOException, InterruptedException {
    return StandardLibrary.files(sysroot);
  }

  @Override
  public boolean isLinked(String debianPackage) {
    return LINKED.matcher(debianPackage).matches();
  }

  @Override
  public Optional<String> missingFile(String line) {
    for (Map.Entry<Pattern, String> each : MISSING.entrySet()) {
      Matcher matcher = each.getKey().matcher(line);
      if (matcher.find()) {
        String file = each.getValue();
        return Optional.of(matcher.groupCount() == 0 ? file : file.replace("$1", matcher.group(1)));
      }
    }
    return Optional.empty();
  }

  @Override
  public Optional<String> adviceOnMissing(String target, String file) {
    return Targets.advice(target, file);
  }
}
