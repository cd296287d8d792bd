package io.github.nixmaven.plugin.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns the HTML of a goal's or a parameter's description into Markdown. It knows the elements that
 * plugin-tools makes of our Javadoc, and refuses any other.
 */
final class Markdown {
  /** Columns of a line of prose. */
  static final int WIDTH = 100;

  private static final Pattern TAG = Pattern.compile("<(/?)([a-z0-9]+)([^>]*)>");
  private static final Pattern HREF = Pattern.compile("href=\"([^\"]*)\"");

  /** Of a paragraph: a span of code is one word, whatever it holds. */
  private static final Pattern WORD = Pattern.compile("(?:`[^`]*`|[^\\s`])+");

  /** What would begin a list, a heading or a quotation at the start of a line. */
  private static final Pattern BLOCK_START = Pattern.compile("[-+*#>].*|\\d+[.)]");

  private final List<String> blocks = new ArrayList<>();
  private final StringBuilder inline = new StringBuilder();
  private boolean code;
  private String href = "";
  private String prefix = "";

  private Markdown() {}

  /** Converts a description: paragraphs are wrapped and separated by an empty line. */
  static String of(String html) {
    return new Markdown().convert(html);
  }

  private String convert(String html) {
    Matcher tag = TAG.matcher(html);
    int at = 0;
    while (tag.find()) {
      text(html.substring(at, tag.start()));
      at = tag.end();
      boolean closes = !tag.group(1).isEmpty();
      switch (tag.group(2)) {
        case "p", "ul", "ol", "br" -> flush();
        case "li" -> {
          flush();
          prefix = closes ? "" : "- ";
        }
        case "code" -> {
          inline.append('`');
          code = !closes;
        }
        case "em", "i" -> inline.append('*');
        case "strong", "b" -> inline.append("**");
        case "a" -> {
          Matcher address = HREF.matcher(tag.group(3));
          inline.append(closes ? "](" + href + ")" : "[");
          href = address.find() ? address.group(1) : "";
        }
        case "pre" -> {
          flush();
          int end = html.indexOf("</pre>", at);
          fence(unescape(html.substring(at, end).replaceAll("</?code>", "")).strip());
          at = end + "</pre>".length();
          tag.region(at, html.length());
        }
        default -> throw new IllegalArgumentException("no Markdown is known for " + tag.group());
      }
    }
    text(html.substring(at));
    flush();
    return String.join("\n\n", blocks).replace("\n\n- ", "\n- ") + "\n";
  }

  private void text(String html) {
    String text = unescape(html);
    inline.append(code ? text : text.replaceAll("[*_]", "\\\\$0").replace("<", "&lt;"));
  }

  private void flush() {
    String paragraph = inline.toString().strip();
    inline.setLength(0);
    if (!paragraph.isEmpty()) {
      blocks.add(wrap(prefix, paragraph));
    }
  }

  private void fence(String text) {
    String language = "sh";
    if (text.startsWith("<")) {
      language = "xml";
    } else if (text.startsWith("[[")) {
      language = "toml";
    }
    blocks.add("```" + language + "\n" + text + "\n```");
  }

  /** Breaks a paragraph into lines, never so that a line begins another kind of block. */
  static String wrap(String prefix, String paragraph) {
    StringBuilder result = new StringBuilder(prefix);
    int column = prefix.length();
    boolean first = true;
    Matcher word = WORD.matcher(paragraph);
    while (word.find()) {
      String next = word.group().replaceAll("\\s+", " ");
      if (first) {
        first = false;
      } else if (column + 1 + next.length() > WIDTH && !BLOCK_START.matcher(next).matches()) {
        result.append('\n').append(" ".repeat(prefix.length()));
        column = prefix.length();
      } else {
        result.append(' ');
        column++;
      }
      result.append(next);
      column += next.length();
    }
    return result.toString();
  }

  private static String unescape(String html) {
    return html.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&nbsp;", " ")
        .replace("&amp;", "&");
  }
}
