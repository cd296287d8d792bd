package io.github.nixmaven.plugin.mojo;

import io.github.nixmaven.builder.overrides.OverridesRequest;
import io.github.nixmaven.builder.overrides.OverridesResult;
import io.github.nixmaven.builder.overrides.OverridesService;
import io.github.nixmaven.builder.realise.OutputFile;
import java.io.File;
import java.io.IOException;
import java.util.List;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.jspecify.annotations.Nullable;

/**
 * Lists what the override table adds for the project's crates beyond the compiler: the row that
 * applies to each crate, the packages that are missing in the toolchain, and crates that link a
 * native library but have no row. Fails if one of the project's own rows applies to no crate. Reads
 * local files only: no network, no Nix.
 *
 * @since 0.1.0
 */
@Mojo(name = "overrides", requiresDependencyResolution = ResolutionScope.NONE, threadSafe = true)
public final class OverridesMojo extends AbstractOverridesMojo {
  private final OverridesService service;

  /**
   * A file to write the same data to, as JSON: {@code applied}, {@code missing}, {@code
   * unknownLinks} and {@code unmatched}.
   *
   * <pre>{@code
   * mvn nix:overrides -Dnix.overrides.report=target/overrides.json
   * }</pre>
   *
   * <p>Default: none is written, because people read what is printed.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.OVERRIDES_REPORT)
  @Nullable File report;

  /** Maven calls this. */
  @Inject
  public OverridesMojo(MavenSession session, OverridesService service) {
    super(session);
    this.service = service;
  }

  @Override
  void run(List<LockFile> found) throws IOException, MojoFailureException {
    LockFile lock = only(found);
    OverridesResult result =
        service.list(
            new OverridesRequest(
                lock.language(),
                lock.output(),
                overrides(),
                toolchainLock(),
                lock.request().directory()));
    service.describe(result, lock.language().packageNoun()).forEach(getLog()::info);
    if (report != null) {
      OutputFile.write(report.toPath(), service.json(result));
    }
    if (!result.unmatched().isEmpty()) {
      result.unmatched().stream().skip(1).forEach(mistake -> getLog().error(mistake.getMessage()));
      throw result.unmatched().get(0);
    }
  }
}
