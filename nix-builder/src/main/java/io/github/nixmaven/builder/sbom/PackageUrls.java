package io.github.nixmaven.builder.sbom;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import com.github.packageurl.PackageURLBuilder;
import io.github.nixmaven.builder.language.Language;
import io.github.nixmaven.builder.toolchain.ToolchainLock;
import io.github.nixmaven.generator.pin.Pin;
import io.github.nixmaven.generator.pin.PinnedPackage;
import java.util.Optional;

/** Package URLs (ECMA-427), by which tools know packages. */
public final class PackageUrls {
  private PackageUrls() {}

  /**
   * The address of a package.
   *
   * @return nothing for a directory of the project: a registry may have another package of its name
   */
  public static Optional<String> of(PinnedPackage one, Language language) {
    PackageURLBuilder builder = language.packageUrl(one.name()).withVersion(one.version());
    if (one.pin() instanceof Pin.File file) {
      file.registry().ifPresent(index -> builder.withQualifier("repository_url", index));
    } else if (one.pin() instanceof Pin.Commit git) {
      builder.withQualifier("vcs_url", "git+" + git.url() + "@" + git.commit());
    } else {
      return Optional.empty();
    }
    return Optional.of(build(builder));
  }

  /** The address of a package of Debian. */
  public static String of(ToolchainLock.Pin one) {
    return build(
        PackageURLBuilder.aPackageURL()
            .withType("deb")
            .withNamespace("debian")
            .withName(one.name())
            .withVersion(one.version())
            .withQualifier("arch", one.architecture())
            .withQualifier("distro", one.suite()));
  }

  /** The address of a package of the ecosystem's default registry. */
  static String of(String name, String version, Language language) {
    return build(language.packageUrl(name).withVersion(version));
  }

  static String of(Product product) {
    return build(
        PackageURLBuilder.aPackageURL()
            .withType("maven")
            .withNamespace(product.group())
            .withName(product.name())
            .withVersion(product.version())
            .withQualifier("type", product.packaging()));
  }

  private static String build(PackageURLBuilder builder) {
    try {
      PackageURL url = builder.build();
      return url.canonicalize();
    } catch (MalformedPackageURLException e) {
      // Names and versions were checked where they were read.
      throw new IllegalStateException(e);
    }
  }
}
