package io.github.nixmaven.generator.cargo.emit;

import io.github.nixmaven.generator.cargo.manifest.Manifest;
import io.github.nixmaven.generator.cargo.manifest.Profile;
import io.github.nixmaven.generator.cargo.manifest.Profiles;
import io.github.nixmaven.generator.cargo.manifest.Target;
import io.github.nixmaven.generator.cargo.manifest.Workspace;
import io.github.nixmaven.generator.cargo.resolve.PackageGraph;
import io.github.nixmaven.generator.cargo.resolve.UnitGraph;
import io.github.nixmaven.generator.cargo.semver.Version;
import io.github.nixmaven.generator.cargo.source.Pin;
import io.github.nixmaven.generator.nix.NixWriter;
import io.github.nixmaven.generator.nix.NixWriter.Attr;
import io.github.nixmaven.generator.nix.NixWriter.Expression;
import io.github.nixmaven.generator.text.InputException;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Composes Cargo.nix; its format stands in docs/design/architecture.md. */
public final class CargoNix {
  /** The attributes of what {@link Choices} hold, in the order they are written. */
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
          "lto",
          "target",
          "host",
          "rustflags");

  private static final Expression EMPTY = NixWriter.strings(List.of());
  private static final String ENGINE = resource("engine.nix");
  private static final String DEFAULT_REGISTRY = "crates-io";
  private static final String HEAD = resource("head.nix");

  private final PackageGraph graph;
  private final Profiles profiles;
  private final Function<String, List<String>> rustflags;
  private final Path directory;
  private final Function<Workspace.Local, String> manifestDigest;
  private final PackageKeys keys;
  private final NodeTable nodes;
  private final SortedMap<Integer, Context> contexts = new TreeMap<>();
  private final Choices usualProfiles = new Choices();
  private final Map<Profile, Expression> writtenProfiles = new ConcurrentHashMap<>();
  private LinkTimeOptimization.Mode usualLto = LinkTimeOptimization.Mode.OBJECT;

  /**
   * @param rustflags what cargo's configuration adds to each call of rustc for a target
   * @param directory the folder Cargo.nix is written to, absolute: paths are relative to it
   * @param manifestDigest what tells one state of a local package's manifest from another
   */
  public CargoNix(
      PackageGraph graph,
      Profiles profiles,
      Function<String, List<String>> rustflags,
      Path directory,
      Function<Workspace.Local, String> manifestDigest) {
    this.graph = graph;
    this.profiles = profiles;
    this.rustflags = rustflags;
    this.directory = directory;
    this.manifestDigest = manifestDigest;
    this.keys = new PackageKeys(graph);
    this.nodes = new NodeTable(keys);
  }

  /**
   * Adds a build. Threads may add at once, in whatever order.
   *
   * @param meanings the contexts that mean this build, at least one, by their places among all
   *     contexts, which count from 0; they have one host and one target
   */
  public void add(SortedMap<Integer, Context> meanings, UnitGraph units) {
    Context context = meanings.values().iterator().next();
    Profile target = usual(context, false);
    NodeTable.Usual usual =
        new NodeTable.Usual(
            profile(target),
            profile(usual(context, true)),
            LinkTimeOptimization.usual(target.lto()),
            this::profile);
    List<PackageGraph.Node> selected =
        graph.members().stream()
            .filter(
                member ->
                    context.member().equals(Context.WORKSPACE)
                        || context.member().equals(member.locked().name()))
            .toList();
    NodeTable.Addition addition = nodes.addition(selected, units, context.isTest(), usual);
    synchronized (this) {
      contexts.putAll(meanings);
      usualLto = usual.lto();
      Map<Slot, Expression> usuals =
          Map.of(
              Slot.of("target"),
              usual.target(),
              Slot.of("host"),
              usual.host(),
              Slot.of("rustflags"),
              NixWriter.strings(rustflags.apply(context.target())));
      BitSet numbers = new BitSet();
      meanings.keySet().forEach(numbers::set);
      usualProfiles.add(numbers, usuals);
      nodes.add(numbers, addition);
    }
  }

  /** The expression in UTF-8, without the lines that {@link GeneratedFile} puts on top. */
  public byte[] text() {
    Supplier<List<Attr>> packages =
        () ->
            List.of(
                NixWriter.attr("manifests", attrs(manifests(), NixWriter::string)),
                NixWriter.attr("registries", registries()),
                NixWriter.attr("scope", scope()),
                NixWriter.attr("crates", crates()));
    Supplier<List<Attr>> builds =
        () ->
            List.of(
                NixWriter.attr("nodes", attrs(new TreeMap<>(nodes()), Function.identity())),
                NixWriter.attr(
                    "members", attrs(nodes.members(), choices -> choices(choices, List.of()))),
                NixWriter.attr("tests", tests()),
                NixWriter.attr("profiles", choices(usualProfiles, List.of())),
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

  /**
   * The packages that are built by key, each with the checksum of its crate file, its commit or the
   * digest of its manifest.
   */
  public SortedMap<String, String> packages() {
    SortedMap<String, String> result = manifests();
    for (NodeTable.Node node : nodes.nodes().values()) {
      String checksum = node.of().locked().checksum();
      if (checksum != null) {
        result.put(keys.key(node.of()), checksum);
      } else if (node.of().pin() instanceof Pin.Commit commit) {
        result.put(keys.key(node.of()), commit.commit());
      }
    }
    return result;
  }

  private SortedMap<String, String> manifests() {
    SortedMap<String, String> result = new TreeMap<>();
    for (NodeTable.Node node : nodes.nodes().values()) {
      if (node.of().local() != null) {
        result.put(keys.key(node.of()), manifestDigest.apply(node.of().local()));
      }
    }
    return result;
  }

  private Expression registries() {
    SortedMap<String, String> result = new TreeMap<>();
    for (NodeTable.Node node : nodes.nodes().values()) {
      if (node.of().pin() instanceof Pin.CrateFile crate) {
        result.put(crate.registry(), crate.url());
      }
    }
    return attrs(result, NixWriter::string);
  }

  private Expression crates() {
    SortedMap<String, PackageGraph.Node> packages = new TreeMap<>();
    for (NodeTable.Node node : nodes.nodes().values()) {
      packages.put(keys.key(node.of()), node.of());
    }
    return attrs(packages, this::crate);
  }

  private Expression crate(PackageGraph.Node node) {
    Manifest manifest = node.manifest();
    Attributes attributes = new Attributes();
    attributes.string("crateName", manifest.name());
    attributes.string("version", manifest.version().toString());
    attributes.string("edition", manifest.edition());
    source(attributes, node);
    if (node.isMember()) {
      attributes.add("member", NixWriter.bool(true));
    }
    attributes.strings("authors", manifest.authors());
    manifest.metadata().forEach(attributes::string);
    attributes.string("links", manifest.links());
    manifest.library().ifPresent(library -> library(attributes, library));
    manifest.buildScript().ifPresent(script -> attributes.string("build", script.path()));
    if (node.isMember()) {
      List<Expression> binaries =
          manifest.targets().stream()
              .filter(t -> t.kind() == Target.Kind.BIN)
              .map(CargoNix::binary)
              .toList();
      if (!binaries.isEmpty()) {
        attributes.add("crateBin", NixWriter.list(binaries));
      }
    }
    if (node.isLocal()) {
      attributes.strings("declaredFeatures", List.copyOf(manifest.features().keySet()));
      attributes.strings("rustcLintFlags", manifest.lintFlags());
      attributes.strings("sources", sources(manifest));
    }
    return attributes.build();
  }

  /** What a member is built with beside its folder, relative to Cargo.nix. */
  private List<String> sources(Manifest manifest) {
    Path own = Objects.requireNonNull(manifest.directory());
    SortedSet<String> result = new TreeSet<>();
    for (String source : manifest.sources()) {
      Path path = own.resolve(source).normalize();
      if (!path.startsWith(directory) || !own.startsWith(directory)) {
        throw new InputException(
            manifest.position(),
            manifest.name() + " is built with " + path + ", which leads out of " + directory,
            "The builder knows what lies beside or below Cargo.nix. Write Cargo.nix into the folder"
                + " of the workspace, or move the file into it.");
      }
      String relative = directory.relativize(path).toString().replace('\\', '/');
      result.add(relative.isEmpty() ? "." : relative);
    }
    return List.copyOf(result);
  }

  private void source(Attributes attributes, PackageGraph.Node node) {
    Pin pin = node.pin();
    if (pin instanceof Pin.Folder folder) {
      String path = directory.relativize(folder.directory()).toString().replace('\\', '/');
      attributes.string("path", path.isEmpty() ? "." : path);
      if (!node.isLocal()) {
        attributes.add("vendored", NixWriter.bool(true));
        attributes.string("sha256", node.locked().checksum());
      }
    } else if (pin instanceof Pin.CrateFile crate) {
      if (!crate.registry().equals(DEFAULT_REGISTRY)) {
        attributes.string("registry", crate.registry());
      }
      attributes.string("sha256", crate.sha256());
    } else if (pin instanceof Pin.Commit commit) {
      Attributes git = new Attributes();
      git.string("url", commit.url());
      git.string("rev", commit.commit());
      git.string("sha256", commit.narHash());
      attributes.add("git", git.build());
      if (!commit.folder().isEmpty()) {
        attributes.string("folder", commit.folder());
      }
    }
  }

  private static void library(Attributes attributes, Target library) {
    attributes.string("libName", library.name());
    attributes.string("libPath", library.path());
    if (library.isProcMacro()) {
      attributes.add("procMacro", NixWriter.bool(true));
    } else if (!library.crateTypes().equals(List.of("lib"))) {
      attributes.strings("type", library.crateTypes());
    }
  }

  private static Expression binary(Target binary) {
    Attributes attributes = new Attributes();
    attributes.string("name", binary.name());
    attributes.string("path", binary.path());
    attributes.strings("requiredFeatures", binary.requiredFeatures());
    return attributes.build();
  }

  private Map<String, Expression> nodes() {
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
              result.put(key, choices(node.choices(), fixed.attrs));
            });
    return result;
  }

  /** What is tested of members, or nothing where tests are left out. */
  private Expression tests() {
    return contexts.values().stream().anyMatch(Context::isTest)
        ? attrs(nodes.tests(), choices -> choices(choices, List.of()))
        : NodeTable.ABSENT;
  }

  /** The names that may be asked for. */
  private Expression scope() {
    List<Attr> attrs = new ArrayList<>();
    for (int i = 0; i < Context.CHOSEN.size(); i++) {
      SortedSet<String> values = new TreeSet<>();
      for (Context context : contexts.values()) {
        values.add(context.coordinate(i));
      }
      attrs.add(NixWriter.attr(Context.CHOSEN.get(i), NixWriter.strings(List.copyOf(values))));
    }
    return NixWriter.attrs(attrs);
  }

  private Expression choices(Choices choices, List<Attr> fixed) {
    Choices.Written written = choices.write(List.copyOf(contexts.values()), NodeTable.ABSENT);
    List<Attr> attrs = new ArrayList<>(fixed);
    Map<Slot, Expression> usual = new LinkedHashMap<>(written.usual());
    usual.values().removeIf(value -> value.equals(NodeTable.ABSENT) || value.equals(EMPTY));
    attrs.addAll(slots(usual));
    List<Expression> otherwise = new ArrayList<>();
    written
        .otherwise()
        .forEach(
            (condition, slots) -> {
              List<Attr> rule = new ArrayList<>();
              rule.add(NixWriter.attr("when", condition(condition)));
              rule.addAll(slots(slots));
              otherwise.add(NixWriter.attrs(rule));
            });
    if (!otherwise.isEmpty()) {
      attrs.add(NixWriter.attr("otherwise", NixWriter.list(otherwise)));
    }
    return NixWriter.attrs(attrs);
  }

  private static Expression condition(Condition condition) {
    Attributes attributes = new Attributes();
    for (int i = 0; i < Context.DIMENSIONS.size(); i++) {
      SortedSet<String> values = condition.allowed().get(i);
      if (values != null) {
        attributes.strings(Context.DIMENSIONS.get(i), List.copyOf(values));
      }
    }
    return attributes.build();
  }

  /** Attributes in a fixed order, whatever the order they were noted in. */
  private static List<Attr> slots(Map<Slot, Expression> slots) {
    Map<String, SortedMap<String, Expression>> byAttribute = new HashMap<>();
    slots.forEach(
        (slot, value) ->
            byAttribute
                .computeIfAbsent(slot.attribute(), key -> new TreeMap<>())
                .put(slot.name(), value));
    List<Attr> result = new ArrayList<>();
    for (String attribute : ATTRIBUTES) {
      SortedMap<String, Expression> values = byAttribute.get(attribute);
      if (values != null) {
        Expression single = values.get("");
        result.add(
            NixWriter.attr(
                attribute, single == null ? attrs(values, Function.identity()) : single));
      }
    }
    return result;
  }

  /** What a package gets that no table of the manifest names. */
  private Profile usual(Context context, boolean forHost) {
    String compiledFor = forHost ? context.host() : context.target();
    Profile profile =
        profiles.get(
            "",
            new Version(0, 0, 0, "", ""),
            () -> "",
            false,
            false,
            forHost,
            forHost || context.isTest(),
            compiledFor);
    if (profile.stripDeferred() && !profile.hasDebuginfo()) {
      profile = profile.withDebuginfoStripped();
    }
    boolean weakened = profile.debuginfoDeferred() && context.isNative();
    return (weakened ? profile.withDebuginfo("0") : profile).settled();
  }

  private Expression profile(Profile profile) {
    return writtenProfiles.computeIfAbsent(profile, this::write);
  }

  private Expression write(Profile profile) {
    Attributes attributes = new Attributes();
    attributes.string("name", profile.name());
    attributes.string("root", profiles.root());
    attributes.string("optLevel", profile.optLevel());
    attributes.string("debug", profile.debuginfo());
    attributes.string("lto", profile.lto());
    if (profile.codegenUnits() != null) {
      attributes.add("codegenUnits", NixWriter.integer(profile.codegenUnits().intValue()));
    }
    attributes.string("panic", profile.panic());
    attributes.string("strip", profile.strip());
    attributes.string("splitDebuginfo", profile.splitDebuginfo());
    attributes.add("debugAssertions", NixWriter.bool(profile.debugAssertions()));
    attributes.add("overflowChecks", NixWriter.bool(profile.overflowChecks()));
    attributes.add("rpath", NixWriter.bool(profile.rpath()));
    return attributes.build();
  }

  private static <T> Expression attrs(
      SortedMap<String, T> entries, Function<T, Expression> expression) {
    List<Attr> attrs = new ArrayList<>();
    entries.forEach((key, value) -> attrs.add(NixWriter.attr(key, expression.apply(value))));
    return NixWriter.attrs(attrs);
  }

  private static String resource(String name) {
    try (InputStream stream =
        Objects.requireNonNull(CargoNix.class.getResourceAsStream(name), name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An attribute set under construction; what is absent or empty is left out. */
  private static final class Attributes {
    private final List<Attr> attrs = new ArrayList<>();

    void add(String name, Expression value) {
      attrs.add(NixWriter.attr(name, value));
    }

    void string(String name, @Nullable String value) {
      if (value != null) {
        add(name, NixWriter.string(value));
      }
    }

    void strings(String name, List<String> values) {
      if (!values.isEmpty()) {
        add(name, NixWriter.strings(values));
      }
    }

    Expression build() {
      return NixWriter.attrs(attrs);
    }
  }
}
