package io.github.nixmaven.generator.cargo.manifest;

import io.github.nixmaven.generator.cargo.semver.Version;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.TomlTable;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * A specification of packages: {@code NAME}, {@code NAME@VERSION}, {@code NAME:VERSION}, or an
 * address, with one of these after {@code #} (the Cargo Book, "Package ID Specifications"). A
 * version may be incomplete.
 *
 * @param name the package's name
 * @param version its version, perhaps only the first numbers, or the empty string for any
 * @param source the address, with a protocol in front or without, or the empty string for any
 */
record PackageSpec(String name, String version, String source) {
  private static final Pattern ADDRESS = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://.*");
  private static final String NUMBER = "(0|[1-9][0-9]{0,17})";
  private static final Pattern FIRST_NUMBERS = Pattern.compile(NUMBER + "(\\." + NUMBER + ")?");
  private static final Set<String> PROTOCOLS = Set.of("git", "registry", "sparse", "path");

  /**
   * Reads a key.
   *
   * @throws InputException when it is not a specification
   */
  static PackageSpec of(TomlTable table, String key) {
    try {
      return parse(key);
    } catch (IllegalArgumentException e) {
      throw new InputException(
          table.position(key),
          "this key is not a valid package spec: " + e.getMessage(),
          "Write `NAME` or `NAME@VERSION`.",
          e);
    }
  }

  private static PackageSpec parse(String text) {
    if (!ADDRESS.matcher(text).matches()) {
      return named(text, "");
    }
    int hash = text.indexOf('#');
    String address = hash < 0 ? text : text.substring(0, hash);
    String last = lastName(address);
    String fragment = hash < 0 ? last : text.substring(hash + 1);
    return fragment.matches("[0-9][^@:]*")
        ? new PackageSpec(name(last), version(fragment), address)
        : named(fragment, address);
  }

  private static String lastName(String address) {
    int end = address.indexOf("://");
    int plus = address.lastIndexOf('+', end);
    String protocol = plus < 0 ? "" : address.substring(0, plus);
    if (plus >= 0 && !PROTOCOLS.contains(protocol)) {
      throw new IllegalArgumentException("unknown kind of source `" + protocol + "`");
    }
    if (protocol.equals("path") && !address.startsWith("path+file:")) {
      throw new IllegalArgumentException("the address of a path must begin with `path+file:`");
    }
    int query = address.indexOf('?');
    if (query >= 0 && !protocol.equals("git")) {
      throw new IllegalArgumentException("an address cannot contain a query (`?`) here");
    }
    String path = address.substring(end + "://".length(), query < 0 ? address.length() : query);
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(slash + 1);
  }

  private static PackageSpec named(String text, String source) {
    int mark = text.lastIndexOf('@');
    if (mark < 0) {
      mark = text.lastIndexOf(':');
      if (mark > 0 && text.charAt(mark - 1) == ':') {
        mark = -1; // the `::` of a name
      }
    }
    return mark < 0
        ? new PackageSpec(name(text), "", source)
        : new PackageSpec(name(text.substring(0, mark)), version(text.substring(mark + 1)), source);
  }

  private static String name(String text) {
    for (String part : text.split("::", -1)) {
      if (!ManifestReader.NAME.matcher(part).matches()) {
        throw new IllegalArgumentException("`" + part + "` is not a valid package name");
      }
    }
    return text;
  }

  private static String version(String text) {
    return FIRST_NUMBERS.matcher(text).matches() ? text : Version.parse(text).toString();
  }

  /**
   * Whether this specifies a package. A pre-release must be complete; build metadata is optional.
   *
   * @param packageSource supplies its source as in cargo's package ids; used only if this has an
   *     address
   */
  boolean means(String packageName, Version packageVersion, Supplier<String> packageSource) {
    return isOf(packageName, packageVersion) && (source.isEmpty() || isFrom(packageSource.get()));
  }

  /**
   * An address with a protocol matches only that protocol and, for a repository, only that
   * reference.
   */
  private boolean isFrom(String packageSource) {
    boolean withProtocol = source.substring(0, source.indexOf("://")).contains("+");
    return normalized(source)
        .equals(normalized(withProtocol ? packageSource : withoutProtocol(packageSource)));
  }

  /** The protocol of a sparse registry is part of its address. */
  private static String withoutProtocol(String packageSource) {
    if (packageSource.startsWith("sparse+")) {
      return packageSource;
    }
    int query = packageSource.indexOf('?');
    return packageSource.substring(
        packageSource.indexOf('+') + 1, query < 0 ? packageSource.length() : query);
  }

  /** Schemes and hosts are the same in any case. */
  private static String normalized(String address) {
    int host = address.indexOf("://") + "://".length();
    int path = address.indexOf('/', host);
    int end = path < 0 ? address.length() : path;
    return address.substring(0, end).toLowerCase(Locale.ROOT) + address.substring(end);
  }

  private boolean isOf(String packageName, Version packageVersion) {
    if (!name.equals(packageName) || version.isEmpty()) {
      return name.equals(packageName);
    }
    if (FIRST_NUMBERS.matcher(version).matches()) {
      return !packageVersion.isPrerelease() && (packageVersion + ".").startsWith(version + ".");
    }
    Version wanted = Version.parse(version);
    return wanted.compareTo(packageVersion) == 0
        || (wanted.build().isEmpty()
            && packageVersion.toString().equals(version + "+" + packageVersion.build()));
  }
}
