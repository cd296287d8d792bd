package io.github.nixmaven.builder.realise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A report")
class OutputFileTest {
  @TempDir Path folder;
  private Path place;
  private SmallDisk disk;

  @BeforeEach
  void mount() throws Exception {
    place = folder.resolve("disk");
    disk = SmallDisk.mount(place, "64k");
  }

  @AfterEach
  void unmount() throws Exception {
    disk.close();
  }

  @Test
  @DisplayName("that may not be written is the user's mistake, and what stood there still stands")
  void readOnly() throws Exception {
    Path file = place.resolve("report.json");
    OutputFile.writeReport(file, new byte[] {1});
    disk.makeReadOnly();

    assertThatThrownBy(() -> OutputFile.writeReport(file, new byte[] {2}))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file + ": the file cannot be written: Read-only file system");
    assertThatThrownBy(() -> OutputFile.requireReport(file))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file + ": the file cannot be written: Read-only file system");
    assertThat(file).hasBinaryContent(new byte[] {1});
  }

  @Test
  @DisplayName("below a file, or where a folder is, is the user's mistake, too")
  void noPlace() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");

    Path below = file.resolve("report.json");
    assertThatThrownBy(() -> OutputFile.requireReport(below))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(
            below + ": the file cannot be written: " + file + " is not a directory");
    assertThatThrownBy(() -> OutputFile.write(below, new byte[] {1}))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(
            below + ": the file cannot be written: " + file + " is not a directory");
    Path deeper = file.resolve("folder/report.json");
    assertThatThrownBy(() -> OutputFile.requireReport(deeper))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(deeper + ": the file cannot be written: Not a directory");
    assertThatThrownBy(() -> OutputFile.requireReport(place))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(place + ": this is a directory");
  }

  @Test
  @DisplayName("that can be written is left as it is by whoever asks whether it can")
  void possible() throws Exception {
    Path file = place.resolve("report.json");
    OutputFile.requireReport(file);
    assertThat(place).isEmptyDirectory();
    OutputFile.writeReport(file, new byte[] {1});
    OutputFile.requireReport(file);
    assertThat(file).hasBinaryContent(new byte[] {1});
  }

  @Test
  @DisplayName("that does not fit on the disk leaves what stood there, and nothing else")
  void full() throws Exception {
    Path file = place.resolve("report.json");
    OutputFile.writeReport(file, new byte[] {1});
    disk.fill();

    assertThatThrownBy(() -> OutputFile.writeReport(file, new byte[8192]))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot write " + file)
        .hasMessageContaining("No space left");
    assertThat(file).hasBinaryContent(new byte[] {1});
    assertThat(names()).containsExactlyInAnyOrder("report.json", "filler");
  }

  @Test
  @DisplayName("of several files is written whole, or not at all where one does not fit")
  void several() throws Exception {
    Path small = place.resolve("small");
    Path large = place.resolve("large");
    OutputFile.writeReports(Map.of(small, new byte[] {1}, large, new byte[] {1}));

    assertThatThrownBy(
            () -> OutputFile.writeReports(Map.of(small, new byte[] {2}, large, new byte[1 << 20])))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot write " + large);
    assertThat(small).hasBinaryContent(new byte[] {1});
    assertThat(large).hasBinaryContent(new byte[] {1});
    assertThat(names()).containsExactlyInAnyOrder("small", "large");
  }

  private List<String> names() throws IOException {
    try (var files = Files.list(place)) {
      return files.map(each -> each.getFileName().toString()).toList();
    }
  }
}
