package io.github.nixmaven.plugin.mojo;

import io.github.nixmaven.builder.realise.BuildFailedException;
import io.github.nixmaven.builder.realise.Console;
import io.github.nixmaven.generator.pin.Context;
import io.github.nixmaven.generator.pin.Wording;
import io.github.nixmaven.generator.text.FileNames;
import io.github.nixmaven.generator.text.InputException;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** What all goals share: skipping, the way errors become Maven's, and the console. */
@SuppressWarnings("NullAway.Init") // Maven sets the parameters.
abstract class AbstractNixMojo extends AbstractMojo {
  private static final Wording WORDING =
      new Wording(
          "`nix.cargoNix`",
          "`<cargoManifest>src/main/rust/Cargo.toml</cargoManifest>`",
          "`mvn nix:generate`");

  final MavenSession session;

  /**
   * Skips this goal. The property {@code nix.skip} skips all goals of this plugin, and {@code
   * nix.GOAL.skip} one of them, such as {@code -Dnix.verify.skip}.
   *
   * <p>Default: {@code false}. On a machine without Nix, use {@code mvn verify -Dnix.skip}, and add
   * {@code -DskipTests} if tests use the built files. A module without a lock needs no switch:
   * goals do nothing there.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.SKIP, defaultValue = "false")
  boolean skip;

  /** This execution, which knows the goal's name and its phase. */
  @Parameter(defaultValue = "${mojoExecution}", readonly = true)
  MojoExecution execution;

  AbstractNixMojo(MavenSession session) {
    this.session = session;
  }

  @Override
  public final void execute() throws MojoExecutionException, MojoFailureException {
    String switched = skippedBy();
    if (switched != null) {
      getLog().info("Skipped by " + switched + missing());
      return;
    }
    try {
      run();
    } catch (InputException | BuildFailedException e) {
      // Without the cause, whose message Maven would append to one that is complete.
      getLog().debug(e);
      throw new MojoFailureException(e.getMessage());
    } catch (InvalidPathException e) {
      getLog().debug(e);
      throw new MojoFailureException(FileNames.mistake(e).getMessage());
    } catch (IOException e) {
      throw new MojoExecutionException(describe(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MojoExecutionException("interrupted", e);
    }
  }

  /** What skips this goal, or null where nothing does. */
  @Nullable String skippedBy() {
    String own = "nix." + goal() + ".skip";
    if (Boolean.parseBoolean(property(own))) {
      return "-D" + own;
    }
    if (!skip) {
      return null;
    }
    return Boolean.parseBoolean(property(NixProperties.SKIP))
        ? "-D" + NixProperties.SKIP
        : "<skip>";
  }

  /** What a build lacks because this goal is skipped, to be put after the reason. */
  String missing() {
    return "";
  }

  /** The goal's name, such as {@code build}. */
  final String goal() {
    return execution.getGoal();
  }

  /** A property as Maven finds it for a parameter: the command line's comes first. */
  final @Nullable String property(String name) {
    String given = session.getUserProperties().getProperty(name);
    return given != null ? given : session.getCurrentProject().getProperties().getProperty(name);
  }

  abstract void run()
      throws IOException, InterruptedException, BuildFailedException, MojoFailureException;

  /** The directory of the POM. */
  final Path baseDirectory() {
    return session.getCurrentProject().getBasedir().toPath().toAbsolutePath().normalize();
  }

  final Path buildDirectory() {
    return Path.of(session.getCurrentProject().getBuild().getDirectory());
  }

  /**
   * The directory for links to outputs and for reports.
   *
   * @param configured what the user configured, or null for {@code nix} in the build directory
   */
  final Path workDirectory(@Nullable File configured) {
    return configured == null ? buildDirectory().resolve("nix") : configured.toPath();
  }

  /** What the goal's work is done with: this process's environment, and Maven's `-o`. */
  final Context context() {
    return Context.of(System.getenv(), Path.of(System.getProperty("user.home")), WORDING)
        .withOffline(session.isOffline());
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
