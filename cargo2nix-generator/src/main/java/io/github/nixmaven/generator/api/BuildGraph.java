package io.github.nixmaven.generator.api;

import io.github.nixmaven.generator.cargo.CargoProject;
import io.github.nixmaven.generator.cargo.PackageSources;
import io.github.nixmaven.generator.cargo.cfg.TargetInfo;
import io.github.nixmaven.generator.cargo.graph.Choice;
import io.github.nixmaven.generator.cargo.graph.UnitGraphJson;
import io.github.nixmaven.generator.cargo.graph.UnitTree;
import io.github.nixmaven.generator.cargo.manifest.Profiles;
import io.github.nixmaven.generator.cargo.resolve.PackageGraph;
import io.github.nixmaven.generator.cargo.resolve.UnitGraph;
import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.io.OutputStream;

/**
 * What cargo would build: every run of the compiler and of a build script, with its features,
 * profile and dependencies. Planned without cargo.
 */
public final class BuildGraph {
  private final UnitGraph units;

  private BuildGraph(UnitGraph units) {
    this.units = units;
  }

  /**
   * Plans a build.
   *
   * @throws InvalidInputException when the lock, a manifest, a crate or the request is not what it
   *     should be
   */
  public static BuildGraph plan(BuildGraphRequest request)
      throws InvalidInputException, IOException, InterruptedException {
    try {
      TargetInfo host = TargetInfo.of(request.host());
      TargetInfo target = request.target().map(TargetInfo::of).orElse(null);
      CargoProject project = CargoProject.load(request.manifest());
      Profiles profiles = Profiles.of(project.workspace().root(), request.profile());
      PackageGraph graph =
          project.graph(
              new PackageSources(CargoNixGenerator.files(request.offline())),
              (what, done, total) -> request.listener().crateRead(what, done, total));
      Choice choice =
          new Choice(
              request.packages(),
              request.workspace(),
              request.features(),
              request.allFeatures(),
              request.defaultFeatures());
      return new BuildGraph(
          UnitGraph.plan(
              graph,
              choice.in(graph, request.manifest()),
              project.workspace().resolver(),
              profiles,
              host,
              target));
    } catch (InputException e) {
      throw CargoNixGenerator.translate(e);
    }
  }

  /**
   * Writes the units as {@code cargo build --unit-graph} prints them: one line of JSON in UTF-8,
   * with cargo's field names. Paths of crates that cargo would unpack are those in cargo's home
   * ({@code CARGO_HOME} or {@code ~/.cargo}), whether or not they are there.
   *
   * @param out stays open
   */
  public void writeJson(OutputStream out) throws IOException {
    UnitGraphJson.write(units, Caches.cargoHome(), out);
  }

  /**
   * Writes the units as a tree that people read.
   *
   * @param unicode whether lines may be drawn with more than ASCII
   */
  public void writeTree(boolean unicode, Appendable out) throws IOException {
    UnitTree.write(units, unicode, out);
  }
}
