package io.github.nixmaven.generator.pin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.nixmaven.generator.cargo.CargoRequest;
import io.github.nixmaven.generator.cargo.registry.TestCrate;
import io.github.nixmaven.generator.net.Progress;
import io.github.nixmaven.generator.net.Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The context of a run")
class ContextTest {
  private static final Wording WORDING = new Wording("-o", "-m", "`generate`");

  @TempDir Path directory;

  @Test
  @DisplayName("Two runs in one JVM see neither the other's cache nor its token")
  void apart() throws Exception {
    byte[] crate =
        new TestCrate()
            .file("part-0.1.0/Cargo.toml", "[package]\nname = \"part\"\nversion = \"0.1.0\"\n")
            .file("part-0.1.0/src/lib.rs", "")
            .crate();
    try (Server server = new Server()) {
      server.on("/", Server.bytes(crate));
      server.on(
          "/index/config.json",
          Server.bytes(
              "{\"dl\":\"http://%s/dl\",\"auth-required\":true}"
                  .formatted(server.address())
                  .getBytes(UTF_8)));
      String index = "sparse+http://" + server.address() + "/index/";
      Callable<Boolean> one = () -> generate("one", index, crate);
      Callable<Boolean> two = () -> generate("two", index, crate);
      ExecutorService threads = Executors.newFixedThreadPool(2);
      try {
        for (var written : threads.invokeAll(List.of(one, two))) {
          assertThat(written.get()).isTrue();
        }
      } finally {
        threads.shutdown();
      }

      // Each asked for the registry's configuration and the file, with its own token.
      for (String name : List.of("one", "two")) {
        assertThat(server.requests())
            .filteredOn(
                request ->
                    ("token-" + name).equals(request.getRequestHeaders().getFirst("Authorization")))
            .extracting(request -> request.getRequestURI().getPath())
            .contains("/dl/part/0.1.0/download");
        assertThat(
                directory
                    .resolve(name + "-cache/crates")
                    .resolve(TestCrate.sha256(crate) + ".crate"))
            .exists();
      }
    }
  }

  private boolean generate(String name, String index, byte[] crate) throws Exception {
    Path project = Files.createDirectories(directory.resolve(name));
    Files.createDirectories(project.resolve("src"));
    Files.writeString(project.resolve("src/lib.rs"), "");
    Files.writeString(
        project.resolve("Cargo.toml"),
        "[package]\nname = \"own\"\nversion = \"1.0.0\"\n[dependencies]\n"
            + "part = { version = \"0.1\", registry = \"mine\" }\n");
    Files.writeString(
        project.resolve("Cargo.lock"),
        """
        version = 4

        [[package]]
        name = "own"
        version = "1.0.0"
        dependencies = ["part"]

        [[package]]
        name = "part"
        version = "0.1.0"
        source = "%s"
        checksum = "%s"
        """
            .formatted(index, TestCrate.sha256(crate)));
    Files.createDirectories(project.resolve(".cargo"));
    Files.writeString(
        project.resolve(".cargo/config.toml"),
        "[registries.mine]\nindex = \"%s\"\n[registry]\nglobal-credential-providers = [\"cargo:token\"]\n"
            .formatted(index));
    Context context =
        new Context(
            directory.resolve(name + "-cache"),
            Map.of(
                "HOME",
                directory.resolve(name + "-home").toString(),
                "CARGO_REGISTRIES_MINE_TOKEN",
                "token-" + name),
            false,
            Progress.NONE,
            WORDING);
    return Generator.generate(
            CargoRequest.of(project.resolve("Cargo.toml"), project.resolve("Cargo.nix")), context)
        .written();
  }

  @Test
  @DisplayName("takes the cache from XDG_CACHE_HOME where that is absolute, else from the home")
  void cache() {
    Path home = Path.of("/home/me");
    assertThat(Context.of(Map.of("XDG_CACHE_HOME", "/c"), home, WORDING).cache())
        .isEqualTo(Path.of("/c/nix-maven"));
    for (String ignored : List.of("", "relative")) {
      assertThat(Context.of(Map.of("XDG_CACHE_HOME", ignored), home, WORDING).cache())
          .isEqualTo(Path.of("/home/me/.cache/nix-maven"));
    }
  }
}
