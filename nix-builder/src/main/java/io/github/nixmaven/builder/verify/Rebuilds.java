package io.github.nixmaven.builder.verify;

import io.github.nixmaven.builder.language.Unit;
import io.github.nixmaven.builder.nix.Derivation;
import io.github.nixmaven.builder.realise.Console;
import io.github.nixmaven.builder.realise.Project;
import io.github.nixmaven.builder.verify.rebuild.Laboratory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Judges many derivations, several at once, and shows how far it is. */
final class Rebuilds {
  private final Laboratory laboratory;
  private final Project project;
  private final List<Derivation> derivations;
  private final Path copies;
  private final Console console;
  private final Instant start = Instant.now();
  private final int packages;
  private final Set<String> packagesBegun = new HashSet<>();
  private int done;
  private String current = "";

  Rebuilds(
      Laboratory laboratory,
      Project project,
      List<Derivation> derivations,
      Path copies,
      Console console) {
    this.laboratory = laboratory;
    this.project = project;
    this.derivations = derivations;
    this.copies = copies;
    this.console = console;
    packages =
        (int)
            derivations.stream()
                .map(each -> project.unit(each).packageId())
                .filter(Objects::nonNull)
                .distinct()
                .count();
  }

  /**
   * Judges them all.
   *
   * @param slots how many at once
   * @return the judgements by derivation
   */
  Map<String, DerivationResult> judge(int slots) throws IOException, InterruptedException {
    BlockingQueue<Integer> free = new ArrayBlockingQueue<>(slots);
    for (int slot = 0; slot < slots; slot++) {
      free.add(slot);
    }
    ExecutorService executor =
        Executors.newFixedThreadPool(
            slots,
            task -> {
              Thread thread = new Thread(task, "verify");
              thread.setDaemon(true);
              return thread;
            });
    CompletionService<Map.Entry<String, DerivationResult>> tasks =
        new ExecutorCompletionService<>(executor);
    Console.Status status = console.follow(this::status);
    try {
      // What is built last is usually the largest, and nothing here waits for anything else.
      List<Derivation> order = new ArrayList<>(derivations);
      Collections.reverse(order);
      for (Derivation derivation : order) {
        var unused = tasks.submit(() -> judge(derivation, free));
      }
      Map<String, DerivationResult> result = new HashMap<>();
      for (int i = 0; i < order.size(); i++) {
        Map.Entry<String, DerivationResult> judged = tasks.take().get();
        result.put(judged.getKey(), judged.getValue());
      }
      return result;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException fault) {
        throw fault;
      }
      throw new IllegalStateException("a rebuild failed", e.getCause());
    } finally {
      status.end();
      // The commands that still run hear of it, and end before what they use is taken away.
      executor.shutdownNow();
      var unused = executor.awaitTermination(1, TimeUnit.MINUTES);
    }
  }

  private Map.Entry<String, DerivationResult> judge(
      Derivation derivation, BlockingQueue<Integer> free) throws IOException, InterruptedException {
    int slot = free.take();
    try {
      begin(project.unit(derivation));
      return Map.entry(derivation.path(), new Judge(laboratory, derivation, slot, copies).judge());
    } finally {
      free.add(slot);
      end();
    }
  }

  private synchronized void begin(Unit unit) {
    current = unit.label();
    if (unit.packageId() != null && packagesBegun.add(unit.packageId()) && !console.isTerminal()) {
      console.info(
          "  rebuilding "
              + unit.packageId()
              + " ("
              + packagesBegun.size()
              + " of "
              + packages
              + ")");
    }
  }

  private synchronized void end() {
    done++;
  }

  private synchronized String status() {
    return "["
        + done
        + "/"
        + derivations.size()
        + "] "
        + Console.elapsed(Duration.between(start, Instant.now()))
        + "  rebuilding "
        + current;
  }
}
