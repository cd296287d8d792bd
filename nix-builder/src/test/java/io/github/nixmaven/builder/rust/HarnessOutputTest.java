package io.github.nixmaven.builder.rust;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nixmaven.builder.language.TestCase;
import io.github.nixmaven.builder.language.TestCase.Outcome;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What rustc's test harness prints")
class HarnessOutputTest {
  private static TestCase passed(String name) {
    return new TestCase(name, Outcome.PASSED, "", "");
  }

  @Test
  @DisplayName("tells tests that passed, failed and were ignored, and why")
  void outcomes() {
    HarnessOutput output =
        HarnessOutput.of(
            """

            running 4 tests
            test tests::good ... ok
            test tests::slow ... ignored, takes too long
            test tests::later ... ignored
            test tests::bad ... FAILED

            failures:

            ---- tests::bad stdout ----
            about to fail

            thread 'tests::bad' panicked at src/lib.rs:7:9:
            assertion `left == right` failed
              left: 1
             right: 2
            note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace


            failures:
                tests::bad

            test result: FAILED. 1 passed; 1 failed; 2 ignored; 0 measured; 0 filtered out; finished in 0.25s

            """);

    assertThat(output.isComplete()).isTrue();
    assertThat(output.seconds()).isEqualTo(0.25);
    assertThat(output.cases())
        .startsWith(
            passed("tests::good"),
            new TestCase("tests::slow", Outcome.IGNORED, "takes too long", ""),
            new TestCase("tests::later", Outcome.IGNORED, "", ""))
        .hasSize(4);
    TestCase bad = output.cases().get(3);
    assertThat(bad.name()).isEqualTo("tests::bad");
    assertThat(bad.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(bad.message()).isEqualTo("assertion `left == right` failed");
    assertThat(bad.output()).startsWith("about to fail").endsWith("display a backtrace");
  }

  @Test
  @DisplayName("names a test that should panic by its name alone, and says why it did not pass")
  void shouldPanic() {
    HarnessOutput output =
        HarnessOutput.of(
            """
            running 2 tests
            test one - should panic ... ok
            test two - should panic ... FAILED

            failures:

            ---- two stdout ----
            note: test did not panic as expected

            failures:
                two

            test result: FAILED. 1 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s
            """);

    assertThat(output.cases())
        .containsExactly(
            passed("one"),
            new TestCase(
                "two",
                Outcome.FAILED,
                "note: test did not panic as expected",
                "note: test did not panic as expected"));
  }

  @Test
  @DisplayName("may come in several sections, as rustdoc's for the edition 2024")
  void sections() {
    HarnessOutput output =
        HarnessOutput.of(
            """

            running 1 test
            test src/lib.rs - answer (line 9) ... ok

            test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.10s


            running 2 tests
            test src/lib.rs - fail (line 19) - compile fail ... ok
            test src/lib.rs - (line 3) - compile ... ok

            test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.20s

            all doctests ran in 0.45s; merged doctests compilation took 0.30s
            """);

    assertThat(output.seconds()).isCloseTo(0.3, org.assertj.core.data.Offset.offset(1e-9));
    assertThat(output.cases())
        .containsExactly(
            passed("src/lib.rs - answer (line 9)"),
            passed("src/lib.rs - fail (line 19)"),
            passed("src/lib.rs - (line 3)"));
  }

  @Test
  @DisplayName("is read although programs that tests start print between its words")
  void mixed() {
    HarnessOutput output =
        HarnessOutput.of(
            """
            running 5 tests
            test first ... from a child process
            and more of it
            ok
            test second ... ok
            test third ... glued to the outcome: ok
            test third has been running for over 60 seconds
            test fourth ... FAILED
            test fifth ... said without an end
            test result of mine
            failures:

            ---- fourth stdout ----
            failures:
            ---- fifth stdout ----
            not a heading: fifth did not fail

            failures:
                fourth

            test result: FAILED. 4 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.50s
            """);

    assertThat(output.cases())
        .extracting(TestCase::name, TestCase::outcome)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("first", Outcome.PASSED),
            org.assertj.core.groups.Tuple.tuple("second", Outcome.PASSED),
            org.assertj.core.groups.Tuple.tuple("third", Outcome.PASSED),
            org.assertj.core.groups.Tuple.tuple("fourth", Outcome.FAILED),
            org.assertj.core.groups.Tuple.tuple("fifth", Outcome.PASSED));
    assertThat(output.cases())
        .filteredOn(test -> test.name().equals("fourth"))
        .singleElement()
        .extracting(TestCase::output)
        .asString()
        .contains("not a heading");
  }

  @Test
  @DisplayName("is known to be incomplete where the program was killed in a test")
  void killed() {
    HarnessOutput output = HarnessOutput.of("\nrunning 2 tests\ntest one ... ok\ntest two ... ");

    assertThat(output.isComplete()).isFalse();
    assertThat(output.cases()).startsWith(passed("one"));
  }

  @Test
  @DisplayName("tells how often a benchmark was measured, as passed")
  void benchmarks() {
    assertThat(
            HarnessOutput.of(
                    """
                    running 1 test
                    test parse ... bench:       1,234.50 ns/iter (+/- 12.00)

                    test result: ok. 0 passed; 0 failed; 0 ignored; 1 measured; 0 filtered out; finished in 0.50s
                    """)
                .cases())
        .containsExactly(passed("parse"));
  }
}
