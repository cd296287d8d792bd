package io.github.nixmaven.builder.realise;

import static io.github.nixmaven.builder.realise.HandMadeProject.natively;
import static io.github.nixmaven.builder.realise.HandMadeProject.unit;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.nixmaven.builder.nix.NixFixture;
import io.github.nixmaven.generator.hash.Hash;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Before Nix is asked,")
class SourcesTest {
  private final RecordingConsole console = new RecordingConsole();
  @TempDir private Path folder;

  @Test
  @DisplayName("a crate file that the generator has is not downloaded again")
  void cachedCrate() throws Exception {
    byte[] crate = UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8);
    String sha256 = Hash.digest(Hash.Algorithm.SHA256, crate).hex();
    Path cached = NixFixture.CONTEXT.cache().resolve("crates").resolve(sha256 + ".crate");
    Files.createDirectories(cached.getParent());
    Files.write(cached, crate);
    try {
      String source =
          """
          derivation {
            name = "crate-foo-1.0.0.tar.gz";
            system = builtins.currentSystem;
            builder = "builtin:fetchurl";
            url = "http://127.0.0.1:1/nobody-listens";
            outputHash = "%s";
            outputHashAlgo = "sha256";
            outputHashMode = "flat";
          }
          """
              .formatted(sha256);
      Preparation prepared =
          new HandMadeProject()
              .with("app", unit("app", "1.0.0", "product"), "cat $source > $out", "inherit source;")
              .source(
                  "source",
                  new Source("cargo", Source.Kind.FILE, "foo", "1.0.0", null, null),
                  source)
              .member("app")
              .prepare();

      BuildResult result =
          new BuildService()
              .build(
                  new BuildRequest(HandMadeProject.settings(folder), List.of(), folder),
                  prepared,
                  Instant.now(),
                  console.plain());

      assertThat(result.counts()).isEqualTo(new Realisation.Counts(1, 0, 0));
      assertThat(result.outputs().get(natively("app"))).hasBinaryContent(crate);
    } finally {
      Files.delete(cached);
    }
  }
}
