package io.github.nixmaven.generator.text;

import java.nio.file.Path;

/**
 * A place in a file that a user can click on.
 *
 * @param file the file as the user would name it
 * @param line counted from 1, or 0 for the file as a whole
 * @param column counted from 1, or 0 for the line as a whole
 */
public record Position(String file, int line, int column) {
  /** The file as a whole. */
  public static Position of(Path file) {
    return new Position(file.toString(), 0, 0);
  }

  @Override
  public String toString() {
    if (line == 0) {
      return file;
    }
    return column == 0 ? file + ":" + line : file + ":" + line + ":" + column;
  }
}
