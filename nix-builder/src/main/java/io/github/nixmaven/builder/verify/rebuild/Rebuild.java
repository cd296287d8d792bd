package io.github.nixmaven.builder.verify.rebuild;

import io.github.nixmaven.builder.command.Command;
import io.github.nixmaven.builder.command.CommandTimeoutException;
import io.github.nixmaven.builder.nix.Derivation;
import io.github.nixmaven.builder.nix.HermeticOptions;
import io.github.nixmaven.builder.nix.NixErrors;
import io.github.nixmaven.builder.nix.NixEvent;
import io.github.nixmaven.builder.nix.NixLog;
import io.github.nixmaven.builder.realise.Preparation;
import io.github.nixmaven.builder.verify.inspect.Trees;
import io.github.nixmaven.generator.nix.Nar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One rebuild by {@code nix-store --realise --check}, and what Nix says of it.
 *
 * <p>Each is a process of its own: none waits for another one's inputs, since all inputs are in the
 * store, and what Nix says at the end is of this derivation and no other.
 */
public final class Rebuild {
  private static final String DIFFERS = "may not be deterministic";

  /** The message for ENOSPC in every locale that a build sees. */
  private static final String DISK_FULL = "No space left on device";

  private final Preparation prepared;
  private final Derivation derivation;
  private final Keeper keeper;
  private final List<String> errors = new ArrayList<>();
  private boolean rebuilt;
  private boolean diskFull;
  private @Nullable String failure;

  /** Takes an output that differs. */
  @FunctionalInterface
  public interface Keeper {
    /**
     * Looks at it.
     *
     * @param output the store path
     * @param other where the other build of it lies, for as long as this call lasts
     */
    void keep(String output, Path other) throws IOException;
  }

  Rebuild(Preparation prepared, Derivation derivation, Keeper keeper) {
    this.prepared = prepared;
    this.derivation = derivation;
    this.keeper = keeper;
  }

  /**
   * Rebuilds.
   *
   * @throws IOException when Nix ends in a way that says nothing about the rebuild
   */
  RebuildResult run(Command nix, HermeticOptions options) throws IOException, InterruptedException {
    // What a killed run left would be taken for the new output.
    deleteOthers();
    List<String> arguments = new ArrayList<>(List.of("--realise", "--check", "--keep-failed"));
    arguments.addAll(NixLog.OPTIONS);
    arguments.addAll(options.arguments());
    arguments.add(derivation.path());
    Command.Result result;
    try {
      result = nix.run("nix-store", arguments, new NixLog(this::hear));
    } catch (CommandTimeoutException e) {
      return RebuildResult.failed(String.valueOf(e.getMessage()));
    }
    try {
      return outcome(result);
    } finally {
      deleteOthers();
    }
  }

  private synchronized RebuildResult outcome(Command.Result result) throws IOException {
    Map<String, Nar.Digest> others = new LinkedHashMap<>();
    for (String output : derivation.outputPaths()) {
      Path other = other(output);
      if (Files.exists(other, LinkOption.NOFOLLOW_LINKS)) {
        others.put(output, Nar.digest(other));
        keeper.keep(output, other);
      }
    }
    if (!others.isEmpty() || (DIFFERS.equals(failure) && rebuilt)) {
      return new RebuildResult(RebuildResult.Kind.DIFFERENT, others, "");
    }
    if (failure != null && rebuilt) {
      if (diskFull) {
        throw new IOException(
            "cannot tell whether the build is reproducible: "
                + DISK_FULL
                + " while "
                + derivation.path()
                + " was rebuilt. Make room in the Nix store and in "
                + System.getProperty("java.io.tmpdir"));
      }
      return RebuildResult.failed(failure);
    }
    if (result.status() != 0) {
      throw new IOException(
          "cannot tell whether the build is reproducible: nix-store --check ended with status "
              + result.status()
              + ":\n"
              + String.join("\n", errors.isEmpty() ? result.log() : errors));
    }
    // Nix calls a check good that it never made, as when it builds on another machine.
    return RebuildResult.of(rebuilt ? RebuildResult.Kind.SAME : RebuildResult.Kind.SILENT);
  }

  private synchronized void hear(NixEvent event) {
    if (event instanceof NixEvent.BuildStarted build) {
      rebuilt |= build.check() && build.derivation().equals(derivation.path());
    } else if (event instanceof NixEvent.LogLine line) {
      diskFull |= line.line().contains(DISK_FULL);
    } else if (event instanceof NixEvent.Message message
        && message.level() == NixEvent.Message.ERROR) {
      errors.add(message.text());
      if (derivation.path().equals(NixErrors.derivation(message.text())) && failure == null) {
        failure = message.text().contains(DIFFERS) ? DIFFERS : NixErrors.reason(message.text());
      }
    }
  }

  private static Path other(String output) {
    return Path.of(output + ".check");
  }

  /** Deletes the second outputs, which Nix does not know and nobody else looks at. */
  private void deleteOthers() throws IOException, InterruptedException {
    for (String output : derivation.outputPaths()) {
      Path other = other(output);
      if (!Files.exists(other, LinkOption.NOFOLLOW_LINKS)) {
        continue;
      }
      Path store = other.getParent();
      if (store != null && Files.isWritable(store)) {
        Trees.delete(other);
      } else {
        // The daemon's, whose collector takes its time.
        List<String> arguments = new ArrayList<>(prepared.options().arguments());
        arguments.addAll(List.of("--delete", other.toString()));
        prepared.nix().capture("nix-store", arguments);
      }
    }
  }
}
