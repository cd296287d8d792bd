package io.github.nixmaven.plugin.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.inject.Inject;
import org.apache.maven.plugin.Mojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.Parameter;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.plugin.descriptor.PluginDescriptorBuilder;
import org.codehaus.plexus.PlexusContainer;
import org.codehaus.plexus.configuration.PlexusConfiguration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoalsTest extends ModuleTest {
  /** What has a structure of its own, which a property cannot give. */
  private static final List<String> STRUCTURES =
      List.of("component", "copies", "crate", "locks", "modules");

  @Inject private PlexusContainer container;

  /** The goals but help, which plugin-tools makes. */
  static List<String> goals() throws Exception {
    return descriptor().getMojos().stream()
        .map(MojoDescriptor::getGoal)
        .filter(goal -> !goal.equals("help"))
        .toList();
  }

  @Test
  @DisplayName("each goal is bound to the phase it is meant for")
  void phases() throws Exception {
    assertThat(
            descriptor().getMojos().stream()
                .filter(mojo -> mojo.getPhase() != null)
                .collect(Collectors.toMap(MojoDescriptor::getGoal, MojoDescriptor::getPhase)))
        .containsAllEntriesOf(
            Map.of(
                "generate", "generate-resources",
                "check", "validate",
                "test", "test",
                "build", "package",
                "verify", "verify"))
        .doesNotContainKey("toolchain");
  }

  @ParameterizedTest
  @MethodSource("goals")
  @DisplayName("every goal runs in each module, also in parallel, and resolves no dependency")
  void manners(String goal) throws Exception {
    MojoDescriptor mojo = descriptor().getMojo(goal);

    assertThat(mojo.isThreadSafe()).isTrue();
    // Maven 3 runs a goal without this, from the command line, in the first module only.
    assertThat(mojo.isProjectRequired()).isTrue();
    assertThat(mojo.isAggregator()).isFalse();
    assertThat(mojo.isDependencyResolutionRequired()).isNull();
  }

  @ParameterizedTest
  @MethodSource("goals")
  @DisplayName(
      "every parameter says what it is, its default, since when, and has a property of ours")
  void parameters(String goal) throws Exception {
    MojoDescriptor mojo = descriptor().getMojo(goal);
    for (Parameter parameter : mojo.getParameters()) {
      if (parameter.isEditable()) {
        assertThat(parameter.getDescription())
            .as(parameter.getName())
            .containsAnyOf("Default: ", "No default")
            .doesNotContain("${");
        assertThat(parameter.getSince()).as(parameter.getName()).isEqualTo("0.1.0");
        PlexusConfiguration property =
            mojo.getMojoConfiguration().getChild(parameter.getName(), false);
        if (STRUCTURES.contains(parameter.getName())) {
          assertThat(property).as(parameter.getName()).isNull();
        } else {
          assertThat(property.getValue()).as(parameter.getName()).startsWith("${nix.");
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("goals")
  @DisplayName("every parameter of a goal is one that the goal reads")
  void read(String goal) throws Exception {
    MojoDescriptor mojo = descriptor().getMojo(goal);

    assertThat(mojo.getParameters().stream().map(Parameter::getName))
        .isSubsetOf(FieldReads.of(Class.forName(mojo.getImplementation())));
  }

  @ParameterizedTest
  @MethodSource("goals")
  @DisplayName("every goal is skipped by nix.skip, by <skip>, and by a switch of its own")
  void skipped(String goal) throws Exception {
    String own = "nix." + goal + ".skip";

    AbstractNixMojo mojo = mojo(goal);
    mojo.skip = true;
    assertThat(execute(mojo)).containsExactly("Skipped by <skip>");
    session.getUserProperties().setProperty("nix.skip", "true");
    assertThat(execute(mojo)).containsExactly("Skipped by -Dnix.skip");

    mojo = mojo(goal);
    session.getCurrentProject().getProperties().setProperty(own, "true");
    assertThat(execute(mojo)).containsExactly("Skipped by -D" + own);
    session.getUserProperties().setProperty(own, "false");
    assertThat(mojo.skippedBy()).isNull();
  }

  @ParameterizedTest
  @MethodSource("goals")
  @DisplayName("no goal but nix:sign has anything to do in a module without a lock")
  void nothingToDo(String goal) throws Exception {
    if (!goal.equals("sign")) {
      assertThat(execute(mojo(goal))).singleElement().asString().startsWith("Nothing to do: ");
    }
  }

  private AbstractNixMojo mojo(String goal) throws Exception {
    MojoDescriptor descriptor = descriptor().getMojo(goal);
    AbstractNixMojo mojo = (AbstractNixMojo) container.lookup(Mojo.class, descriptor.getId());
    mojo.execution = new MojoExecution(descriptor);
    org.mockito.Mockito.doReturn(project()).when(session).getCurrentProject();
    return mojo;
  }

  private static PluginDescriptor descriptor() throws Exception {
    try (Reader reader =
        new InputStreamReader(
            Objects.requireNonNull(
                GoalsTest.class.getResourceAsStream("/META-INF/maven/plugin.xml")),
            StandardCharsets.UTF_8)) {
      return new PluginDescriptorBuilder().build(reader);
    }
  }
}
