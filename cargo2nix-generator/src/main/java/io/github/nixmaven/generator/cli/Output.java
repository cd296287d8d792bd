package io.github.nixmaven.generator.cli;

import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.Charset;

/**
 * The standard output for long texts. {@link System#out} writes a line at a time and hides that a
 * disk is full.
 */
final class Output {
  private Output() {}

  static OutputStream bytes() {
    return new BufferedOutputStream(new FileOutputStream(FileDescriptor.out));
  }

  static Writer text() {
    return new BufferedWriter(new OutputStreamWriter(bytes(), charset()));
  }

  static boolean canShow(char c) {
    return charset().newEncoder().canEncode(c);
  }

  /**
   * The encoding that the terminal or another reader expects; since Java 18 the JVM's default
   * differs.
   */
  private static Charset charset() {
    String name = System.getProperty("native.encoding");
    return name == null ? Charset.defaultCharset() : Charset.forName(name);
  }
}
