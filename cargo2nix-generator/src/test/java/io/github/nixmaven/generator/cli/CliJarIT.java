package io.github.nixmaven.generator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nixmaven.generator.cargo.Cargo;
import io.github.nixmaven.generator.cargo.git.TestRepository;
import io.github.nixmaven.generator.cli.Cli.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The cli jar")
class CliJarIT {
  private static final Path JAR = Path.of(System.getProperty("cli.jar"));

  @TempDir Path directory;

  @Test
  @DisplayName("runs by itself, and prints the command that mends as it was started")
  void runs() throws Exception {
    Cli cli = Cli.jar(JAR, Workspace.in(directory));
    assertThat(cli.run("--version").out())
        .isEqualTo("cargo2nix-generator " + System.getProperty("cli.version") + "\n");
    Result stale = cli.run("check");
    assertThat(stale.code()).isEqualTo(1);
    assertThat(stale.err()).contains("Run `java -jar " + JAR + " generate` and commit");
    assertThat(cli.run("generate")).isEqualTo(new Result(0, "Wrote Cargo.nix: 3 crates\n", ""));
    assertThat(cli.run("check").code()).isZero();
    assertThat(cli.run("graph", "--format", "json").out()).startsWith("{\"version\":1,");
    assertThat(cli.run("why", "mac", "-p", "app").out()).contains("dependency `mac` of app");
  }

  @Test
  @DisplayName("reads git repositories, and prints nothing more for it")
  void git() throws Exception {
    TestRepository library = TestRepository.create(directory.resolve("library"));
    library.writePackage("crates/inner", "inner", "").commit();
    Path app = Files.createDirectories(directory.resolve("app/src"));
    Files.writeString(app.resolve("main.rs"), "fn main() {}\n");
    Files.writeString(
        app.resolveSibling("Cargo.toml"),
        "[package]\nname = \"app\"\nversion = \"1.0.0\"\nedition = \"2021\"\n"
            + ("[dependencies]\ninner.git = \"" + library.url() + "\"\n"));
    Cargo.lockGit(app.getParent());
    Cli cli =
        Cli.jar(JAR, app.getParent()).with("XDG_CACHE_HOME", directory.resolve("cache").toString());
    assertThat(cli.run("generate")).isEqualTo(new Result(0, "Wrote Cargo.nix: 2 crates\n", ""));
    assertThat(cli.run("graph")).extracting(Result::err).isEqualTo("");
  }

  @Test
  @DisplayName("is started by the launcher, which archives the classes once, and does without")
  void launcher() throws Exception {
    Path cache = Files.createDirectory(directory.resolve("cache dir"));
    Cli cli =
        Cli.launcher(install(), Workspace.in(directory)).with("XDG_CACHE_HOME", cache.toString());
    Result wrote = new Result(0, "Wrote Cargo.nix: 3 crates\n", "");

    Result stale = cli.run("check");
    assertThat(stale.code()).isEqualTo(1);
    assertThat(stale.err()).contains("Run `cargo2nix-generator generate` and commit");
    Path archive = onlyFile(cache.resolve("nix-maven/jvm"));
    assertThat(archive).hasExtension("jsa");
    assertThat(Files.size(archive)).isGreaterThan(1 << 20);
    FileTime made = Files.getLastModifiedTime(archive);
    assertThat(cli.run("generate")).isEqualTo(wrote);
    assertThat(Files.getLastModifiedTime(onlyFile(archive.getParent()))).isEqualTo(made);

    for (String damage : List.of("", "no archive")) {
      Files.delete(archive);
      Files.writeString(archive, damage);
      assertThat(cli.run("check")).extracting(Result::code, Result::err).containsExactly(0, "");
    }
    Files.delete(archive);
    assertThat(cli.with("CI", "true").run("check").code()).isZero();
    assertThat(archive.getParent()).isEmptyDirectory();
    Cli nowhere = cli.with("CI", "").with("XDG_CACHE_HOME", "/dev/null");
    assertThat(nowhere.run("check")).extracting(Result::code, Result::err).containsExactly(0, "");
  }

  @Test
  @DisplayName("reads names beyond ASCII in any locale by the launcher, and by itself says how")
  void locale() throws Exception {
    Path workspace = Files.createDirectory(directory.resolve("größe & $HOME"));
    Path app = Files.createDirectories(workspace.resolve("käse/app one/src/bin"));
    Files.writeString(app.resolve("é.rs"), "fn main() {}\n");
    Files.writeString(
        app.resolve("../../Cargo.toml"), "[package]\nname = \"app\"\nversion = \"1.0.0\"\n");
    Files.writeString(
        workspace.resolve("Cargo.toml"), "[workspace]\nresolver = \"2\"\nmembers = [\"*/*\"]\n");
    Files.writeString(
        workspace.resolve("Cargo.lock"),
        "version = 4\n\n[[package]]\nname = \"app\"\nversion = \"1.0.0\"\n");
    for (String locale : List.of("C", "POSIX", "de_DE.ISO-8859-1")) {
      Result own = Cli.jar(JAR, workspace).with("LC_ALL", locale).run("generate");
      assertThat(own.code()).isEqualTo(2);
      assertThat(own.err()).contains("export LC_ALL=C.UTF-8").doesNotContain("Exception");
      assertThat(workspace.resolve("Cargo.nix")).doesNotExist();
    }

    Result wrote = Cli.launcher(install(), workspace).with("LC_ALL", "C").run("generate");

    assertThat(wrote).isEqualTo(new Result(0, "Wrote Cargo.nix: 1 crate\n", ""));
    assertThat(workspace.resolve("Cargo.nix"))
        .content()
        .contains("path = \"käse/app one\";", "path = \"src/bin/é.rs\";");
  }

  /** The jar with the launcher beside it, called through a link. */
  private Path install() throws IOException {
    Path folder = Files.createDirectory(directory.resolve("installed here"));
    Files.copy(JAR, folder.resolve(JAR.getFileName()));
    Path launcher =
        Files.copy(
            Path.of("src/main/sh/cargo2nix-generator"), folder.resolve("cargo2nix-generator"));
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
    return Files.createSymbolicLink(directory.resolve("link"), launcher);
  }

  private static Path onlyFile(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> all = files.toList();
      assertThat(all).hasSize(1);
      return all.get(0);
    }
  }

  @Test
  @DisplayName("holds each file once, the licences and notices of all it holds, and no module")
  void contents() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      List<String> names = jar.stream().map(ZipEntry::getName).toList();
      Set<String> distinct = new TreeSet<>(names);
      assertThat(names).hasSameSizeAs(distinct);
      assertThat(distinct)
          .contains(
              "META-INF/LICENSE",
              "META-INF/JGit-LICENSE",
              "META-INF/SLF4J-LICENSE",
              "META-INF/NOTICE",
              "picocli/CommandLine.class")
          .noneMatch(name -> name.endsWith("module-info.class"))
          .noneMatch(name -> name.endsWith(".SF") || name.endsWith(".RSA"));
      String notice =
          new String(jar.getInputStream(jar.getEntry("META-INF/NOTICE")).readAllBytes());
      assertThat(notice)
          .contains("Apache Commons Compress", "Apache Commons IO", "Jackson JSON processor");
    }
  }

  @Test
  @DisplayName("is not what users of the library get")
  void libraryStaysSmall() throws IOException {
    Path library = Path.of(JAR.toString().replace("-cli.jar", ".jar"));
    assertThat(Files.size(library)).isLessThan(Files.size(JAR) / 4);
  }
}
