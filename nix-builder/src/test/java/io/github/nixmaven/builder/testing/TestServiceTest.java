package io.github.nixmaven.builder.testing;

import static io.github.nixmaven.builder.realise.HandMadeProject.unit;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.nixmaven.builder.language.TestCase;
import io.github.nixmaven.builder.language.TestCase.Outcome;
import io.github.nixmaven.builder.realise.HandMadeProject;
import io.github.nixmaven.builder.realise.RecordingConsole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

@DisplayName("What came of tests")
class TestServiceTest {
  private final RecordingConsole console = new RecordingConsole();
  @TempDir private Path folder;

  /** A member whose test programs have run, by what they left. */
  private TestResult test(String programs, String... targets) throws Exception {
    HandMadeProject project =
        new HandMadeProject()
            .with(
                "app", unit("app", "1.0.0", "test-results"), "mkdir $out; cd $out\n" + programs, "")
            .member("app");
    TestRequest request =
        new TestRequest(
            HandMadeProject.settings(folder, targets), List.of(), folder.resolve("reports"));
    return new TestService().test(request, project.prepare(), Instant.now(), console.plain());
  }

  private static String program(String kind, boolean harness, int status, String printed) {
    return """
        mkdir %1$s; printf '%%s' '%4$s' > %1$s/stdout; echo on the other stream > %1$s/stderr; echo %3$s > %1$s/status
        echo '[{"package":"app","version":"1.0.0","kind":"%1$s","name":"app","path":"src/app.rs","harness":%2$s,"folder":"%1$s"}]' > results.json
        """
        .formatted(kind, harness, status, printed);
  }

  private Element report(String suite) throws Exception {
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(folder.resolve("reports/TEST-" + suite + ".xml").toFile());
    return document.getDocumentElement();
  }

  private static Element child(Element parent, String name) {
    return (Element) parent.getElementsByTagName(name).item(0);
  }

  @Test
  @DisplayName("is shown in a line for each program, and reported by crate, module and name")
  void good() throws Exception {
    TestResult result =
        test(
            program(
                "lib",
                true,
                0,
                "running 2 tests\ntest a::b::c ... ok\ntest d ... ignored, why not\n\n"
                    + "test result: ok. 1 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out;"
                    + " finished in 1.25s\n"));

    assertThat(result.isGood()).isTrue();
    assertThat(console.lines())
        .contains("  app src/app.rs (unit tests): 1 passed, 0 failed, 1 ignored")
        .anyMatch(line -> line.startsWith("Tests: 1 passed, 0 failed, 1 ignored ("))
        .noneMatch(line -> line.startsWith("Not run"));
    Element suite = report("app");
    assertThat(suite.getAttribute("tests")).isEqualTo("2");
    assertThat(suite.getAttribute("skipped")).isEqualTo("1");
    assertThat(suite.getAttribute("time")).isEqualTo("1.250");
    assertThat(child(suite, "testcase").getAttribute("classname")).isEqualTo("app.a.b");
    assertThat(child(suite, "testcase").getAttribute("name")).isEqualTo("c");
    assertThat(child(suite, "skipped").getAttribute("message")).isEqualTo("why not");
  }

  @Test
  @DisplayName("is never silence: where no test was run, that is a warning with the reason")
  void nothing() throws Exception {
    test("echo '[]' > results.json\n");

    assertThat(console.lines())
        .contains("  app: nothing to test")
        .contains(
            "WARNING No test was run: there is no test program. A target whose required-features"
                + " are off has none.");
  }

  @Test
  @DisplayName("is never silence: nor where the programs have no tests")
  void programsWithoutTests() throws Exception {
    test(program("lib", true, 0, "running 0 tests\n\ntest result: ok. 0 passed; 0 failed\n"));

    assertThat(console.lines())
        .contains(
            "WARNING No test was run: the test programs contain none, or the arguments filter all"
                + " of them out.")
        .doesNotContain("  app: nothing to test");
  }

  @Test
  @DisplayName("is said of this machine; for other targets it is said that no test was run")
  void otherTargets() throws Exception {
    test(
        program("lib", true, 0, "test a ... ok\n"),
        HandMadeProject.NATIVE,
        "aarch64-unknown-linux-gnu",
        "wasm32-wasip1");

    assertThat(console.lines())
        .contains(
            "Not run: tests for aarch64-unknown-linux-gnu, wasm32-wasip1, which this machine cannot"
                + " run");
  }

  @Test
  @DisplayName("is shown with what failing tests printed, whatever characters that has")
  void bad() throws Exception {
    TestResult result =
        test(
            program(
                "doc",
                true,
                101,
                "running 1 test\ntest src/lib.rs - a::b (line 3) ... FAILED\n\nfailures:\n\n"
                    + "---- src/lib.rs - a::b (line 3) stdout ----\n<a> & \u0001 \u001b[31mred\n\n"
                    + "failures:\n    src/lib.rs - a::b (line 3)\n\n"
                    + "test result: FAILED. 0 passed; 1 failed; 0 ignored; 0 measured;"
                    + " 0 filtered out; finished in 0.00s\n"));

    assertThat(result.count(Outcome.FAILED)).isEqualTo(1);
    assertThat(console.lines())
        .contains("failed: documentation of app: src/lib.rs - a::b (line 3)")
        .anyMatch(line -> line.contains("<a> & "));
    Element suite = report("app.doc");
    assertThat(suite.getAttribute("failures")).isEqualTo("1");
    assertThat(child(suite, "testcase").getAttribute("name"))
        .isEqualTo("src/lib.rs - a::b (line 3)");
    assertThat(child(suite, "failure").getTextContent()).isEqualTo("<a> & \uFFFD red");
    assertThat(child(suite, "system-err").getTextContent()).isEqualTo("on the other stream\n");
  }

  @Test
  @DisplayName("of a program without a harness is one test")
  void withoutHarness() throws Exception {
    TestResult result = test(program("test", false, 0, "whatever it says\n"));

    assertThat(result.programs().get(0).cases())
        .containsExactly(new TestCase("app", Outcome.PASSED, "", ""));
    assertThat(report("app.test.app").getAttribute("tests")).isEqualTo("1");
  }

  @Test
  @DisplayName(
      "of a program that was killed is a failure of the program, beside the tests that ended")
  void killed() throws Exception {
    TestResult result =
        test(program("test", true, 139, "running 2 tests\ntest one ... ok\ntest two ... "));

    assertThat(result.count(Outcome.PASSED)).isEqualTo(1);
    assertThat(result.programs().get(0).cases())
        .filteredOn(test -> test.outcome() == Outcome.FAILED)
        .singleElement()
        .extracting(TestCase::message)
        .isEqualTo("the program was killed by signal 11");
    assertThat(Files.exists(folder.resolve("reports/TEST-app.test.app.xml"))).isTrue();
  }
}
