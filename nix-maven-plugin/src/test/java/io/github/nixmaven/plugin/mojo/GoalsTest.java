package io.github.nixmaven.plugin.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.plugin.mojo.MojoFixture.Goal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.MavenExecutionRequest;
import org.apache.maven.execution.MavenSession;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

class GoalsTest {
  @TempDir private Path folder;

  static List<Goal> goals() throws Exception {
    return MojoFixture.goals();
  }

  @Test
  @DisplayName("each goal is bound to the phase it is meant for")
  void phases() throws Exception {
    assertThat(goals().stream().collect(Collectors.toMap(Goal::name, goal -> goal.text("phase"))))
        .containsAllEntriesOf(
            Map.of(
                "generate", "generate-resources",
                "check", "validate",
                "test", "test",
                "build", "package",
                "verify", "verify",
                "toolchain", ""));
  }

  @ParameterizedTest
  @MethodSource("goals")
  @DisplayName("every goal may run in parallel, without a POM, and resolves no dependency")
  void manners(Goal goal) {
    assertThat(goal.text("threadSafe")).isEqualTo("true");
    assertThat(goal.text("requiresProject")).isEqualTo("false");
    assertThat(goal.text("requiresDependencyResolution")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("goals")
  @DisplayName(
      "every parameter says what it is, its default, since when, and has a property of ours")
  void parameters(Goal goal) {
    for (Element parameter : goal.parameters()) {
      String name = parameter.getElementsByTagName("name").item(0).getTextContent();
      if (parameter.getElementsByTagName("editable").item(0).getTextContent().equals("true")) {
        assertThat(parameter.getElementsByTagName("description").item(0).getTextContent())
            .as(name)
            .containsAnyOf("Default: ", "No default")
            .doesNotContain("${");
        assertThat(parameter.getElementsByTagName("since").getLength()).as(name).isEqualTo(1);
        // What has a structure of its own cannot be given as a property.
        if (!List.of("component", "copies", "crate", "modules").contains(name)) {
          assertThat(goal.configuration(name).getTextContent()).as(name).startsWith("${nix.");
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("goals")
  @DisplayName(
      "every goal fails in an empty folder while Maven is offline, and does nothing when all are skipped")
  void skipAll(Goal goal) throws Exception {
    assertThatThrownBy(() -> MojoFixture.execute(mojo(goal))).isNotNull();
    AbstractNixMojo mojo = mojo(goal);
    mojo.skip = true;

    assertThat(MojoFixture.execute(mojo)).containsExactly("[info] Skipped by -Dnix.skip");
  }

  @ParameterizedTest
  @MethodSource("goals")
  @DisplayName("every goal has a switch of its own")
  void skipOne(Goal goal) throws Exception {
    AbstractNixMojo mojo = mojo(goal);
    String property = "nix." + goal.name() + ".skip";
    String parameter = "";
    for (Element each : goal.parameters()) {
      String name = each.getElementsByTagName("name").item(0).getTextContent();
      Element configuration = goal.configuration(name);
      if (configuration != null && configuration.getTextContent().equals("${" + property + "}")) {
        parameter = name;
      }
    }
    MojoFixture.set(mojo, parameter, true);

    assertThat(MojoFixture.execute(mojo)).containsExactly("[info] Skipped by -D" + property);
  }

  private AbstractNixMojo mojo(Goal goal) throws Exception {
    MavenExecutionRequest request = new DefaultMavenExecutionRequest();
    request.setOffline(true);
    MavenSession session = MojoFixture.session(request, folder);
    return MojoFixture.mojo(goal, session, folder);
  }
}
