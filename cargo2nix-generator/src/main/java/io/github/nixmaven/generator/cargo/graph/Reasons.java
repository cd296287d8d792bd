package io.github.nixmaven.generator.cargo.graph;

import io.github.nixmaven.generator.cargo.manifest.Dependency;
import io.github.nixmaven.generator.cargo.resolve.Activation;
import io.github.nixmaven.generator.cargo.resolve.PackageGraph;
import io.github.nixmaven.generator.cargo.resolve.UnitGraph;
import io.github.nixmaven.generator.text.NearNames;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Explains why a package or a feature is part of a build: by one path, of possibly several, from
 * the selection to it.
 */
public final class Reasons {
  private final PackageGraph packages;
  private final UnitGraph graph;
  private final boolean sides;

  /**
   * @param resolver the version of the feature resolver: 1 has a single result for target and host
   */
  public Reasons(PackageGraph packages, UnitGraph graph, int resolver) {
    this.packages = packages;
    this.graph = graph;
    this.sides = resolver >= 2;
  }

  /**
   * Writes a paragraph for each matching package, separately for target and host; or suggestions if
   * there is none.
   *
   * @param what {@code CRATE[@VERSION][/FEATURE]}
   * @return whether there is any
   */
  public boolean write(String what, Appendable out) throws IOException {
    int slash = what.indexOf('/');
    PackageName wanted = PackageName.parse(slash < 0 ? what : what.substring(0, slash));
    String feature = slash < 0 ? null : what.substring(slash + 1);

    List<Activation> packages = packages(wanted);
    List<Activation> found = new ArrayList<>();
    for (Activation activation : packages) {
      if (feature == null) {
        found.add(activation);
      } else {
        graph
            .explanation()
            .feature(activation.node(), activation.host(), feature)
            .ifPresent(found::add);
      }
    }
    if (found.isEmpty()) {
      out.append(feature == null ? absent(what, wanted) : off(what, packages, feature, wanted));
      return false;
    }
    String separator = "";
    for (Activation activation : found) {
      out.append(separator);
      write(activation, out);
      separator = "\n";
    }
    return true;
  }

  /** The compiled packages; a package can be reached without being compiled. */
  private List<Activation> packages(PackageName wanted) {
    Set<Integer> compiled =
        graph.units().stream().map(unit -> unit.node().index()).collect(Collectors.toSet());
    return graph.explanation().packages(wanted.name()).stream()
        .filter(activation -> wanted.means(activation.node()))
        .filter(activation -> compiled.contains(activation.node().index()))
        .toList();
  }

  private void write(Activation activation, Appendable out) throws IOException {
    out.append(label(activation));
    if (sides) {
      out.append(activation.host() ? ", for the host" : ", for the target");
    }
    out.append('\n');
    Deque<Activation> path = new ArrayDeque<>();
    for (Activation step = activation; step != null; step = step.cause()) {
      path.push(step);
    }
    for (Activation step : path) {
      out.append("  ").append(label(step)).append(": ").append(how(step)).append('\n');
    }
  }

  private static String label(Activation activation) {
    return switch (activation.kind()) {
      case PACKAGE -> activation.node().toString();
      case FEATURE -> activation.node() + "/" + activation.name();
      case DEPENDENCY -> activation.node() + " with optional `" + activation.name() + "`";
    };
  }

  private String how(Activation step) {
    Activation cause = step.cause();
    if (cause == null) {
      return step.via();
    }
    if (cause.kind() == Activation.Kind.FEATURE) {
      return "`" + step.via() + "` in feature `" + cause.name() + "`";
    }
    List<Dependency> entries = entries(cause, step);
    if (step.kind() != Activation.Kind.FEATURE) {
      return dependency(entries, step) + " of " + cause.node();
    }
    List<Dependency> listing =
        entries.stream().filter(entry -> entry.features().contains(step.name())).toList();
    String in = " in " + cause.node();
    return listing.isEmpty()
        ? "the default features of "
            + dependency(entries.stream().filter(Dependency::defaultFeatures).toList(), step)
            + in
        : "`features = [\"" + step.name() + "\"]` of " + dependency(listing, step) + in;
  }

  private static String dependency(List<Dependency> entries, Activation step) {
    String tables =
        entries.stream()
            .map(entry -> table(entry.kind()))
            .distinct()
            .collect(Collectors.joining(" and "));
    return tables + " `" + step.via() + "`";
  }

  /** The entries of the cause's manifest that may be the reason for a step. */
  private List<Dependency> entries(Activation cause, Activation step) {
    // Only a build script leads from the target to the host, or a macro, which is on the host
    // itself.
    boolean toHost =
        sides && step.host() && !cause.host() && !step.node().manifest().hasProcMacro();
    boolean toTarget = sides && !step.host();
    return cause.node().edges().stream()
        .filter(edge -> edge.to() == step.node().index())
        .flatMap(edge -> edge.dependencies().stream())
        .filter(dependency -> dependency.nameInToml().equals(step.via()))
        .filter(dependency -> !toHost || dependency.kind() == Dependency.Kind.BUILD)
        .filter(dependency -> !toTarget || dependency.kind() != Dependency.Kind.BUILD)
        .toList();
  }

  private static String table(Dependency.Kind kind) {
    return switch (kind) {
      case NORMAL -> "dependency";
      case BUILD -> "build-dependency";
      case DEVELOPMENT -> "dev-dependency";
    };
  }

  private String absent(String what, PackageName wanted) {
    Set<String> names = new TreeSet<>();
    packages.nodes().forEach(node -> names.add(node.locked().name()));
    String versions =
        packages.nodes().stream()
            .filter(node -> node.locked().name().equals(wanted.name()))
            .map(PackageGraph.Node::toString)
            .collect(Collectors.joining(", "));
    return notInGraph(
        what,
        versions.isEmpty()
            ? NearNames.question(wanted.name(), names, "It is not in the lock either.")
            : "The lock has "
                + versions
                + ": try other packages, features, targets or modes, or see `graph`.");
  }

  private String off(
      String what, List<Activation> packages, @Nullable String feature, PackageName wanted) {
    if (packages.isEmpty() || feature == null) {
      return absent(what, wanted);
    }
    Set<String> declared = new TreeSet<>();
    for (Activation activation : packages) {
      declared.addAll(activation.node().manifest().features().keySet());
    }
    return declared.contains(feature)
        ? notInGraph(what, "The package is in the graph, but nothing enables the feature.")
        : notInGraph(
            what,
            NearNames.question(
                feature,
                declared,
                declared.isEmpty()
                    ? "The package has no features."
                    : "The package has " + String.join(", ", declared) + "."));
  }

  private static String notInGraph(String what, String remedy) {
    return "`" + what + "` is not in the graph for this selection\n  " + remedy;
  }
}
