package io.github.nixmaven.plugin.nix;

import java.io.IOException;
import java.time.Duration;

/** A command took longer than it may, and was ended. */
public final class NixTimeoutException extends IOException {
  NixTimeoutException(String command, Duration limit) {
    super(command + " took longer than " + limit.toSeconds() + " s and was ended");
  }
}
