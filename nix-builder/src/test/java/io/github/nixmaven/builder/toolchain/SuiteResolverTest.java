package io.github.nixmaven.builder.toolchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.builder.nix.NixFixture;
import io.github.nixmaven.builder.rust.Rust;
import io.github.nixmaven.generator.net.Downloader;
import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The closure of packages")
class SuiteResolverTest {
  private static BinaryPackage pkg(String name, String version, String depends, String provides) {
    return new BinaryPackage(
        "test", name, version, "amd64", "pool/" + name, 1, "", 0, depends, provides);
  }

  private static List<String> resolve(List<BinaryPackage> packages, String... roots)
      throws IOException {
    return new SuiteResolver(List.of(new SuiteIndex("test", Instant.EPOCH, packages)))
        .resolve(List.of(roots)).stream().map(one -> one.name() + " " + one.version()).toList();
  }

  @Test
  @DisplayName("is the one that apt finds for the default roots, and for larger ones")
  void agreesWithApt(@TempDir Path folder) throws Exception {
    SuiteIndex trixie =
        SuiteIndex.fetch(
            "trixie",
            "amd64",
            Mirrors.DEBIAN,
            Keyring.read(null),
            new Downloader(Duration.ofSeconds(30), 1, System.getenv()),
            NixFixture.CONTEXT.cache().resolve("lists"),
            Instant.now());
    SuiteResolver resolver = new SuiteResolver(List.of(trixie));
    List<String> usual = List.copyOf(Toolchain.defaultRoots(List.of(Rust.LANGUAGE)));
    List<String> large = new ArrayList<>(usual);
    large.addAll(
        List.of(
            "default-jdk-headless",
            "python3",
            "clang",
            "git",
            "libssl-dev",
            "ca-certificates",
            "nodejs",
            "golang-go",
            "cmake",
            "libgtk-3-dev",
            "libstd-rust-dev-wasm32"));
    Apt apt = new Apt(folder);
    for (List<String> roots : List.of(usual, large)) {
      List<String> shuffled = new ArrayList<>(roots);
      Collections.shuffle(shuffled, new Random(1));
      List<String> names =
          resolver.resolve(roots).stream().map(one -> one.name() + " " + one.version()).toList();
      assertThat(names).isEqualTo(apt.closure(roots));
      assertThat(resolver.resolve(shuffled)).isEqualTo(resolver.resolve(roots));
    }
  }

  /** The real apt, on an empty system. */
  private static final class Apt {
    private final Path folder;

    Apt(Path folder) throws Exception {
      this.folder = folder;
      Files.createDirectories(folder.resolve("lists/partial"));
      Files.createDirectories(folder.resolve("cache/archives/partial"));
      Files.createDirectory(folder.resolve("none"));
      Files.createFile(folder.resolve("status"));
      Path keyring = folder.resolve("keyring.gpg");
      Files.copy(Toolchain.class.getResourceAsStream("debian-archive-trixie.gpg"), keyring);
      Files.writeString(
          folder.resolve("sources"),
          "deb [signed-by=" + keyring + "] " + Mirrors.DEBIAN.archive() + " trixie main\n");
      run("update");
    }

    List<String> closure(List<String> roots) throws Exception {
      List<String> command =
          new ArrayList<>(List.of("--simulate", "--no-install-recommends", "install"));
      command.addAll(roots);
      // Inst bash (5.2.37-2+b5 Debian:13.1/stable [amd64])
      return run(command.toArray(String[]::new))
          .lines()
          .filter(line -> line.startsWith("Inst "))
          .map(line -> line.split(" ")[1] + " " + line.split(" ")[2].substring(1))
          .sorted()
          .toList();
    }

    private String run(String... arguments) throws Exception {
      List<String> command = new ArrayList<>(List.of("apt-get"));
      for (String option :
          List.of(
              "Dir::State=" + folder,
              "Dir::State::status=" + folder.resolve("status"),
              "Dir::State::lists=" + folder.resolve("lists"),
              "Dir::Cache=" + folder.resolve("cache"),
              "Dir::Etc::sourcelist=" + folder.resolve("sources"),
              "Dir::Etc::sourceparts=" + folder.resolve("none"),
              "Dir::Etc::preferencesparts=" + folder.resolve("none"),
              "APT::Architecture=amd64",
              "APT::Architectures=amd64",
              "APT::Sandbox::User=root")) {
        command.addAll(List.of("-o", option));
      }
      command.addAll(List.of(arguments));
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      String output = new String(process.getInputStream().readAllBytes());
      assertThat(process.waitFor()).as(output).isZero();
      return output;
    }
  }

  @Test
  @DisplayName("follows dependencies and pre-dependencies, round cycles, sorted by name")
  void closure() throws Exception {
    assertThat(
            resolve(
                List.of(
                    pkg("z", "1", "b, a", ""),
                    pkg("a", "1", "z", ""),
                    pkg("b", "1", "", ""),
                    pkg("unused", "1", "", "")),
                "z"))
        .containsExactly("a 1", "b 1", "z 1");
  }

  @Test
  @DisplayName("takes the first alternative that exists in a fitting version")
  void firstAlternative() throws Exception {
    List<BinaryPackage> packages =
        List.of(
            pkg("root", "1", "none | old (>= 2) | fine (>= 2) | other", ""),
            pkg("old", "1", "", ""),
            pkg("fine", "2", "", ""),
            pkg("other", "1", "", ""));
    assertThat(resolve(packages, "root")).containsExactly("fine 2", "root 1");
  }

  @Test
  @DisplayName("takes an alternative that is needed anyhow, though that shows only later")
  void alternativeNeededAnyhow() throws Exception {
    List<BinaryPackage> packages =
        List.of(
            pkg("root", "1", "a | b, deep", ""),
            pkg("a", "1", "", ""),
            pkg("b", "1", "", ""),
            pkg("deep", "1", "deeper", ""),
            pkg("deeper", "1", "b", ""));
    assertThat(resolve(packages, "root")).containsExactly("b 1", "deep 1", "deeper 1", "root 1");
  }

  @Test
  @DisplayName("takes a provider of a virtual package: a chosen one, else the first by name")
  void provides() throws Exception {
    List<BinaryPackage> packages =
        List.of(
            pkg("root", "1", "awk", ""),
            pkg("mawk", "1", "", "awk"),
            pkg("gawk", "1", "", "awk"),
            pkg("original-awk", "1", "", "awk"));
    assertThat(resolve(packages, "root")).containsExactly("gawk 1", "root 1");
    assertThat(resolve(packages, "root", "mawk")).containsExactly("mawk 1", "root 1");
  }

  @Test
  @DisplayName("takes for a versioned need only what provides a fitting version")
  void versionedProvides() throws Exception {
    List<BinaryPackage> packages =
        List.of(
            pkg("root", "1", "v (>= 2)", ""),
            pkg("a", "9", "", "v"),
            pkg("b", "9", "", "v (= 1)"),
            pkg("c", "1", "", "v (= 2)"));
    assertThat(resolve(packages, "root")).containsExactly("c 1", "root 1");
  }

  @Test
  @DisplayName("reads :any and :native as the name alone, and no other architecture")
  void qualifiers() throws Exception {
    List<BinaryPackage> packages =
        List.of(
            pkg("root", "1", "a:any, b:native (>= 1)", ""),
            pkg("a", "1", "", ""),
            pkg("b", "1", "", ""),
            pkg("foreign", "1", "a:i386", ""));
    assertThat(resolve(packages, "root")).containsExactly("a 1", "b 1", "root 1");
    assertThatThrownBy(() -> resolve(packages, "foreign"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("foreign 1 needs a:i386, which no suite has");
  }

  @Test
  @DisplayName("takes the newest version of a package that several suites have")
  void newest() throws Exception {
    SuiteIndex stable = new SuiteIndex("s", Instant.EPOCH, List.of(pkg("a", "1.0-2", "", "")));
    SuiteIndex updates =
        new SuiteIndex("u", Instant.EPOCH, List.of(pkg("a", "1.0-2+deb13u1", "", "")));
    for (List<SuiteIndex> suites : List.of(List.of(stable, updates), List.of(updates, stable))) {
      assertThat(new SuiteResolver(suites).resolve(List.of("a")))
          .extracting(BinaryPackage::version)
          .containsExactly("1.0-2+deb13u1");
    }
  }

  @Test
  @DisplayName("that cannot be had names the chain that leads to what is missing")
  void unsatisfiable() {
    List<BinaryPackage> packages =
        List.of(
            pkg("rustc", "1.85", "gcc", ""),
            pkg("gcc", "14", "libc6 (>= 2.42) | musl", ""),
            pkg("libc6", "2.41", "", ""));
    assertThatThrownBy(() -> resolve(packages, "rustc"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(
            "rustc 1.85 needs gcc 14 needs libc6 (>= 2.42) but test has 2.41 | musl");
    assertThatThrownBy(() -> resolve(packages, "rustcc"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("the toolchain cannot be resolved: rustcc, which no suite has");
    assertThatThrownBy(() -> resolve(packages, "gcc >= 4"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("'gcc >= 4' is not a valid package name");
  }

  @Test
  @DisplayName("cannot be had from an index with a malformed field")
  void malformed() {
    assertThatThrownBy(() -> resolve(List.of(pkg("a", "1", "b (>> )", "")), "a"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("broken entry for 'a': 'b (>> )' is not a relation");
  }
}
