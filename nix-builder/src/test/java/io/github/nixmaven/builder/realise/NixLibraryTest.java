package io.github.nixmaven.builder.realise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NixLibraryTest {
  @TempDir private Path folder;

  @Test
  @DisplayName(
      "the builder's expressions are written out, and written again only where they differ")
  void fromFolder() throws Exception {
    NixLibrary.extract(folder);
    Path builder = folder.resolve("rust/default.nix");
    Path entry = folder.resolve("default.nix");
    byte[] right = Files.readAllBytes(builder);
    FileTime longAgo = FileTime.fromMillis(1000);
    Files.setLastModifiedTime(entry, longAgo);
    Files.writeString(builder, "spoilt");
    Files.writeString(folder.resolve("rust/stranger.nix"), "{ }");

    NixLibrary.extract(folder);

    assertThat(builder).hasBinaryContent(right);
    assertThat(Files.getLastModifiedTime(entry)).isEqualTo(longAgo);
    assertThat(folder.resolve("rust/stranger.nix")).doesNotExist();
    assertThat(folder.resolve("tests")).doesNotExist();
  }

  @Test
  @DisplayName("they come out of a jar as well, whatever its path")
  void fromJar() throws Exception {
    Path jar = folder.resolve("a b+ü#.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      out.putNextEntry(new ZipEntry("lib/"));
      out.putNextEntry(new ZipEntry("lib/deep/x.nix"));
      out.write("{ }".getBytes(StandardCharsets.UTF_8));
      out.putNextEntry(new ZipEntry("other/y.nix"));
    }
    Path target = folder.resolve("out");

    NixLibrary.extract(URI.create("jar:" + jar.toUri() + "!/lib"), target);

    assertThat(target.resolve("deep/x.nix")).hasContent("{ }");
    assertThat(target).isDirectoryNotContaining("glob:**y.nix");
  }
}
