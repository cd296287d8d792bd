package io.github.nixmaven.builder.command;

import java.io.IOException;
import java.time.Duration;

/** A command took longer than it may, and was ended. */
public final class CommandTimeoutException extends IOException {
  CommandTimeoutException(String command, Duration limit) {
    super(command + " took longer than " + limit.toSeconds() + " s and was stopped");
  }
}
