package io.github.nixmaven.generator.git;

/**
 * What a user can do about a repository, in the words of the package manager whose lock names it.
 * Each is the end of a message that says what is wrong.
 *
 * @param unpinned the lock has no full commit
 * @param offline the commit is nowhere near and we are offline
 * @param protocol the address is one that we cannot fetch from, such as ssh
 * @param absent there is no repository at the address
 * @param vanished the repository does not have the commit
 * @param address the address cannot be one
 * @param refused the repository wants a password, or another one
 * @param broken the commit itself is not as it should be
 */
public record Remedies(
    String unpinned,
    String offline,
    String protocol,
    String absent,
    String vanished,
    String address,
    String refused,
    String broken) {}
