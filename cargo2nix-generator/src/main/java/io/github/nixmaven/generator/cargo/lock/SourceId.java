package io.github.nixmaven.generator.cargo.lock;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The source of a locked package: the parsed {@code source} string of Cargo.lock.
 *
 * @param kind the kind of source
 * @param url the registry's or repository's address, without the kind's prefix, query and fragment
 * @param reference for git {@code branch=…}, {@code tag=…} or {@code rev=…}, decoded, else null
 * @param commit for git the full commit, else null
 */
public record SourceId(Kind kind, String url, @Nullable String reference, @Nullable String commit) {

  /** The kinds of sources in a lock. */
  public enum Kind {
    /** {@code registry+URL}: a registry whose index is a git repository, or crates.io. */
    REGISTRY,
    /** {@code sparse+URL}: a registry that serves its index over HTTP. */
    SPARSE,
    /** {@code git+URL}. */
    GIT
  }

  /**
   * Reads a source string.
   *
   * @throws IllegalArgumentException when its kind is unknown
   */
  public static SourceId parse(String source) {
    int plus = source.indexOf('+');
    String kind = plus < 0 ? "" : source.substring(0, plus);
    String rest = source.substring(plus + 1);
    return switch (kind) {
      case "registry" -> new SourceId(Kind.REGISTRY, rest, null, null);
      case "sparse" -> new SourceId(Kind.SPARSE, rest, null, null);
      case "git" -> git(rest);
      default ->
          throw new IllegalArgumentException(
              "`" + source + "` is not a registry, sparse or git source");
    };
  }

  /**
   * Whether this is the repository and the reference that a manifest names. Addresses are compared
   * as in cargo: without a slash or {@code .git} at the end and, for some hosts, without regard to
   * case.
   *
   * @param git the address in the manifest
   * @param wanted {@code branch=…}, {@code tag=…} or {@code rev=…}, or null
   */
  public boolean isGit(String git, @Nullable String wanted) {
    return kind == Kind.GIT
        && canonical(url).equalsIgnoreCase(canonical(git))
        && Objects.equals(reference, wanted);
  }

  /** Whether this is crates.io. */
  public boolean isCratesIo() {
    return kind == Kind.REGISTRY && url.equals(CratesIo.INDEX);
  }

  /**
   * Whether this is a registry.
   *
   * @param index the address of its index as cargo writes it, {@code sparse+} included
   */
  public boolean isRegistry(String index) {
    return kind != Kind.GIT
        && canonical(kind == Kind.SPARSE ? "sparse+" + url : url).equals(canonical(index));
  }

  // A record's own methods are slow before the JIT compiles them.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SourceId id
        && id.url.equals(url)
        && id.kind == kind
        && Objects.equals(id.reference, reference)
        && Objects.equals(id.commit, commit);
  }

  @Override
  public int hashCode() {
    return url.hashCode();
  }

  /**
   * An address in the form in which cargo compares it: two addresses of the same place are equal.
   */
  public static String canonical(String url) {
    String bare = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    if (bare.matches("(?i)[a-z+]+://github\\.com/.*")) {
      bare = "https" + bare.substring(bare.indexOf("://")).toLowerCase(Locale.ROOT);
    }
    return bare.endsWith(".git") ? bare.substring(0, bare.length() - ".git".length()) : bare;
  }

  private static SourceId git(String text) {
    int hash = text.indexOf('#');
    String address = hash < 0 ? text : text.substring(0, hash);
    int query = address.indexOf('?');
    return new SourceId(
        Kind.GIT,
        query < 0 ? address : address.substring(0, query),
        query < 0 ? null : URLDecoder.decode(address.substring(query + 1), StandardCharsets.UTF_8),
        hash < 0 ? null : text.substring(hash + 1));
  }
}
