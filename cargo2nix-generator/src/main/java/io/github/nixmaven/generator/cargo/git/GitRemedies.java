package io.github.nixmaven.generator.cargo.git;

import io.github.nixmaven.generator.git.Remedies;

/** The remedies for problems with a repository, in cargo's words. */
public final class GitRemedies {
  /** About a commit that a lock pins. */
  public static final Remedies LOCK =
      of("Restore Cargo.lock from version control, or fix the address in Cargo.toml.");

  /** About a registry's index. */
  static final Remedies INDEX = of("Fix the address in cargo's configuration.");

  private GitRemedies() {}

  private static Remedies of(String address) {
    return new Remedies(
        "Write the lock again with `cargo generate-lockfile`: only pinned packages are built.",
        "Run `cargo fetch` in the directory of Cargo.lock, or run once online.",
        "Run `cargo fetch` where the repository can be reached: its copy will be used. Or name"
            + " another address by `insteadOf` in ~/.gitconfig.",
        "Run `cargo fetch` first: its copy will be used. Or use the repository's https address in"
            + " Cargo.toml, or by `insteadOf` in ~/.gitconfig, with the password in ~/.netrc. Or"
            + " vendor the package and point to it with `[patch]`.",
        "Fix the address in Cargo.toml if the repository has moved, and run `cargo update`.",
        "Its history was rewritten, or the lock was edited by hand. Lock another commit with"
            + " `cargo update`, or ask the repository's owner for a tag at that commit.",
        address,
        "Put user and password into ~/.netrc, or run `cargo fetch` first: its copy will be used.",
        "Lock another commit with `cargo update -p PACKAGE --precise COMMIT`, or"
            + " vendor the package and point to it with `[patch]`.");
  }
}
