package io.github.nixmaven.generator.cargo.cfg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("cfg() expressions")
class CfgExprTest {
  @ParameterizedTest(name = "cfg({0}) is {1} on x86-64 Linux, {2} on wasm32, {3} on macOS")
  @CsvSource(
      delimiter = '|',
      value = {
        "unix                                                  | true  | false | true",
        "not(unix)                                             | false | true  | false",
        "target_os = \"linux\"                                 | true  | false | false",
        "target_family = \"wasm\"                              | false | true  | false",
        "all(unix, not(target_vendor = \"apple\"))             | true  | false | false",
        "any(windows, target_env = \"gnu\",)                   | true  | false | false",
        "target_env = \"\"                                     | false | true  | true",
        "target_has_atomic = \"64\"                            | true  | true  | true",
        "panic = \"unwind\"                                    | true  | false | true",
        "all()                                                 | true  | true  | true",
        "any()                                                 | false | false | false",
        "true                                                  | true  | true  | true",
        "false                                                 | false | false | false",
        "r#true                                                | false | false | false",
        "feature = \"std\"                                     | false | false | false",
        "target_feature = \"sse2\"                             | true  | false | false",
      })
  void evaluates(String text, boolean linux, boolean wasm, boolean macos) {
    CfgExpr expression = CfgExpr.parse(text);

    assertThat(expression.matches(TargetInfo.of("x86_64-unknown-linux-gnu").cfg()))
        .isEqualTo(linux);
    assertThat(expression.matches(TargetInfo.of("wasm32-unknown-unknown").cfg())).isEqualTo(wasm);
    assertThat(expression.matches(TargetInfo.of("aarch64-apple-darwin").cfg())).isEqualTo(macos);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "not()", "not(a, b)", "all(a b)", "a =", "a = b", "(a)", "a)", "\"a\""})
  @DisplayName("What is no expression is refused with the place of the mistake")
  void refuses(String text) {
    assertThatThrownBy(() -> CfgExpr.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected")
        .hasMessageContaining("at character");
  }
}
