package io.github.nixmaven.plugin.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Keeps the pages that people read in order. */
class PagesTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]*)\\)");
  private static final Pattern IMAGE = Pattern.compile("(?:src|srcset)=\"([^\"]*)\"");
  private static final Pattern CODE = Pattern.compile("`[^`]*`");
  private static final int WIDTH = 100;

  /** Lists of changes and dated logs are read once, and written by many. */
  private static final Pattern LOGS = Pattern.compile("CHANGELOG\\.md|evidence/.*");

  @Test
  @DisplayName("every relative link leads to a file of the repository, every anchor to a heading")
  void links() throws Exception {
    List<String> broken = new ArrayList<>();
    for (Path page : Repository.pages()) {
      for (String target : targets(page)) {
        String anchor = target.contains("#") ? target.substring(target.indexOf('#') + 1) : "";
        Path file = resolve(page, target);
        if (!file.startsWith(Repository.ROOT) || !Files.exists(file)) {
          broken.add(name(page) + ": " + target + " is not there");
        } else if (!anchor.isEmpty() && !anchors(file).contains(anchor)) {
          broken.add(name(page) + ": " + target + " names no heading of " + name(file));
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  @DisplayName("every page under docs is linked from another page")
  void reachable() throws Exception {
    Set<Path> linked = new HashSet<>();
    for (Path page : Repository.pages()) {
      for (String target : targets(page)) {
        Path file = resolve(page, target);
        if (!file.equals(page)) {
          linked.add(Files.isDirectory(file) ? file.resolve("README.md") : file);
        }
      }
    }
    assertThat(Repository.pages())
        .filteredOn(page -> name(page).startsWith("docs/"))
        .isSubsetOf(linked);
  }

  @Test
  @DisplayName("prose has at most 100 columns, and README at most 150 lines")
  void size() throws Exception {
    List<String> wide = new ArrayList<>();
    for (Path page : Repository.pages()) {
      if (!LOGS.matcher(name(page)).matches()) {
        List<String> lines = prose(page);
        for (int i = 0; i < lines.size(); i++) {
          String line = LINK.matcher(lines.get(i)).replaceAll("]");
          if (line.length() > WIDTH && !line.startsWith("|") && !line.startsWith("<!--")) {
            wide.add(name(page) + ":" + (i + 1) + ": " + line.length() + " columns");
          }
        }
      }
    }
    assertThat(wide).isEmpty();
    assertThat(Files.readAllLines(Repository.ROOT.resolve("README.md"))).hasSizeLessThan(151);
  }

  private static List<String> targets(Path page) throws IOException {
    List<String> result = new ArrayList<>();
    for (String line : prose(page)) {
      String text = CODE.matcher(line).replaceAll("");
      for (Pattern pattern : List.of(LINK, IMAGE)) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
          if (!matcher.group(1).contains(":")) {
            result.add(matcher.group(1));
          }
        }
      }
    }
    return result;
  }

  private static Path resolve(Path page, String target) {
    String path = target.replaceAll("#.*", "");
    return path.isEmpty() ? page : page.resolveSibling(path).normalize();
  }

  /** The page's lines; those of code are empty. */
  private static List<String> prose(Path page) throws IOException {
    List<String> result = new ArrayList<>();
    boolean fenced = false;
    for (String line : Files.readAllLines(page)) {
      boolean fence = line.strip().startsWith("```");
      boolean code = fenced || fence || line.startsWith("    ");
      result.add(code ? "" : line);
      fenced ^= fence;
    }
    return result;
  }

  /** The anchors that GitHub makes of headings. */
  private static Set<String> anchors(Path page) throws IOException {
    Map<String, Integer> seen = new HashMap<>();
    Set<String> result = new HashSet<>();
    for (String line : prose(page)) {
      if (line.matches("#{1,6} .*")) {
        String anchor =
            line.replaceFirst("#+ ", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\[([^]]*)\\]\\([^)]*\\)", "$1")
                .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                .replace(' ', '-');
        int earlier = seen.merge(anchor, 1, Integer::sum) - 1;
        result.add(earlier == 0 ? anchor : anchor + "-" + earlier);
      }
    }
    return result;
  }

  private static String name(Path file) {
    return Repository.ROOT.relativize(file).toString();
  }
}
