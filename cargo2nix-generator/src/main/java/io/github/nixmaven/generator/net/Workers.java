package io.github.nixmaven.generator.net;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Runs tasks in parallel, all or nothing. */
public final class Workers {
  private Workers() {}

  /**
   * Runs the tasks and returns when the last one is done. The first failure ends the other tasks;
   * their failures are suppressed in its exception. When this method returns or throws, no task is
   * still running. The JVM's shutdown (Ctrl-C) stops the tasks like an interrupt, so that they can
   * clean up.
   *
   * @param name the name of the threads
   * @param parallel how many tasks to run at once
   * @param tasks the tasks; may throw IOException, InterruptedException and unchecked exceptions
   * @param done receives each result, in the calling thread
   * @throws InterruptedException when the calling thread is interrupted
   */
  public static <T> void run(
      String name, int parallel, List<? extends Callable<T>> tasks, Consumer<? super T> done)
      throws IOException, InterruptedException {
    if (tasks.isEmpty()) {
      return;
    }
    ExecutorService workers =
        Executors.newFixedThreadPool(
            Math.min(parallel, tasks.size()),
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            });
    CompletionService<T> finished = new ExecutorCompletionService<>(workers);
    Thread atExit = new Thread(() -> stop(workers), name + "-stop");
    Runtime.getRuntime().addShutdownHook(atExit);
    Throwable failure;
    try {
      tasks.forEach(finished::submit);
      for (int i = 0; i < tasks.size(); i++) {
        done.accept(finished.take().get());
      }
      return;
    } catch (ExecutionException e) {
      failure = cause(e);
    } finally {
      stop(workers);
      try {
        Runtime.getRuntime().removeShutdownHook(atExit);
      } catch (IllegalStateException e) {
        // The JVM is shutting down: the hook has done this already.
      }
    }
    for (Future<T> late = finished.poll(); late != null; late = finished.poll()) {
      addSuppressed(failure, late);
    }
    if (failure instanceof IOException e) {
      throw e;
    } else if (failure instanceof RuntimeException e) {
      throw e;
    } else if (failure instanceof Error e) {
      throw e;
    }
    throw new IllegalStateException(failure);
  }

  private static void addSuppressed(Throwable failure, Future<?> finished)
      throws InterruptedException {
    try {
      finished.get();
    } catch (ExecutionException e) {
      // These failures only come from stopping the tasks.
      if (!(cause(e) instanceof InterruptedException)
          && !(cause(e) instanceof ClosedByInterruptException)) {
        failure.addSuppressed(cause(e));
      }
    }
  }

  private static void stop(ExecutorService workers) {
    workers.shutdownNow();
    boolean interrupted = false;
    while (!workers.isTerminated()) {
      try {
        workers.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  static Throwable cause(ExecutionException e) {
    return e.getCause() == null ? e : e.getCause();
  }
}
