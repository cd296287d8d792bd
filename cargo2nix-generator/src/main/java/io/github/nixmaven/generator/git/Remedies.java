package io.github.nixmaven.generator.git;

/**
 * How a user can fix a problem with a repository, in the words of the package manager whose lock
 * names it. Each text is the end of a message about the problem.
 *
 * @param unpinned the lock has no full commit
 * @param offline no cache has the commit and we are offline
 * @param unreachable the repository did not answer, or not as expected
 * @param protocol the address has an unsupported protocol, such as ssh
 * @param absent there is no repository at the address
 * @param vanished the repository does not have the commit
 * @param address the address is not valid
 * @param refused the repository needs a password, or rejects the given one
 * @param broken the commit itself is not valid
 */
public record Remedies(
    String unpinned,
    String offline,
    String unreachable,
    String protocol,
    String absent,
    String vanished,
    String address,
    String refused,
    String broken) {}
