package demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class WordCountTest {
  @Test
  void countsWordsInRust() {
    assertEquals(5, WordCount.count("Čtyři slova, and can't more"));
  }

  @Test
  void nullIsAnException() {
    assertThrows(RuntimeException.class, () -> WordCount.count(null));
  }
}
