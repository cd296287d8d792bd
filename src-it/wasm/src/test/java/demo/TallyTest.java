package demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TallyTest {
  private static final String TEXT = "to bé or not to be";
  private static final String ANSWER = "{\"words\":6,\"longest\":\"not\"}";

  @Test
  void libraryIsCalled() throws Exception {
    assertEquals(ANSWER, Tally.ofLibrary(TEXT));
  }

  @Test
  void programIsRun() throws Exception {
    assertEquals(ANSWER, Tally.ofProgram(TEXT));
  }
}
