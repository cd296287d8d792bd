package io.github.nixmaven.generator.cargo.cfg;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A {@code cfg(…)} expression of a {@code [target.'…']} table: names, pairs, {@code all}, {@code
 * any}, {@code not}, {@code true} and {@code false} (the Rust Reference, "Conditional
 * compilation").
 */
public final class CfgExpr {
  private enum Kind {
    VALUE,
    TRUE,
    FALSE,
    NOT,
    ALL,
    ANY
  }

  private final Kind kind;
  private final List<CfgExpr> operands;
  private final @Nullable Cfg cfg;

  private CfgExpr(Kind kind, List<CfgExpr> operands, @Nullable Cfg cfg) {
    this.kind = kind;
    this.operands = operands;
    this.cfg = cfg;
  }

  /**
   * Reads the text between the parentheses of {@code cfg(…)}.
   *
   * @throws IllegalArgumentException when it is not an expression; the message says what was
   *     expected and where
   */
  public static CfgExpr parse(String text) {
    Parser parser = new Parser(text);
    CfgExpr result = parser.expression();
    parser.end();
    return result;
  }

  /** Whether the expression is true for these facts. */
  public boolean matches(Set<Cfg> facts) {
    return switch (kind) {
      case VALUE -> facts.contains(cfg);
      case TRUE -> true;
      case FALSE -> false;
      case NOT -> !operands.get(0).matches(facts);
      case ALL -> operands.stream().allMatch(operand -> operand.matches(facts));
      case ANY -> operands.stream().anyMatch(operand -> operand.matches(facts));
    };
  }

  private static final class Parser {
    private static final Pattern TOKEN =
        Pattern.compile("\\s*(?:(r#)?([A-Za-z_][A-Za-z0-9_]*)|\"([^\"]*)\"|([(),=]))");

    private final String text;
    private int at;

    Parser(String text) {
      this.text = text;
    }

    CfgExpr expression() {
      Matcher name = token();
      String word = name.group(2);
      if (word == null) {
        throw expected("a name", name.start());
      }
      boolean raw = name.group(1) != null;
      if (!raw && (word.equals("all") || word.equals("any") || word.equals("not"))) {
        List<CfgExpr> operands = operands();
        if (!word.equals("not")) {
          return new CfgExpr(word.equals("all") ? Kind.ALL : Kind.ANY, operands, null);
        }
        if (operands.size() != 1) {
          throw expected("exactly one operand of `not`", name.start());
        }
        return new CfgExpr(Kind.NOT, operands, null);
      }
      if (peek("=")) {
        token();
        Matcher value = token();
        if (value.group(3) == null) {
          throw expected("a string", value.start());
        }
        return new CfgExpr(Kind.VALUE, List.of(), new Cfg(word, value.group(3)));
      }
      if (!raw && word.equals("true")) {
        return new CfgExpr(Kind.TRUE, List.of(), null);
      }
      if (!raw && word.equals("false")) {
        return new CfgExpr(Kind.FALSE, List.of(), null);
      }
      return new CfgExpr(Kind.VALUE, List.of(), new Cfg(word, null));
    }

    private List<CfgExpr> operands() {
      expect("(");
      List<CfgExpr> operands = new ArrayList<>();
      while (!peek(")")) {
        operands.add(expression());
        if (!peek(")")) {
          expect(",");
        }
      }
      expect(")");
      return operands;
    }

    private void expect(String symbol) {
      Matcher token = token();
      if (!symbol.equals(token.group(4))) {
        throw expected("`" + symbol + "`", token.start());
      }
    }

    private boolean peek(String symbol) {
      Matcher matcher = TOKEN.matcher(text).region(at, text.length());
      return matcher.lookingAt() && symbol.equals(matcher.group(4));
    }

    private Matcher token() {
      Matcher matcher = TOKEN.matcher(text).region(at, text.length());
      if (!matcher.lookingAt()) {
        throw expected("a name, a string or one of `( ) , =`", at);
      }
      at = matcher.end();
      return matcher;
    }

    void end() {
      if (!text.substring(at).isBlank()) {
        throw expected("the end", at);
      }
    }

    private IllegalArgumentException expected(String what, int where) {
      return new IllegalArgumentException(
          "`cfg(" + text + ")`: expected " + what + " at character " + (where + 1));
    }
  }
}
