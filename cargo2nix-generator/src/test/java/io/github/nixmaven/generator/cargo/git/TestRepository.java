package io.github.nixmaven.generator.cargo.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A repository with a work tree, made by the git program. */
public final class TestRepository {
  private final Path directory;

  private TestRepository(Path directory) {
    this.directory = directory;
  }

  /** A new repository without a commit. */
  public static TestRepository create(Path directory) throws IOException {
    Files.createDirectories(directory);
    TestRepository repository = new TestRepository(directory);
    repository.git("init", "--quiet", "--initial-branch=main");
    return repository;
  }

  public Path directory() {
    return directory;
  }

  /** The address by which it is reached without a server. */
  public String url() {
    return "file://" + directory;
  }

  public TestRepository write(String path, String content) throws IOException {
    Path file = directory.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    return this;
  }

  /** A package with a library. */
  public TestRepository writePackage(String folder, String name, String more) throws IOException {
    String prefix = folder.isEmpty() ? "" : folder + "/";
    write(prefix + "src/lib.rs", "");
    return write(
        prefix + "Cargo.toml",
        "[package]\nname = \"" + name + "\"\nversion = \"0.1.0\"\nedition = \"2021\"\n" + more);
  }

  /** Commits all there is. */
  public String commit() {
    git("add", "--all");
    git("commit", "--quiet", "--allow-empty", "--message", "a commit");
    return head();
  }

  public String head() {
    return git("rev-parse", "HEAD");
  }

  /** Adds another repository at a path. */
  public void submodule(String url, String path) {
    git("submodule", "--quiet", "add", url, path);
  }

  public String git(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "git",
                "-c",
                "user.name=A",
                "-c",
                "user.email=a@localhost",
                "-c",
                "protocol.file.allow=always"));
    command.addAll(List.of(arguments));
    return run(directory, command);
  }

  static String run(Path directory, List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException(command + " failed with status " + process.exitValue());
      }
      return output.strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
