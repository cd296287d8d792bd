package demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Counts words with the Rust library that lies in this jar. */
public final class WordCount {
  private static final String LIBRARY = "/native/libwordcount.so";

  static {
    try (InputStream library = WordCount.class.getResourceAsStream(LIBRARY)) {
      if (library == null) {
        throw new IllegalStateException(LIBRARY + " is not in the jar");
      }
      Path copy = Files.createTempFile("wordcount", ".so");
      Files.copy(library, copy, StandardCopyOption.REPLACE_EXISTING);
      System.load(copy.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private WordCount() {}

  /** How many words a text has, by Unicode's rules. */
  public static native int count(String text);
}
