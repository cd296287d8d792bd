package io.github.nixmaven.plugin.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Keeps {@code docs/goals} equal to the Javadoc of goals and parameters. */
class GoalPagesTest {
  private static final String UPDATE =
      "mvn -q test -pl nix-maven-plugin -am -Dtest=GoalPagesTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Ddocs.update";

  /** The descriptor as plugin-tools makes it for reports: that of the jar has no HTML left. */
  private static final Path DESCRIPTOR = Path.of("target/plugin-enhanced.xml");

  private static final Path PAGES = Repository.ROOT.resolve("docs/goals");

  @Test
  @DisplayName("docs/goals says what the goals' Javadoc says")
  void current() throws Exception {
    Map<String, String> wanted = GoalPages.of(DESCRIPTOR);
    if (System.getProperty("docs.update") != null) {
      assertThat(System.getenv("CI")).as("pages are not rewritten on a CI server").isNull();
      update(wanted);
    }
    assertThat(new TreeMap<>(present()))
        .as("docs/goals is stale. Run `%s` and commit docs/goals", UPDATE)
        .isEqualTo(new TreeMap<>(wanted));
  }

  @Test
  @DisplayName("paragraphs, code, examples, lists and links become Markdown; lines are wrapped")
  void markdown() {
    assertThat(
            Markdown.of(
                "Takes <code>a_b</code> *and* x_y &lt; 1. \n<pre><code>&lt;a&gt;\n  1\n"
                    + "&lt;/a&gt;\n</code></pre>\n<p>See <a href=\"https://example.org\">there</a>."
                    + "</p><ul><li>one</li><li>two</li></ul>"))
        .isEqualTo(
            """
            Takes `a_b` \\*and\\* x\\_y &lt; 1.

            ```xml
            <a>
              1
            </a>
            ```

            See [there](https://example.org).
            - one
            - two
            """);
    assertThat(Markdown.wrap("", "word ".repeat(19) + "widest - not a list").lines())
        .containsExactly("word ".repeat(19).strip(), "widest - not a list");
    assertThat(Markdown.wrap("", "word ".repeat(20) + "- not a list").lines().skip(1))
        .noneMatch(line -> line.startsWith("-"));
  }

  @Test
  @DisplayName("an element that nobody has thought of is an error")
  void unknown() {
    assertThatThrownBy(() -> Markdown.of("<table>"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("<table>");
  }

  private static void update(Map<String, String> wanted) throws IOException {
    Files.createDirectories(PAGES);
    for (String name : present().keySet()) {
      if (!wanted.containsKey(name)) {
        Files.delete(PAGES.resolve(name));
      }
    }
    for (Map.Entry<String, String> page : wanted.entrySet()) {
      Files.writeString(PAGES.resolve(page.getKey()), page.getValue());
    }
  }

  private static Map<String, String> present() throws IOException {
    Map<String, String> result = new TreeMap<>();
    if (Files.isDirectory(PAGES)) {
      try (Stream<Path> files = Files.list(PAGES)) {
        for (Path file : files.toList()) {
          result.put(file.getFileName().toString(), Files.readString(file));
        }
      }
    }
    return result;
  }
}
