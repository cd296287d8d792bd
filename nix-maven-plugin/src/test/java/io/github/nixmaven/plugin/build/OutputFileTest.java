package io.github.nixmaven.plugin.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A report")
class OutputFileTest {
  @TempDir Path folder;
  private Path disk;

  /**
   * A small disk of its own, as root may write wherever a disk lets it. Only root can mount one.
   */
  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(folder.resolve("disk"));
    run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk.toString());
  }

  @AfterEach
  void unmount() throws Exception {
    run("umount", disk.toString());
  }

  private static void run(String... command) throws Exception {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor())
        .as(String.join(" ", command))
        .isZero();
  }

  @Test
  @DisplayName("that may not be written is the user's mistake, and what stood there still stands")
  void readOnly() throws Exception {
    Path file = disk.resolve("report.json");
    OutputFile.writeReport(file, new byte[] {1});
    run("mount", "-o", "remount,ro", disk.toString());

    assertThatThrownBy(() -> OutputFile.writeReport(file, new byte[] {2}))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file + ": this cannot be written: Read-only file system");
    assertThat(file).hasBinaryContent(new byte[] {1});
  }

  @Test
  @DisplayName("that does not fit on the disk leaves what stood there, and nothing else")
  void full() throws Exception {
    Path file = disk.resolve("report.json");
    OutputFile.writeReport(file, new byte[] {1});
    try (OutputStream filler = Files.newOutputStream(disk.resolve("filler"))) {
      assertThatThrownBy(
              () -> {
                while (true) {
                  filler.write(new byte[4096]);
                }
              })
          .hasMessageContaining("No space left");
    }

    assertThatThrownBy(() -> OutputFile.writeReport(file, new byte[8192]))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot write " + file)
        .hasMessageContaining("No space left");
    assertThat(file).hasBinaryContent(new byte[] {1});
    try (var left = Files.list(disk)) {
      assertThat(left.map(each -> each.getFileName().toString()))
          .containsExactlyInAnyOrder("report.json", "filler");
    }
  }
}
