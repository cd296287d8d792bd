package io.github.nixmaven.builder.verify.rebuild;

import io.github.nixmaven.builder.command.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A directory that lists its files in another order each time, by {@code disorderfs}: a file system
 * that is mounted over a directory while its program runs.
 */
final class Disorder implements AutoCloseable {
  private static final String PROGRAM = "disorderfs";
  private static final int TRIES = 100;
  private static final long PAUSE_MILLIS = 50;

  private final Thread thread;
  private final Path folder;

  private Disorder(Thread thread, Path folder) {
    this.thread = thread;
    this.folder = folder;
  }

  static boolean isInstalled(Command programs) {
    return programs.isInstalled(PROGRAM);
  }

  /**
   * Creates the directory.
   *
   * @param scratch an empty directory to create it in
   * @param programs those of the search path
   * @throws IOException when the program cannot do it here; the message says why
   */
  static Disorder mount(Path scratch, Command programs) throws IOException, InterruptedException {
    Path below = Files.createDirectories(scratch.resolve("below/builds"));
    Path mount = Files.createDirectories(scratch.resolve("above"));
    // In the foreground, so that it ends with this process; builds belong to another user.
    FutureTask<Command.Result> run =
        new FutureTask<>(
            () ->
                programs.run(
                    PROGRAM,
                    List.of(
                        "--multi-user=yes",
                        "--shuffle-dirents=yes",
                        "-f",
                        String.valueOf(below.getParent()),
                        mount.toString()),
                    line -> {}));
    Thread thread = new Thread(run, PROGRAM);
    thread.setDaemon(true);
    thread.start();
    Path builds = mount.resolve("builds");
    for (int i = 0; i < TRIES && !run.isDone(); i++) {
      if (Files.isDirectory(builds)) {
        return new Disorder(thread, builds);
      }
      Thread.sleep(PAUSE_MILLIS);
    }
    if (!run.isDone()) {
      thread.interrupt();
      throw new IOException(PROGRAM + " did not start");
    }
    try {
      throw new IOException(PROGRAM + " exited: " + String.join(" ", run.get().log()));
    } catch (ExecutionException e) {
      throw new IOException(PROGRAM + " is not running", e.getCause());
    }
  }

  /** Where builds find the disorder. */
  Path folder() {
    return folder;
  }

  /** Stops the program, and waits until the directory can be deleted. */
  @Override
  public void close() {
    thread.interrupt();
    boolean interrupted = false;
    for (int i = 0; i < TRIES && (thread.isAlive() || Files.exists(folder)); i++) {
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
