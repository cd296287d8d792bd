package io.github.nixmaven.builder.realise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A small disk of its own, as root may write wherever a disk lets it. Mounting one takes root, or a
 * sudo that asks for no password; without either the test fails.
 */
public final class SmallDisk implements AutoCloseable {
  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /**
   * Mounts one.
   *
   * @param folder where, made if it is missing
   * @param size as mount's {@code size} option has it, such as {@code 64k}
   */
  public static SmallDisk mount(Path folder, String size) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    asRoot("mount", "-t", "tmpfs", "-o", "mode=777,size=" + size, "tmpfs", folder.toString());
    return new SmallDisk(folder);
  }

  /** Leaves not a byte, by a file {@code filler}. */
  public void fill() {
    try (OutputStream filler = Files.newOutputStream(folder.resolve("filler"))) {
      while (true) {
        filler.write(new byte[4096]);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
  }

  public void makeReadOnly() throws IOException, InterruptedException {
    asRoot("mount", "-o", "remount,ro", folder.toString());
  }

  @Override
  public void close() throws IOException, InterruptedException {
    asRoot("umount", folder.toString());
  }

  private static void asRoot(String... command) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of(command));
    if (!System.getProperty("user.name").equals("root")) {
      line.addAll(0, List.of("sudo", "-n"));
    }
    String who = line + " (takes root, or a sudo that asks for no password)";
    try {
      assertThat(new ProcessBuilder(line).inheritIO().start().waitFor()).as(who).isZero();
    } catch (IOException e) {
      throw new AssertionError(who, e);
    }
  }
}
