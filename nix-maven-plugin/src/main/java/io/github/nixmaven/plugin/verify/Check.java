package io.github.nixmaven.plugin.verify;

import io.github.nixmaven.generator.text.DirectoryTree;
import io.github.nixmaven.plugin.build.Console;
import io.github.nixmaven.plugin.build.Unit;
import io.github.nixmaven.plugin.nix.Derivation;
import io.github.nixmaven.plugin.nix.HermeticOptions;
import io.github.nixmaven.plugin.nix.NixCommand;
import io.github.nixmaven.plugin.nix.NixErrors;
import io.github.nixmaven.plugin.nix.NixEvent;
import io.github.nixmaven.plugin.nix.NixLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rebuilds many derivations by {@code nix-store --realise --check} and hears what Nix says. */
final class Check {
  private static final Pattern KEPT = Pattern.compile("keeping build directory '([^']+)'");

  private final Map<String, Derivation> derivations = new LinkedHashMap<>();
  private final Console console;
  private final Instant start = Instant.now();
  private final int crates;
  private final Set<String> cratesBegun = new HashSet<>();
  private final Set<String> rebuilt = new HashSet<>();
  private final Set<String> differing = new HashSet<>();
  private final Map<String, String> failures = new HashMap<>();
  private final List<Path> keptFolders = new ArrayList<>();
  private final List<String> errors = new ArrayList<>();
  private String current = "";

  Check(List<Derivation> derivations, Console console) {
    this.console = console;
    Set<String> names = new HashSet<>();
    for (Derivation derivation : derivations) {
      this.derivations.put(derivation.path(), derivation);
      String crate = Unit.of(derivation).crate();
      if (crate != null) {
        names.add(crate);
      }
    }
    crates = names.size();
  }

  /**
   * Rebuilds them all.
   *
   * @throws IOException when Nix ends in a way that says nothing about the rebuilds
   */
  void run(NixCommand nix, HermeticOptions options) throws IOException, InterruptedException {
    Console.Status status = console.follow(this::status);
    try {
      // Nix leaves out what needs a derivation of the same call that differs, so those come again.
      List<String> left = List.copyOf(derivations.keySet());
      int before = Integer.MAX_VALUE;
      while (!left.isEmpty() && left.size() < before) {
        before = left.size();
        run(nix, options, left);
        left = left.stream().filter(derivation -> !rebuilt.contains(derivation)).toList();
      }
    } finally {
      status.end();
    }
  }

  private void run(NixCommand nix, HermeticOptions options, List<String> some)
      throws IOException, InterruptedException {
    List<String> arguments =
        new ArrayList<>(List.of("--realise", "--check", "--keep-failed", "--keep-going"));
    arguments.addAll(NixLog.OPTIONS);
    arguments.addAll(options.arguments());
    arguments.addAll(some);
    NixCommand.Result result = nix.run("nix-store", arguments, new NixLog(this::hear));
    // 100 to 111 are the sums Nix makes of failed builds, timeouts and differences.
    boolean explained =
        result.status() == 0
            || (result.status() >= 100
                && result.status() < 112
                && some.stream()
                    .anyMatch(each -> differing.contains(each) || failures.containsKey(each)));
    if (!explained) {
      throw new IOException(
          "cannot tell whether the build is reproducible: nix-store --check ended with status "
              + result.status()
              + ":\n"
              + String.join("\n", errors.isEmpty() ? result.log() : errors));
    }
  }

  /** Derivations of which Nix reported a rebuild. */
  Set<String> rebuilt() {
    return rebuilt;
  }

  /** Derivations of which Nix says that they differ. */
  Set<String> differing() {
    return differing;
  }

  /** What Nix says of derivations whose rebuild failed. */
  Map<String, String> failures() {
    return failures;
  }

  /** Deletes the build folders that {@code --keep-failed} has left. */
  void deleteKeptFolders() {
    for (Path folder : keptFolders) {
      try {
        DirectoryTree.delete(folder);
      } catch (IOException e) {
        // A daemon's folders belong to its build users.
        console.warn("cannot delete the build folder " + folder + ": " + e.getMessage());
      }
    }
  }

  private synchronized void hear(NixEvent event) {
    if (event instanceof NixEvent.BuildStarted build && build.check()) {
      rebuilt.add(build.derivation());
      Derivation derivation = derivations.get(build.derivation());
      if (derivation != null) {
        begin(Unit.of(derivation));
      }
    } else if (event instanceof NixEvent.Message message) {
      Matcher kept = KEPT.matcher(message.text());
      if (kept.find()) {
        keptFolders.add(Path.of(kept.group(1)));
      } else if (message.level() == NixEvent.Message.ERROR) {
        fail(message.text());
      }
    }
  }

  private void begin(Unit unit) {
    current = unit.label();
    if (unit.crate() != null && cratesBegun.add(unit.crate()) && !console.isTerminal()) {
      console.info(
          "  rebuilding " + unit.crate() + " (" + cratesBegun.size() + " of " + crates + ")");
    }
  }

  private void fail(String error) {
    errors.add(error);
    String derivation = NixErrors.derivation(error);
    if (derivation == null || !rebuilt.contains(derivation)) {
      return;
    }
    if (error.contains("may not be deterministic")) {
      differing.add(derivation);
    } else {
      failures.putIfAbsent(derivation, NixErrors.reason(error));
    }
  }

  private synchronized String status() {
    return "["
        + rebuilt.size()
        + "/"
        + derivations.size()
        + "] "
        + Console.elapsed(Duration.between(start, Instant.now()))
        + "  rebuilding "
        + current;
  }
}
