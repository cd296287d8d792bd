package io.github.nixmaven.plugin.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoParameter;
import org.apache.maven.plugin.MojoFailureException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("nix:help")
class HelpMojoTest extends ModuleTest {
  private final Lines log = new Lines();

  @Test
  @InjectMojo(goal = "help")
  @DisplayName("lists all goals with their phases, without parameters")
  void all(HelpMojo mojo) throws Exception {
    mojo.setLog(log);
    mojo.execute();
    assertThat(log.lines)
        .contains("nix:check (phase validate)", "nix:toolchain", "nix:help")
        .noneMatch(line -> line.contains("-Dnix.skip,"))
        .allMatch(line -> line.length() <= 80);
  }

  @Test
  @InjectMojo(goal = "help")
  @MojoParameter(name = "goal", value = "build")
  @MojoParameter(name = "detail", value = "true")
  @DisplayName(
      "describes the parameters of one goal, each with its property, and examples in their own lines")
  void one(HelpMojo mojo) throws Exception {
    mojo.setLog(log);
    mojo.execute();
    assertThat(log.lines)
        .contains(
            "nix:build (phase package)",
            "    targets",
            "      Property nix.targets, type List<String>, since 0.1.0.",
            "    copies")
        .containsSequence("        <component>", "          <world>chat</world>")
        .anyMatch(line -> line.startsWith("      Default: "))
        .noneMatch(line -> line.startsWith("nix:check") || line.equals("    execution"));
  }

  @Test
  @InjectMojo(goal = "help")
  @MojoParameter(name = "goal", value = "nix:sbom")
  @DisplayName("takes a goal as Maven's command line has it, too")
  void prefixed(HelpMojo mojo) throws Exception {
    mojo.setLog(log);
    mojo.execute();
    assertThat(log.lines).contains("nix:sbom (phase verify)");
  }

  @Test
  @InjectMojo(goal = "help")
  @MojoParameter(name = "goal", value = "nosuch")
  @DisplayName("fails for a goal that there is not, and says which there are")
  void unknown(HelpMojo mojo) {
    assertThatThrownBy(mojo::execute)
        .isInstanceOf(MojoFailureException.class)
        .hasMessageContaining("this plugin has no goal `nosuch`")
        .hasMessageContaining("attest, build, check");
  }
}
