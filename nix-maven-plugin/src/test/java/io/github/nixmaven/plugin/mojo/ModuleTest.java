package io.github.nixmaven.plugin.mojo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.inject.Inject;
import org.apache.maven.api.di.Provides;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goals as Maven configures them from a POM, with its own defaults and expressions, in an empty
 * directory.
 */
@MojoTest
abstract class ModuleTest {
  /** What a goal prints. */
  static final class Lines extends SystemStreamLog {
    final List<String> lines = new ArrayList<>();

    @Override
    public void debug(CharSequence content, Throwable error) {
      lines.add(content + " " + error);
    }

    @Override
    public void info(CharSequence content) {
      lines.add(content.toString());
    }

    @Override
    public void warn(CharSequence content) {
      lines.add(content.toString());
    }
  }

  /** What a POM has before the elements of the plugin's {@code <configuration>}. */
  static final String BEFORE =
      "<project><build><plugins><plugin><artifactId>nix-maven-plugin</artifactId><configuration>";

  /** And after them. */
  static final String AFTER = "</configuration></plugin></plugins></build></project>";

  @TempDir Path folder;
  @Inject MavenSession session;

  @Provides
  MavenProject project() {
    Build build = new Build();
    build.setDirectory(folder.resolve("target").toString());
    build.setOutputDirectory(folder.resolve("target/classes").toString());
    Model model = new Model();
    model.setGroupId("g");
    model.setArtifactId("module");
    model.setVersion("1");
    model.setBuild(build);
    MavenProject project = new MavenProject(model);
    project.setFile(folder.resolve("pom.xml").toFile());
    return project;
  }

  /** The single lock that a goal is configured with. */
  static LockFile lock(AbstractLockMojo mojo) {
    return mojo.only(mojo.locks());
  }

  /** What a goal prints. */
  static List<String> execute(AbstractNixMojo mojo) throws Exception {
    Lines log = new Lines();
    mojo.setLog(log);
    mojo.execute();
    return log.lines;
  }
}
