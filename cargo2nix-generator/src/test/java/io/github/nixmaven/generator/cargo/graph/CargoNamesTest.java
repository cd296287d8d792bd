package io.github.nixmaven.generator.cargo.graph;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nixmaven.generator.cargo.lock.CratesIo;
import io.github.nixmaven.generator.cargo.lock.LockedPackage;
import io.github.nixmaven.generator.cargo.lock.SourceId;
import io.github.nixmaven.generator.cargo.manifest.PublishedManifest;
import io.github.nixmaven.generator.cargo.resolve.PackageGraph;
import io.github.nixmaven.generator.cargo.semver.Version;
import io.github.nixmaven.generator.cargo.source.Pin;
import io.github.nixmaven.generator.text.Position;
import io.github.nixmaven.generator.text.TomlFile;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Packages are called what cargo calls them, and stand where cargo unpacks them")
class CargoNamesTest {
  @TempDir Path directory;

  private static PackageGraph.Node node(String name, @Nullable String source, Pin pin) {
    return new PackageGraph.Node(
        0,
        new LockedPackage(
            name,
            Version.parse("1.0.0"),
            source == null ? null : SourceId.parse(source),
            null,
            List.of(),
            new Position("Cargo.lock", 1, 1)),
        PublishedManifest.read(
            TomlFile.parse(
                name,
                "[package]\nname = \"x\"\nversion = \"1.0.0\"".getBytes(StandardCharsets.UTF_8)),
            List.of()),
        pin,
        null,
        List.of());
  }

  /** The values are those that cargo's own tests hold for its hash. */
  @Test
  @DisplayName("Registries have folders named by cargo's stable hash")
  void registries() {
    assertThat(StableHash.of(2, CratesIo.INDEX)).isEqualTo("25cdd57fae9f0462");
    CargoNames names = new CargoNames(Path.of("/home"));
    Pin pin = new Pin.CrateFile("r", "u", "0");
    assertThat(names.folder(node("a", "registry+" + CratesIo.INDEX, pin)).toString())
        .startsWith("/home/registry/src/")
        .endsWith("-1949cf8c6b5b557f/a-1.0.0");
    assertThat(names.folder(node("a", "registry+https://my-crates.io/", pin)).toString())
        .isEqualTo("/home/registry/src/my-crates.io-b2d65deb64f05373/a-1.0.0");
    assertThat(names.folder(node("a", "sparse+https://my-crates.io", pin)).toString())
        .isEqualTo("/home/registry/src/my-crates.io-327cfdbd92dd81e1/a-1.0.0");
    assertThat(names.id(node("a", "sparse+https://my-crates.io/", pin)))
        .isEqualTo("sparse+https://my-crates.io/#a@1.0.0");
  }

  @ParameterizedTest(name = "{0} at {2}")
  @CsvSource({
    "repo.git, one, 'branch = \"a/b+c\"', branch=a%2Fb%2Bc",
    "one, one, 'tag = \"v1\"', tag=v1",
    "repo, two, '', ",
  })
  @DisplayName("Git repositories have checkouts where the real cargo makes them")
  void git(String repository, String name, String reference, @Nullable String query)
      throws Exception {
    Path repo = Files.createDirectory(directory.resolve(repository));
    write(repo.resolve("one/Cargo.toml"), "[package]\nname = \"one\"\nversion = \"1.0.0\"\n");
    write(repo.resolve("two/Cargo.toml"), "[package]\nname = \"two\"\nversion = \"1.0.0\"\n");
    write(repo.resolve("one/src/lib.rs"), "");
    write(repo.resolve("two/src/lib.rs"), "");
    run(repo, "git", "init", "-q", "-b", "a/b+c");
    run(repo, "git", "add", "-A");
    run(repo, "git", "-c", "user.name=n", "-c", "user.email=e", "commit", "-q", "-m", "m");
    run(repo, "git", "tag", "v1");
    String commit = run(repo, "git", "rev-parse", "HEAD").strip();

    String url = "file://" + repo.toRealPath();
    Path app = directory.resolve("app");
    write(
        app.resolve("Cargo.toml"),
        """
        [package]
        name = "app"
        version = "1.0.0"
        [dependencies]
        %s = { git = "%s" %s }
        """
            .formatted(name, url, reference.isEmpty() ? "" : ", " + reference));
    write(app.resolve("src/lib.rs"), "");
    JsonNode packages =
        new ObjectMapper()
            .readTree(run(app, "cargo", "metadata", "--format-version=1"))
            .get("packages");

    CargoNames names = new CargoNames(directory.resolve("home"));
    String source = "git+" + url + (query == null ? "" : "?" + query) + "#" + commit;
    PackageGraph.Node ours = node(name, source, new Pin.Commit(url, commit, "sha256-", name));
    List<String> found = packages.findValuesAsText("id");
    assertThat(found).contains(names.id(ours));
    assertThat(packages.findValuesAsText("manifest_path"))
        .contains(names.folder(ours).resolve("Cargo.toml").toString());
  }

  private static void write(Path file, String content) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private String run(Path folder, String... command) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(new File("/dev/null"))
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("CARGO_HOME", directory.resolve("home").toString());
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
    return output;
  }
}
