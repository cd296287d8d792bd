package io.github.nixmaven.generator.git;

import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.Position;
import java.io.IOException;
import java.net.UnknownHostException;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.TransportException;
import org.jspecify.annotations.Nullable;

/** What is said of repositories that cannot be read. */
final class RepositoryFaults {
  private RepositoryFaults() {}

  /** The address that was asked, if the user's git replaces the one in the lock. */
  static String instead(GitAddress wanted, GitAddress reached) {
    return wanted.toString().equals(reached.toString())
        ? ""
        : ", for which `insteadOf` in git's configuration names " + reached + ",";
  }

  static InputException absent(
      GitAddress address,
      GitAddress reached,
      @Nullable Position pin,
      Remedies remedies,
      @Nullable Throwable cause) {
    String instead = instead(address, reached);
    return new InputException(
        pin,
        "there is no repository at "
            + address
            + (instead.isEmpty() ? "" : instead.substring(0, instead.length() - 1)),
        remedies.absent(),
        cause);
  }

  static InputException vanished(LockedCommit commit, GitAddress reached) {
    return new InputException(
        commit.pin(),
        "commit "
            + commit.commit()
            + " is not in "
            + commit.url()
            + instead(commit.address(), reached)
            + " any more"
            + commit.purpose(),
        commit.remedies().vanished());
  }

  static boolean isRefused(TransportException fault) {
    String message = String.valueOf(fault.getMessage());
    return message.contains("not authorized")
        || message.contains("uthentication")
        || message.contains("not permitted");
  }

  static IOException failure(
      GitAddress address,
      GitAddress reached,
      String what,
      @Nullable Position pin,
      Remedies remedies,
      TransportException fault) {
    if (isRefused(fault)) {
      throw new InputException(
          pin,
          address + instead(address, reached) + " denies access: " + fault.getMessage(),
          remedies.refused(),
          fault);
    }
    if (fault instanceof NoRemoteRepositoryException) {
      throw absent(address, reached, pin, remedies, fault);
    }
    String problem = fault.getMessage();
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownHostException) {
        problem = "this host has no address: is there a network? Behind a proxy, set https_proxy";
      }
    }
    return new IOException(
        (pin == null ? "" : pin + ": ")
            + "cannot fetch "
            + what
            + instead(address, reached)
            + ": "
            + problem
            + "\n  "
            + remedies.unreachable(),
        fault);
  }
}
