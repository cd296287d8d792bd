package io.github.nixmaven.generator.git;

import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.Position;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A commit that a lock pins. Its identity is the repository and the commit; the rest is for finding
 * it and for messages.
 */
public final class LockedCommit {
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

  private final GitAddress address;
  private final String commit;
  private final @Nullable String reference;
  private final @Nullable Position pin;
  private final Remedies remedies;
  private final String purpose;

  /**
   * @param url the repository's address in the lock, perhaps with user and password
   * @param commit the full commit, or null when the lock has none
   * @param reference {@code branch=…}, {@code tag=…} or {@code rev=…}: the reference from which the
   *     commit was locked, or null for the default branch
   * @param pin where the lock pins it, for messages
   * @param remedies the remedies in messages
   * @throws InputException when the commit is not complete
   */
  public LockedCommit(
      String url,
      @Nullable String commit,
      @Nullable String reference,
      @Nullable Position pin,
      Remedies remedies) {
    this(GitAddress.parse(url), commit, reference, pin, remedies, "");
  }

  LockedCommit(
      GitAddress address,
      @Nullable String commit,
      @Nullable String reference,
      @Nullable Position pin,
      Remedies remedies,
      String purpose) {
    this.address = address;
    this.purpose = purpose;
    this.reference = reference;
    this.pin = pin;
    this.remedies = remedies;
    if (commit == null || !COMMIT.matcher(commit).matches()) {
      throw new InputException(
          pin, "the lock does not pin a full commit of " + address, remedies.unpinned());
    }
    this.commit = commit;
  }

  /**
   * The same commit with what needs it.
   *
   * @param needs for messages: {@code demo 1.0.0}, {@code submodule PATH of URL#COMMIT}
   */
  public LockedCommit forWhat(String needs) {
    return new LockedCommit(address, commit, reference, pin, remedies, " (for " + needs + ")");
  }

  /** What needs it, in parentheses with a space before, or nothing. */
  String purpose() {
    return purpose;
  }

  /** The repository's address without user and password. */
  public String url() {
    return address.text();
  }

  /** The full commit. */
  public String commit() {
    return commit;
  }

  GitAddress address() {
    return address;
  }

  @Nullable String reference() {
    return reference;
  }

  @Nullable Position pin() {
    return pin;
  }

  Remedies remedies() {
    return remedies;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof LockedCommit locked
        && locked.url().equals(url())
        && locked.commit.equals(commit);
  }

  @Override
  public int hashCode() {
    return commit.hashCode();
  }

  /** {@code URL#COMMIT}. */
  @Override
  public String toString() {
    return url() + "#" + commit;
  }
}
