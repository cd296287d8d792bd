package io.github.nixmaven.generator.cargo.emit;

import io.github.nixmaven.generator.cargo.config.CargoConfig;
import io.github.nixmaven.generator.cargo.config.Linkers;
import io.github.nixmaven.generator.cargo.manifest.Profile;
import io.github.nixmaven.generator.cargo.manifest.Profiles;
import io.github.nixmaven.generator.cargo.manifest.Workspace;
import io.github.nixmaven.generator.cargo.resolve.PackageGraph;
import io.github.nixmaven.generator.cargo.resolve.UnitGraph;
import io.github.nixmaven.generator.nix.Attributes;
import io.github.nixmaven.generator.nix.NixWriter;
import io.github.nixmaven.generator.nix.NixWriter.Attr;
import io.github.nixmaven.generator.nix.NixWriter.Expression;
import io.github.nixmaven.generator.pin.Fingerprint;
import io.github.nixmaven.generator.pin.Generator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/** Composes Cargo.nix; docs/design/cargo-nix-format.md describes its format. */
public final class CargoNix implements io.github.nixmaven.generator.pin.Expression {
  /** The attributes in {@link Variants}, in the order they are written. */
  private static final List<String> ATTRIBUTES =
      List.of(
          "node",
          "hostNode",
          "library",
          "program",
          "binaries",
          "targets",
          "features",
          "dependencies",
          "devDependencies",
          "hostDevDependencies",
          "buildDependencies",
          "profile",
          "hostProfile",
          "scriptOutput",
          "lto",
          "target",
          "host",
          "rustflags",
          "rustdocflags",
          "linker",
          "hostLinker",
          "environment");

  private static final Expression EMPTY = NixWriter.strings(List.of());

  /** The parts that are the same in every file, in order. */
  private static final String ENGINE =
      resource("engine/asked.nix")
          + resource("engine/context.nix")
          + resource("engine/sources.nix")
          + resource("engine/builds.nix")
          + resource("engine/nixpkgs.nix")
          + resource("engine/internals.nix")
          + resource("engine/members.nix");

  private static final String HEAD = resource("head.nix");

  private final PackageGraph graph;
  private final CargoConfig config;
  private final SortedMap<String, String> settings;
  private final Expression environment;
  private final PackageKeys keys;
  private final NodeTable nodes;
  private final CrateTable crates;
  private final ProfileTable profiles;
  private final SortedMap<Integer, BuildContext> contexts = new TreeMap<>();
  private final Variants usualProfiles = new Variants();
  private LinkTimeOptimization.Mode usualLto = LinkTimeOptimization.Mode.OBJECT;

  /**
   * @param config cargo's configuration
   * @param settings the digests of the configuration's settings that count, by name
   * @param directory the directory of Cargo.nix, absolute: paths are relative to it
   * @param manifestDigest computes the digest of a local package's manifest
   */
  public CargoNix(
      PackageGraph graph,
      Profiles profiles,
      CargoConfig config,
      SortedMap<String, String> settings,
      Path directory,
      Function<Workspace.Local, String> manifestDigest) {
    this.graph = graph;
    this.config = config;
    this.settings = settings;
    this.environment = Variables.expression(config.variables(), directory);
    this.keys = new PackageKeys(graph);
    this.nodes = new NodeTable(keys);
    this.crates =
        new CrateTable(nodes, keys, directory, new LocalFolders(graph, directory), manifestDigest);
    this.profiles = new ProfileTable(profiles);
  }

  /**
   * Adds a build. Several threads may add builds at once, in any order.
   *
   * @param meanings the contexts of this build, at least one, by their numbers among all contexts,
   *     from 0; they have the same host and target
   */
  public void add(SortedMap<Integer, BuildContext> meanings, UnitGraph units) {
    BuildContext context = meanings.values().iterator().next();
    Profile target = profiles.usual(context, false);
    NodeTable.Usual usual =
        new NodeTable.Usual(
            profiles.expression(target),
            profiles.expression(profiles.usual(context, true)),
            LinkTimeOptimization.usual(target.lto()),
            profiles::expression,
            run ->
                graph.scriptOutput(
                    run.node(), run.platform() == null ? context.host() : run.platform()));
    List<PackageGraph.Node> selected =
        graph.members().stream()
            .filter(
                member ->
                    context.member().equals(BuildContext.WORKSPACE)
                        || context.member().equals(member.locked().name()))
            .toList();
    NodeTable.Addition addition = nodes.addition(selected, units, context.isTest(), usual);
    synchronized (this) {
      contexts.putAll(meanings);
      usualLto = usual.lto();
      Map<AttributePath, Expression> usuals =
          Map.of(
              AttributePath.of("linker"),
              linker(context.target()),
              AttributePath.of("hostLinker"),
              linker(context.host()),
              AttributePath.of("target"),
              usual.target(),
              AttributePath.of("host"),
              usual.host(),
              AttributePath.of("rustflags"),
              NixWriter.strings(config.rustflags().of(context.target())),
              AttributePath.of("rustdocflags"),
              NixWriter.strings(config.rustflags().documentation(context.target())),
              AttributePath.of("environment"),
              environment);
      BitSet numbers = new BitSet();
      meanings.keySet().forEach(numbers::set);
      usualProfiles.add(numbers, usuals);
      nodes.add(numbers, addition);
    }
  }

  private Expression linker(String triple) {
    Linkers.Linker linker = config.linkers().of(triple);
    return linker == null ? NodeTable.ABSENT : NixWriter.string(linker.program());
  }

  @Override
  public byte[] text() {
    Contexts all = new Contexts(contexts.values());
    Supplier<List<Attr>> packages =
        () -> {
          List<Attr> attrs = new ArrayList<>();
          attrs.add(
              NixWriter.attr("manifests", Attributes.of(crates.manifests(), NixWriter::string)));
          if (!settings.isEmpty()) {
            attrs.add(
                NixWriter.attr(Generator.SETTINGS, Attributes.of(settings, NixWriter::string)));
          }
          attrs.add(NixWriter.attr("registries", crates.registries()));
          attrs.add(NixWriter.attr("scope", scope()));
          attrs.add(NixWriter.attr("crates", crates.crates()));
          return attrs;
        };
    Supplier<List<Attr>> builds =
        () ->
            List.of(
                NixWriter.attr(
                    "nodes", Attributes.of(new TreeMap<>(nodes(all)), Function.identity())),
                NixWriter.attr(
                    "members",
                    Attributes.of(
                        nodes.members(), variants -> variants(variants, all, new Attributes()))),
                NixWriter.attr("tests", tests(all)),
                NixWriter.attr("profiles", variants(usualProfiles, all, new Attributes())),
                NixWriter.attr("usualLto", NixWriter.string(usualLto.nixName())));
    List<byte[]> tables =
        List.of(packages, builds).parallelStream().map(CargoNix::written).toList();
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    text.writeBytes(HEAD.stripTrailing().getBytes(StandardCharsets.UTF_8));
    tables.forEach(text::writeBytes);
    text.writeBytes(("\n\n" + ENGINE).getBytes(StandardCharsets.UTF_8));
    return text.toByteArray();
  }

  private static byte[] written(Supplier<List<Attr>> tables) {
    StringBuilder text = new StringBuilder();
    NixWriter.write(tables.get(), 1, text);
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public SortedMap<String, Fingerprint> packages() {
    return crates.packages();
  }

  private Map<String, Expression> nodes(Contexts all) {
    Map<String, Expression> result = new TreeMap<>();
    nodes
        .nodes()
        .forEach(
            (key, node) -> {
              Attributes fixed = new Attributes();
              String crate = keys.key(node.of());
              if (!crate.equals(key)) {
                fixed.string("crate", crate);
              }
              if (node.host()) {
                fixed.add("host", NixWriter.bool(true));
              }
              result.put(key, variants(node.variants(), all, fixed));
            });
    return result;
  }

  /** The tests of members, or nothing when tests are omitted. */
  private Expression tests(Contexts all) {
    return contexts.values().stream().anyMatch(BuildContext::isTest)
        ? Attributes.of(nodes.tests(), variants -> variants(variants, all, new Attributes()))
        : NodeTable.ABSENT;
  }

  /** The names that a caller may choose. */
  private Expression scope() {
    List<Attr> attrs = new ArrayList<>();
    for (int i = 0; i < BuildContext.CHOSEN.size(); i++) {
      SortedSet<String> values = new TreeSet<>();
      for (BuildContext context : contexts.values()) {
        values.add(context.coordinate(i));
      }
      attrs.add(NixWriter.attr(BuildContext.CHOSEN.get(i), NixWriter.strings(List.copyOf(values))));
    }
    return NixWriter.attrs(attrs);
  }

  private static Expression variants(Variants variants, Contexts all, Attributes result) {
    Variants.Written written = variants.write(all, NodeTable.ABSENT);
    Map<AttributePath, Expression> usual = new LinkedHashMap<>(written.usual());
    usual.values().removeIf(value -> value.equals(NodeTable.ABSENT) || value.equals(EMPTY));
    result.addAll(attributes(usual));
    List<Expression> otherwise = new ArrayList<>();
    written
        .otherwise()
        .forEach(
            (condition, attributes) -> {
              List<Attr> rule = new ArrayList<>();
              rule.add(NixWriter.attr("when", condition(condition)));
              rule.addAll(attributes(attributes));
              otherwise.add(NixWriter.attrs(rule));
            });
    if (!otherwise.isEmpty()) {
      result.add("otherwise", NixWriter.list(otherwise));
    }
    return result.build();
  }

  private static Expression condition(When condition) {
    Attributes attributes = new Attributes();
    for (int i = 0; i < BuildContext.DIMENSIONS.size(); i++) {
      SortedSet<String> values = condition.allowed().get(i);
      if (values != null) {
        attributes.strings(BuildContext.DIMENSIONS.get(i), List.copyOf(values));
      }
    }
    return attributes.build();
  }

  /** Attributes in a fixed order, regardless of the order in which they were added. */
  private static List<Attr> attributes(Map<AttributePath, Expression> attributes) {
    Map<String, SortedMap<String, Expression>> byAttribute = new HashMap<>();
    attributes.forEach(
        (attribute, value) ->
            byAttribute
                .computeIfAbsent(attribute.attribute(), key -> new TreeMap<>())
                .put(attribute.name(), value));
    List<Attr> result = new ArrayList<>();
    for (String attribute : ATTRIBUTES) {
      SortedMap<String, Expression> values = byAttribute.get(attribute);
      if (values != null) {
        Expression single = values.get("");
        result.add(
            NixWriter.attr(
                attribute, single == null ? Attributes.of(values, Function.identity()) : single));
      }
    }
    return result;
  }

  private static String resource(String name) {
    try (InputStream stream =
        Objects.requireNonNull(CargoNix.class.getResourceAsStream(name), name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
