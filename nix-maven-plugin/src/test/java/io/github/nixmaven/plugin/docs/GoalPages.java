package io.github.nixmaven.plugin.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Writes a page for each goal from the plugin's descriptor, in which descriptions are HTML. */
final class GoalPages {
  /** Goals in the order in which a build meets them; a goal without a phase comes last. */
  private static final List<String> PHASES =
      List.of(
          "validate",
          "initialize",
          "generate-sources",
          "generate-resources",
          "process-classes",
          "test",
          "package",
          "verify",
          "deploy");

  private static final String HEAD =
      """
      <!-- Made from the Javadoc of the goals by GoalPagesTest: change that, then run it with -Ddocs.update. -->

      """;

  private GoalPages() {}

  /** The pages by file name. */
  static Map<String, String> of(Path descriptor) throws Exception {
    List<Element> goals =
        new ArrayList<>(
            elements(
                DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(descriptor.toFile())
                    .getDocumentElement(),
                "mojo"));
    goals.sort(Comparator.comparingInt(GoalPages::order).thenComparing(goal -> text(goal, "goal")));
    Map<String, String> result = new LinkedHashMap<>();
    result.put("README.md", index(goals));
    goals.forEach(goal -> result.put(text(goal, "goal") + ".md", page(goal)));
    return result;
  }

  private static int order(Element goal) {
    int phase = PHASES.indexOf(text(goal, "phase"));
    return phase < 0 ? PHASES.size() : phase;
  }

  private static String index(List<Element> goals) {
    StringBuilder page =
        new StringBuilder(HEAD)
            .append("# Goals\n\n")
            .append(
                Markdown.wrap(
                    "",
                    "`mvn nix:help -Ddetail -Dgoal=build` prints the same in a terminal."
                        + " [Project setup](../project-setup.md#help) says how to call it in a"
                        + " directory whose POM does not name the plugin."))
            .append("\n\n")
            .append("| goal | phase | what it does |\n|---|---|---|\n");
    for (Element goal : goals) {
      String name = text(goal, "goal");
      page.append("| [nix:%s](%s.md) | ".formatted(name, name))
          .append(text(goal, "phase").isEmpty() ? "–" : text(goal, "phase"))
          .append(" | ")
          .append(firstSentence(text(goal, "description")))
          .append(" |\n");
    }
    return page.toString();
  }

  private static String firstSentence(String html) {
    String text = Markdown.of(html).split("\n\n", 2)[0].replace('\n', ' ').strip();
    int end = text.indexOf(". ");
    return (end < 0 ? text : text.substring(0, end + 1)).replace("|", "\\|");
  }

  private static String page(Element goal) {
    String name = text(goal, "goal");
    StringBuilder page = new StringBuilder(HEAD).append("# nix:" + name + "\n\n");
    page.append(Markdown.of(text(goal, "description"))).append('\n');
    String phase = text(goal, "phase");
    page.append(
        phase.isEmpty()
            ? "- Phase: none. It is called by hand.\n"
            : "- Phase: `" + phase + "`, unless the execution names another.\n");
    page.append(
        text(goal, "requiresProject").equals("true")
            ? "- It needs a project, and runs in every module.\n"
            : "- It needs no project. Called from the command line it runs once, in the first"
                + " module.\n");
    Map<String, Element> parameters = new TreeMap<>();
    for (Element parameter : elements(goal, "parameter")) {
      if (text(parameter, "editable").equals("true")) {
        parameters.put(text(parameter, "name"), parameter);
      }
    }
    page.append("\n## Parameters\n");
    parameters.forEach((parameter, element) -> page.append(section(goal, parameter, element)));
    return page.toString();
  }

  private static String section(Element goal, String name, Element parameter) {
    List<String> facts = new ArrayList<>();
    Element configuration = configuration(goal, name);
    if (configuration != null && configuration.getTextContent().startsWith("${")) {
      facts.add("property `" + configuration.getTextContent().replaceAll("[${}]", "") + "`");
    }
    facts.add("type `" + text(parameter, "type").replaceAll("\\b[a-z]\\w*\\.", "") + "`");
    String value = configuration == null ? "" : configuration.getAttribute("default-value");
    if (!value.isEmpty()) {
      facts.add("default `" + value + "`");
    }
    if (text(parameter, "required").equals("true")) {
      facts.add("required");
    }
    if (!text(parameter, "since").isEmpty()) {
      facts.add("since " + text(parameter, "since"));
    }
    String line = String.join(", ", facts);
    line = Character.toUpperCase(line.charAt(0)) + line.substring(1) + ".";
    return "\n### %s\n\n%s\n\n%s"
        .formatted(name, Markdown.wrap("", line), Markdown.of(text(parameter, "description")));
  }

  private static Element configuration(Element goal, String name) {
    for (Element element : elements(goal, "configuration")) {
      NodeList children = element.getElementsByTagName(name);
      if (children.getLength() > 0) {
        return (Element) children.item(0);
      }
    }
    return null;
  }

  private static List<Element> elements(Element parent, String name) {
    List<Element> result = new ArrayList<>();
    NodeList found = parent.getElementsByTagName(name);
    for (int i = 0; i < found.getLength(); i++) {
      result.add((Element) found.item(i));
    }
    return result;
  }

  private static String text(Element parent, String name) {
    NodeList found = parent.getElementsByTagName(name);
    return found.getLength() == 0 ? "" : found.item(0).getTextContent().strip();
  }
}
