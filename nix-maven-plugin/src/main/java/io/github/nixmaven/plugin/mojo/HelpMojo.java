package io.github.nixmaven.plugin.mojo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Lists the goals of this plugin, or describes one. {@code mvn nix:help -Ddetail -Dgoal=build}
 * describes its parameters, too.
 *
 * @since 0.1.0
 */
@Mojo(name = "help", requiresProject = false, threadSafe = true)
@SuppressWarnings("NullAway.Init") // Maven sets the parameters.
public final class HelpMojo extends AbstractMojo {
  private static final int WIDTH = 80;
  private static final String PARAMETERS = "\n## Parameters\n";

  /**
   * Whether parameters are described.
   *
   * <p>Default: {@code false}.
   *
   * @since 0.1.0
   */
  @Parameter(property = "detail", defaultValue = "false")
  boolean detail;

  /**
   * The goal to describe.
   *
   * <p>Default: all of them.
   *
   * @since 0.1.0
   */
  @Parameter(property = "goal")
  @Nullable String goal;

  /** This execution, which knows the plugin. */
  @Parameter(defaultValue = "${mojoExecution}", readonly = true)
  MojoExecution execution;

  @Override
  public void execute() throws MojoFailureException {
    PluginDescriptor plugin = execution.getMojoDescriptor().getPluginDescriptor();
    List<String> lines = new ArrayList<>();
    for (MojoDescriptor mojo : chosen(plugin)) {
      String phase = mojo.getPhase() == null ? "" : " (phase " + mojo.getPhase() + ")";
      lines.add("");
      lines.add("nix:" + mojo.getGoal() + phase);
      wrap("  ", mojo.getDescription(), lines);
      if (detail) {
        describeParameters(mojo, lines);
      }
    }
    lines.forEach(getLog()::info);
  }

  private List<MojoDescriptor> chosen(PluginDescriptor plugin) throws MojoFailureException {
    List<MojoDescriptor> all = plugin.getMojos();
    List<MojoDescriptor> chosen =
        all.stream()
            .filter(
                mojo ->
                    goal == null
                        || goal.equals(mojo.getGoal())
                        || goal.equals("nix:" + mojo.getGoal()))
            .toList();
    if (chosen.isEmpty()) {
      throw new MojoFailureException(
          "this plugin has no goal `"
              + goal
              + "`\n  The goals are: "
              + all.stream().map(MojoDescriptor::getGoal).sorted().collect(Collectors.joining(", "))
              + ".");
    }
    return chosen;
  }

  /**
   * The page of the goal from its first parameter on. The plugin's descriptor has the same text,
   * but has lost the lines of examples.
   */
  private static void describeParameters(MojoDescriptor mojo, List<String> lines) {
    String page = page(mojo.getGoal());
    boolean code = false;
    StringBuilder paragraph = new StringBuilder();
    for (String line : page.substring(page.indexOf(PARAMETERS) + PARAMETERS.length()).split("\n")) {
      boolean prose = !code && !line.isBlank() && !line.startsWith("```") && !line.startsWith("#");
      if (paragraph.length() > 0 && (!prose || line.startsWith("- "))) {
        wrap("      ", paragraph.toString(), lines);
        paragraph.setLength(0);
      }
      if (prose) {
        paragraph.append(paragraph.length() == 0 ? "" : " ").append(line.replace("`", "").strip());
      } else if (line.startsWith("```")) {
        code = !code;
      } else if (line.startsWith("### ")) {
        lines.add("    " + line.substring("### ".length()));
      } else {
        lines.add(code ? "        " + line : "");
      }
    }
    wrap("      ", paragraph.toString(), lines);
  }

  private static String page(String goal) {
    String name = "/io/github/nixmaven/plugin/goals/" + goal + ".md";
    try (InputStream stream =
        Objects.requireNonNull(HelpMojo.class.getResourceAsStream(name), name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void wrap(String indent, String text, List<String> lines) {
    for (String paragraph : text.strip().split("\n")) {
      StringBuilder line = new StringBuilder(indent);
      for (String word : paragraph.strip().split(" +")) {
        if (line.length() > indent.length() && line.length() + 1 + word.length() > WIDTH) {
          lines.add(line.toString());
          line = new StringBuilder(indent);
        }
        line.append(line.length() > indent.length() ? " " : "").append(word);
      }
      lines.add(line.toString());
    }
  }
}
