package io.github.nixmaven.generator.cargo.git;

import io.github.nixmaven.generator.git.Remedies;

/** What to do about a repository, in cargo's words. */
public final class GitRemedies {
  /** About a commit that a lock pins. */
  public static final Remedies LOCK =
      of("Restore Cargo.lock from version control, or mend the address in Cargo.toml.");

  /** About a registry's index. */
  static final Remedies INDEX = of("Mend it in cargo's configuration.");

  private GitRemedies() {}

  private static Remedies of(String address) {
    return new Remedies(
        "Write the lock anew with `cargo generate-lockfile`: nothing unpinned is built.",
        "Run `cargo fetch` beside Cargo.lock, or run once without being offline.",
        "Run `cargo fetch` first, whose copy is used; or take the repository's https address, with"
            + " what opens it in ~/.netrc, by `insteadOf` in ~/.gitconfig if not in Cargo.toml;"
            + " or vendor the package and point to it with `[patch]`.",
        "Compare the address in Cargo.toml with where the repository is now, and run `cargo"
            + " update`.",
        "Its history was rewritten, or the lock edited by hand. Lock a commit that is there with"
            + " `cargo update`, or ask the repository's owner for a tag at that commit.",
        address,
        "Put what opens it into ~/.netrc, or run `cargo fetch` first, whose copy is used.",
        "Take another commit of the repository with `cargo update -p PACKAGE --precise COMMIT`, or"
            + " vendor the package and point to it with `[patch]`.");
  }
}
