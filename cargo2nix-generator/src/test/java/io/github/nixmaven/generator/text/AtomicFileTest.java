package io.github.nixmaven.generator.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Output that is not a plain file")
class AtomicFileTest {
  @TempDir Path folder;

  private Path made(String... command) throws Exception {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    return Path.of(command[1]);
  }

  @Test
  @DisplayName("a link is followed and stays")
  void link() throws Exception {
    Files.writeString(folder.resolve("old"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("old"));
    AtomicFile.write(link, "new");
    assertThat(link).isSymbolicLink().hasContent("new");
    assertThat(folder.resolve("old")).isRegularFile().hasContent("new");
  }

  @Test
  @DisplayName("the file of a link that leads nowhere yet is made, also through a second link")
  void dangling() throws Exception {
    Files.createDirectory(folder.resolve("sub"));
    Files.createSymbolicLink(folder.resolve("second"), Path.of("sub/new"));
    Path link = Files.createSymbolicLink(folder.resolve("first"), folder.resolve("second"));
    AtomicFile.write(link, "text");
    assertThat(link).isSymbolicLink();
    assertThat(folder.resolve("sub/new")).isRegularFile().hasContent("text");
  }

  @Test
  @DisplayName("a link to itself is an error")
  void loop() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("loop"), Path.of("loop"));
    assertThatThrownBy(() -> AtomicFile.write(link, "text"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(link.toString())
        .hasMessageContaining("a link to itself");
  }

  @Test
  @DisplayName("a pipe is written to, not replaced")
  void pipe() throws Exception {
    Path pipe = made("mkfifo", folder.resolve("pipe").toString());
    FutureTask<String> read = new FutureTask<>(() -> Files.readString(pipe));
    new Thread(read, "reader").start();
    AtomicFile.write(pipe, "text");
    assertThat(read.get()).isEqualTo("text");
    assertThat(Files.isRegularFile(pipe, LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  @Test
  @DisplayName("a device is written to, not replaced, also through a link")
  void device() throws Exception {
    Path device = made("mknod", folder.resolve("null").toString(), "c", "1", "3");
    Path link = Files.createSymbolicLink(folder.resolve("link"), device);
    for (Path file : new Path[] {device, link}) {
      assertThat(AtomicFile.isReplaceable(file)).isFalse();
      AtomicFile.write(file, "text");
    }
    assertThat(Files.isRegularFile(device)).isFalse();
    assertThat(Files.readAllBytes(device)).isEmpty();
    assertThat(link).isSymbolicLink();
  }

  @Test
  @DisplayName("an open file of a process is added to, not replaced or cut off")
  void openFile() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "before ");
    Process holder = new ProcessBuilder("sleep", "600").redirectInput(file.toFile()).start();
    try {
      Path open = Path.of("/proc/" + holder.pid() + "/fd/0");
      Path link = Files.createSymbolicLink(folder.resolve("stdout"), open);
      assertThat(AtomicFile.isReplaceable(link)).isFalse();
      Object key = Files.getAttribute(file, "unix:ino");
      AtomicFile.write(link, "text".getBytes(UTF_8));
      assertThat(file).hasContent("before text");
      assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(key);
    } finally {
      holder.destroy();
    }
  }
}
