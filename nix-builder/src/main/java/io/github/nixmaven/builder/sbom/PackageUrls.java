package io.github.nixmaven.builder.sbom;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import com.github.packageurl.PackageURLBuilder;
import io.github.nixmaven.builder.toolchain.ToolchainLock;
import io.github.nixmaven.generator.pin.Pin;
import io.github.nixmaven.generator.pin.PinnedPackage;
import java.util.Optional;

/** PinnedPackage URLs (ECMA-427), by which tools know packages. */
public final class PackageUrls {
  private PackageUrls() {}

  /**
   * The address of a crate.
   *
   * @return nothing for a directory of the project: crates.io may have another package of its name
   */
  public static Optional<String> of(PinnedPackage crate) {
    PackageURLBuilder builder =
        PackageURLBuilder.aPackageURL()
            .withType("cargo")
            .withName(crate.name())
            .withVersion(crate.version());
    if (crate.pin() instanceof Pin.File registry) {
      registry.registry().ifPresent(index -> builder.withQualifier("repository_url", index));
    } else if (crate.pin() instanceof Pin.Commit git) {
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

  /** The address of a crate of crates.io. */
  static String crate(String name, String version) {
    return build(
        PackageURLBuilder.aPackageURL().withType("cargo").withName(name).withVersion(version));
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
