package io.github.nixmaven.generator.cargo;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nixmaven.generator.cargo.resolve.UnitGraph;
import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Compares our units with cargo's for random commands on random workspaces, some at a time. */
final class RandomComparison {
  private static final int COMMANDS_PER_WORKSPACE = 5;

  private final AtomicInteger compared = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final Queue<String> differences = new ConcurrentLinkedQueue<>();

  private RandomComparison() {}

  /**
   * What came out.
   *
   * @param compared commands that cargo and we agree on
   * @param refused how many of them both refuse
   * @param differences a text for each workspace on which we differ
   */
  record Result(int compared, int refused, List<String> differences) {
    @Override
    public String toString() {
      return "random workspaces: "
          + compared
          + " commands agree, of which cargo and we refuse "
          + refused
          + "; "
          + differences.size()
          + " workspaces differ";
    }
  }

  /**
   * Compares.
   *
   * @param directory an empty folder
   * @param seed the first seed; the others follow it
   * @param count how many workspaces
   */
  static Result run(Path directory, long seed, int count) throws Exception {
    RandomComparison comparison = new RandomComparison();
    ExecutorService workers =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      List<Future<?>> tasks = new ArrayList<>();
      for (long current = seed; current < seed + count; current++) {
        long chosen = current;
        tasks.add(workers.submit(() -> comparison.compare(directory, chosen)));
      }
      for (Future<?> task : tasks) {
        task.get();
      }
    } finally {
      workers.shutdownNow();
    }
    return new Result(
        comparison.compared.get(),
        comparison.refused.get(),
        comparison.differences.stream().sorted().toList());
  }

  private void compare(Path directory, long seed) {
    String text = RandomWorkspace.text(seed);
    List<String> found = new ArrayList<>();
    try {
      TextWorkspace workspace = TextWorkspace.write(directory.resolve("seed" + seed), text);
      Random random = new Random(seed);
      for (int i = 0; i < COMMANDS_PER_WORKSPACE; i++) {
        List<String> command = RandomCommand.arguments(workspace.members(), random);
        compare(workspace, command)
            .ifPresent(what -> found.add("cargo " + String.join(" ", command) + ": " + what));
      }
    } catch (Cargo.Refused e) {
      found.add("cargo cannot lock it: " + e.getMessage());
    } catch (IOException | RuntimeException e) {
      found.add(e.toString());
    }
    if (!found.isEmpty()) {
      differences.add("seed " + seed + "\n" + text + "\n" + String.join("\n", found));
    }
  }

  /** What differs, if anything does. */
  private Optional<String> compare(TextWorkspace workspace, List<String> command)
      throws IOException {
    @Nullable JsonNode cargos = null;
    String cargosRefusal = "";
    try {
      cargos = workspace.cargo(command);
    } catch (Cargo.Refused e) {
      cargosRefusal = String.valueOf(e.getMessage());
    }
    try {
      UnitGraph ours = workspace.plan(command);
      if (cargos == null) {
        return Optional.of("we accept what cargo refuses: " + cargosRefusal);
      }
      UnitComparison.assertSame("units", ours, cargos);
    } catch (InputException e) {
      if (cargos != null) {
        return Optional.of("we refuse what cargo accepts: " + e);
      }
      refused.incrementAndGet();
    } catch (AssertionError | RuntimeException e) {
      return Optional.of(e.toString());
    }
    compared.incrementAndGet();
    return Optional.empty();
  }
}
