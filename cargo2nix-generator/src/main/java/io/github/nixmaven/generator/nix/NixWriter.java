package io.github.nixmaven.generator.nix;

import io.github.nixmaven.generator.text.InputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes expressions of the Nix language (Nix manual, "Nix Expression Language"): two spaces a
 * level, one item a line, items in the order given.
 *
 * <p>The static methods create expressions. No text can break out of its string, name or path; only
 * {@link #raw} accepts Nix code.
 */
public final class NixWriter {
  private static final Set<String> KEYWORDS =
      Set.of("assert", "else", "if", "in", "inherit", "let", "or", "rec", "then", "with");

  private static final Pattern BARE_PATH = Pattern.compile("(/[a-zA-Z0-9._+-]+)+");

  private final StringBuilder out;

  private NixWriter(StringBuilder out) {
    this.out = out;
  }

  /** An expression. */
  public sealed interface Expression {}

  /** An expression that needs no parentheses as a single operand, as in a list. */
  private record Atom(String code) implements Expression {
    // A record's own methods are slow before the JIT compiles them, and these are called often.

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Atom atom && atom.code.equals(code);
    }

    @Override
    public int hashCode() {
      return code.hashCode();
    }
  }

  /** A string without characters that need escaping. */
  private record Plain(String text) implements Expression {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Plain plain && plain.text.equals(text);
    }

    @Override
    public int hashCode() {
      return text.hashCode();
    }
  }

  private record Compound(String code) implements Expression {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Compound compound && compound.code.equals(code);
    }

    @Override
    public int hashCode() {
      return code.hashCode();
    }
  }

  private record Items(List<Expression> items) implements Expression {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Items list && list.items.equals(items);
    }

    @Override
    public int hashCode() {
      return items.hashCode();
    }
  }

  private record AttributeSet(List<Attr> attrs) implements Expression {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof AttributeSet set && set.attrs.equals(attrs);
    }

    @Override
    public int hashCode() {
      return attrs.hashCode();
    }
  }

  private record Let(List<Attr> attrs, Expression body) implements Expression {}

  /** A name and its value, in an attribute set or a let. */
  public record Attr(String name, Expression value) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Attr attr && attr.name.equals(name) && attr.value.equals(value);
    }

    @Override
    public int hashCode() {
      return 31 * name.hashCode() + value.hashCode();
    }
  }

  /**
   * A string.
   *
   * @throws InputException when the text has a NUL character or half a surrogate pair, which a Nix
   *     string cannot contain
   */
  public static Expression string(String text) {
    return isPlain(text) ? new Plain(text) : new Atom(quote(text));
  }

  /** A number; Nix's are 64 bits wide too. */
  public static Expression integer(int value) {
    return value < 0 ? new Compound("" + value) : new Atom("" + value);
  }

  /** {@code true} or {@code false}. */
  public static Expression bool(boolean value) {
    return new Atom(value ? "true" : "false");
  }

  /**
   * A path.
   *
   * @param path with {@code /} between names; without a leading one it is relative to the file of
   *     the expression
   * @throws InputException as {@link #string} does
   */
  public static Expression path(String path) {
    String base = path.startsWith("/") ? "" : ".";
    String names =
        Arrays.stream(path.split("/"))
            .filter(name -> !name.isEmpty() && !name.equals("."))
            .map(name -> "/" + name)
            .collect(Collectors.joining());
    if (names.isEmpty()) {
      return new Atom(base + "/.");
    }
    return BARE_PATH.matcher(names).matches()
        ? new Atom(base + names)
        : new Compound(base + "/. + " + quote(names));
  }

  /** A list. */
  public static Expression list(List<? extends Expression> items) {
    return new Items(List.copyOf(items));
  }

  /** A list of strings. */
  public static Expression strings(List<String> texts) {
    List<Expression> items = new ArrayList<>(texts.size());
    for (String text : texts) {
      items.add(string(text));
    }
    return list(items);
  }

  /** One entry of an attribute set or a let. */
  public static Attr attr(String name, Expression value) {
    return new Attr(name, value);
  }

  /**
   * An attribute set.
   *
   * @throws IllegalArgumentException when a name is there twice
   */
  public static Expression attrs(List<Attr> attrs) {
    checkNames(attrs);
    return new AttributeSet(List.copyOf(attrs));
  }

  /**
   * An expression that may use names.
   *
   * @throws IllegalArgumentException when a name is there twice
   */
  public static Expression let(List<Attr> attrs, Expression body) {
    checkNames(attrs);
    return new Let(List.copyOf(attrs), body);
  }

  /** Nix code, unchanged. Never use text from outside here. */
  public static Expression raw(String code) {
    return new Compound(code);
  }

  /** The code of an expression, ending in a line feed. */
  public static String write(Expression expression) {
    NixWriter writer = new NixWriter(new StringBuilder());
    writer.write(expression, 0);
    return writer.out.append('\n').toString();
  }

  /**
   * Adds attributes to existing text, one a line.
   *
   * @param level how many levels of indentation they have
   */
  public static void write(List<Attr> attrs, int level, StringBuilder out) {
    checkNames(attrs);
    new NixWriter(out).writeAttrs(attrs, level);
  }

  private static void checkNames(List<Attr> attrs) {
    if (attrs.size() < 2) {
      return;
    }
    Set<String> names = new HashSet<>();
    for (Attr attr : attrs) {
      if (!names.add(attr.name())) {
        throw new IllegalArgumentException("there are two attributes '" + attr.name() + "'");
      }
    }
  }

  private void write(Expression expression, int level) {
    if (expression instanceof Plain plain) {
      out.append('"').append(plain.text()).append('"');
    } else if (expression instanceof Atom atom) {
      out.append(atom.code());
    } else if (expression instanceof Compound compound) {
      out.append(compound.code());
    } else if (expression instanceof Items list) {
      writeList(list.items(), level);
    } else if (expression instanceof AttributeSet set) {
      if (set.attrs().isEmpty()) {
        out.append("{ }");
        return;
      }
      out.append('{');
      writeAttrs(set.attrs(), level + 1);
      newLine(level).append('}');
    } else if (expression instanceof Let let) {
      out.append("let");
      writeAttrs(let.attrs(), level + 1);
      newLine(level).append("in");
      newLine(level);
      write(let.body(), level);
    }
  }

  private void writeAttrs(List<Attr> attrs, int level) {
    for (Attr attr : attrs) {
      String name = attr.name();
      boolean bare = isIdentifier(name) && !KEYWORDS.contains(name);
      newLine(level).append(bare ? name : quote(name)).append(" = ");
      write(attr.value(), level);
      out.append(';');
    }
  }

  private void writeList(List<Expression> items, int level) {
    if (items.isEmpty()) {
      out.append("[ ]");
      return;
    }
    if (items.size() == 1) {
      out.append("[ ");
      writeItem(items.get(0), level);
      out.append(" ]");
      return;
    }
    out.append('[');
    for (Expression item : items) {
      newLine(level + 1);
      writeItem(item, level + 1);
    }
    newLine(level).append(']');
  }

  private void writeItem(Expression item, int level) {
    boolean single = !(item instanceof Compound || item instanceof Let);
    out.append(single ? "" : "(");
    write(item, level);
    out.append(single ? "" : ")");
  }

  private StringBuilder newLine(int level) {
    out.append('\n');
    for (int i = 0; i < level; i++) {
      out.append("  ");
    }
    return out;
  }

  private static boolean isIdentifier(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean first = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
      if (!first && (i == 0 || !((c >= '0' && c <= '9') || c == '\'' || c == '-'))) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  private static String quote(String text) {
    if (isPlain(text)) {
      return '"' + text + '"';
    }
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\', '"' -> quoted.append('\\').append(c);
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        case '\t' -> quoted.append("\\t");
        case '$' -> quoted.append(text.startsWith("{", i + 1) ? "\\$" : "$");
        default -> quoted.append(c);
      }
    }
    if (text.indexOf('\0') >= 0 || text.codePoints().anyMatch(NixWriter::isSurrogate)) {
      throw new InputException(
          null,
          "the text "
              + quoted.toString().replaceAll("[\\p{Cntrl}\\p{Cs}]", "?")
              + "\" has a"
              + " character that Nix cannot store (NUL or half of a surrogate pair)",
          "Remove the character.");
    }
    return quoted.append('"').toString();
  }

  /** Whether a text has only ASCII and needs no escaping, as most do. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~' || c == '"' || c == '\\' || c == '$') {
        return false;
      }
    }
    return true;
  }

  /** A code point is a surrogate only if the other half is missing. */
  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }
}
