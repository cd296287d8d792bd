package io.github.nixmaven.builder.toolchain;

import io.github.nixmaven.builder.language.Language;
import io.github.nixmaven.builder.language.WantedCompiler;
import io.github.nixmaven.generator.pin.ListedPackage;
import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The toolchain that a project is built with: that of its own lock, or one of those that the plugin
 * ships. Of these it is the oldest whose compiler is not older than the project asks for, or the
 * newest if all are older. A file of the project says what it asks for, else its packages do.
 *
 * @param lock the toolchain's lock
 * @param reason why it is this one, for the user; absent where the project has a lock of its own,
 *     or asks for nothing that the oldest does not have
 */
public record ToolchainChoice(ToolchainLock lock, Optional<String> reason) {
  /**
   * A toolchain that the plugin ships.
   *
   * @param release of its compiler, such as {@code 1.85.1}
   */
  private record Shipped(Language language, ToolchainLock lock, String release) {
    boolean satisfies(String requirement) {
      return language.ecosystem().satisfies(release, requirement);
    }
  }

  /**
   * Chooses.
   *
   * @param own the project's lock, or null where it has none
   * @param directory the project's directory, absolute
   * @param packages those that the project is built of
   * @throws InputException when a file of the project's is not valid
   */
  public static ToolchainChoice of(
      @Nullable Path own, Language language, Path directory, Collection<ListedPackage> packages)
      throws IOException {
    if (own != null) {
      return new ToolchainChoice(ToolchainLock.read(own), Optional.empty());
    }
    ToolchainLock oldest = ToolchainLock.standard();
    Optional<String> release = language.tools().compiler(oldest.versions());
    if (release.isEmpty()) {
      return new ToolchainChoice(oldest, Optional.empty());
    }
    Optional<WantedCompiler> wanted = language.tools().wanted(directory);
    if (wanted.isPresent()) {
      return asked(wanted.get(), shipped(language));
    }
    Shipped first = new Shipped(language, oldest, release.get());
    List<ListedPackage> newer =
        packages.stream()
            .filter(one -> one.compiler().isPresent() && !first.satisfies(requirement(one)))
            .toList();
    return newer.isEmpty()
        ? new ToolchainChoice(oldest, Optional.empty())
        : required(newer, shipped(language));
  }

  private static List<Shipped> shipped(Language language) throws IOException {
    List<Shipped> result = new ArrayList<>();
    for (ToolchainLock lock : ToolchainLock.shipped()) {
      result.add(
          new Shipped(language, lock, language.tools().compiler(lock.versions()).orElseThrow()));
    }
    return result;
  }

  private static String requirement(ListedPackage one) {
    return ">=" + one.compiler().orElseThrow();
  }

  private static ToolchainChoice asked(WantedCompiler wanted, List<Shipped> shipped) {
    Shipped newest = shipped.get(shipped.size() - 1);
    Optional<Shipped> notOlder =
        wanted
            .release()
            .flatMap(
                release ->
                    shipped.stream().filter(one -> one.satisfies(">=" + release)).findFirst());
    Shipped chosen = notOlder.orElse(newest);
    String asks = wanted.place() + " asks for " + wanted.name();
    if (wanted.release().filter(release -> chosen.satisfies("=" + release)).isPresent()) {
      return new ToolchainChoice(
          chosen.lock(), Optional.of("Compiler " + chosen.release() + ": " + asks));
    }
    return new ToolchainChoice(
        chosen.lock(),
        Optional.of(
            "Compiler "
                + chosen.release()
                + ": "
                + asks
                + ". The plugin has "
                + shipped.stream().map(Shipped::release).collect(Collectors.joining(" and "))
                + ", and takes "
                + (notOlder.isPresent() ? "the oldest that is not older" : "the newest")
                + ". `mvn nix:toolchain` pins another"));
  }

  private static ToolchainChoice required(List<ListedPackage> newer, List<Shipped> shipped) {
    Shipped chosen =
        shipped.stream()
            .filter(one -> newer.stream().allMatch(asking -> one.satisfies(requirement(asking))))
            .findFirst()
            .orElse(shipped.get(shipped.size() - 1));
    return new ToolchainChoice(
        chosen.lock(),
        Optional.of(
            "Compiler "
                + chosen.release()
                + ", because of what packages require: "
                + newer.stream()
                    .map(one -> one.key() + " (" + one.compiler().orElseThrow() + ")")
                    .collect(Collectors.joining(", "))));
  }
}
