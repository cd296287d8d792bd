package io.github.nixmaven.plugin.mojo;

import io.github.nixmaven.builder.realise.BuildFailedException;
import io.github.nixmaven.builder.realise.Console;
import io.github.nixmaven.generator.text.InputException;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;

/** What all goals share: skipping, the way errors become Maven's, and the console. */
abstract class AbstractNixMojo extends AbstractMojo {
  final MavenSession session;

  /**
   * Skips all goals of this plugin.
   *
   * <p>Default: {@code false}. For a machine without Nix: {@code mvn verify -Dnix.skip}. Each goal
   * has a switch of its own as well.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.SKIP, defaultValue = "false")
  boolean skip;

  AbstractNixMojo(MavenSession session) {
    this.session = session;
  }

  @Override
  public final void execute() throws MojoExecutionException, MojoFailureException {
    if (skip || isGoalSkipped()) {
      getLog().info("Skipped by -D" + (skip ? NixProperties.SKIP : skipProperty()));
      return;
    }
    try {
      run();
    } catch (InputException | BuildFailedException e) {
      // Without the cause, whose message Maven would append to one that is complete.
      getLog().debug(e);
      throw new MojoFailureException(e.getMessage());
    } catch (IOException e) {
      throw new MojoExecutionException(describe(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MojoExecutionException("interrupted", e);
    }
  }

  /** Whether the goal's own switch is set. */
  abstract boolean isGoalSkipped();

  /** The property of the goal's own switch. */
  abstract String skipProperty();

  abstract void run()
      throws IOException, InterruptedException, BuildFailedException, MojoFailureException;

  /** The folder a user thinks of as here: that of the POM, or where Maven was started. */
  Path baseDirectory() {
    MavenProject project = session.getCurrentProject();
    File basedir = project == null ? null : project.getBasedir();
    return (basedir == null ? new File(session.getRequest().getBaseDirectory()) : basedir)
        .toPath()
        .toAbsolutePath()
        .normalize();
  }

  /** Without a POM Maven leaves {@code ${project.build.directory}} as it is written. */
  Path buildDirectory() {
    MavenProject project = session.getCurrentProject();
    return project == null || project.getBasedir() == null
        ? baseDirectory().resolve("target")
        : Path.of(project.getBuild().getDirectory());
  }

  /** As Maven's own output: no colours and no rewriting in batch mode or away from a terminal. */
  Console console() {
    boolean alone =
        session.getRequest().isInteractiveMode()
            && getLog().isInfoEnabled()
            && session.getRequest().getDegreeOfConcurrency() <= 1;
    PrintWriter terminal = alone ? Terminal.writer() : null;
    String style = session.getUserProperties().getProperty("style.color", "auto");
    boolean colour = style.equals("always") || (!style.equals("never") && terminal != null);
    return new Console(getLog()::info, getLog()::warn, terminal, colour);
  }

  /** The JDK's messages for files are often a path and nothing else. */
  private static String describe(IOException e) {
    String message = e.getMessage();
    boolean bare = e instanceof FileSystemException fault && fault.getReason() == null;
    return bare || message == null ? e.getClass().getSimpleName() + ": " + message : message;
  }
}
