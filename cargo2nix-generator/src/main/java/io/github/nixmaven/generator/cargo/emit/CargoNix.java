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
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Composes Cargo.nix; its format stands in docs/design/architecture.md. */
public final class CargoNix {
  private static final String ENGINE = resource("engine.nix");
  private static final String DEFAULT_REGISTRY = "crates-io";
  private static final String HEAD = resource("head.nix");

  private final Profiles profiles;
  private final Path directory;
  private final Function<Workspace.Local, String> manifestDigest;
  private final PackageKeys keys;
  private final NodeTable nodes;
  private final SortedMap<String, SortedMap<String, String>> roots = new TreeMap<>();
  private final String target;
  private final Profile targetProfile;
  private final Profile hostProfile;

  /**
   * @param target what is built for
   * @param directory the folder Cargo.nix is written to, absolute: paths are relative to it
   * @param manifestDigest what tells one state of a local package's manifest from another
   */
  public CargoNix(
      PackageGraph graph,
      Profiles profiles,
      String target,
      Path directory,
      Function<Workspace.Local, String> manifestDigest) {
    this.profiles = profiles;
    this.target = target;
    this.directory = directory;
    this.manifestDigest = manifestDigest;
    this.keys = new PackageKeys(graph);
    this.nodes = new NodeTable(keys);
    this.targetProfile = usual(false);
    this.hostProfile = usual(true);
  }

  /**
   * Adds a selection for a member.
   *
   * @param features the name of the selection: {@code default}
   */
  public void add(String features, PackageGraph.Node member, UnitGraph units) {
    if (!units.roots().isEmpty()) {
      roots
          .computeIfAbsent(features, key -> new TreeMap<>())
          .put(member.locked().name(), nodes.add(member, units));
    }
  }

  /** The expression, without the lines that {@link GeneratedFile} puts on top. */
  public String text() {
    StringBuilder text = new StringBuilder(HEAD);
    attribute(text, "manifests", attrs(manifests(), NixWriter::string));
    attribute(text, "registries", registries());
    attribute(text, "crates", crates());
    attribute(text, "nodes", nodes());
    attribute(text, "roots", roots());
    attribute(text, "profiles", profiles());
    return text.append('\n').append(ENGINE).toString();
  }

  /**
   * The packages that are built by key, each with the checksum of its crate file, its commit or the
   * digest of its manifest.
   */
  public SortedMap<String, String> packages() {
    SortedMap<String, String> result = manifests();
    for (Node node : nodes.nodes().values()) {
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
    for (Node node : nodes.nodes().values()) {
      if (node.of().local() != null) {
        result.put(keys.key(node.of()), manifestDigest.apply(node.of().local()));
      }
    }
    return result;
  }

  private static void attribute(StringBuilder text, String name, Expression value) {
    text.append("  ").append(name).append(" = ");
    text.append(NixWriter.write(value).stripTrailing().replace("\n", "\n  ")).append(";\n");
  }

  private Expression registries() {
    SortedMap<String, String> result = new TreeMap<>();
    for (Node node : nodes.nodes().values()) {
      if (node.of().pin() instanceof Pin.CrateFile crate) {
        result.put(crate.registry(), crate.url());
      }
    }
    return attrs(result, NixWriter::string);
  }

  private Expression crates() {
    SortedMap<String, PackageGraph.Node> packages = new TreeMap<>();
    for (Node node : nodes.nodes().values()) {
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
    source(attributes, node.pin());
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
    }
    return attributes.build();
  }

  private void source(Attributes attributes, Pin pin) {
    if (pin instanceof Pin.Folder folder) {
      String path = directory.relativize(folder.directory()).toString().replace('\\', '/');
      attributes.string("path", path.isEmpty() ? "." : path);
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

  private Expression nodes() {
    return attrs(nodes.nodes(), this::node);
  }

  private Expression node(Node node) {
    Attributes attributes = new Attributes();
    attributes.string("crate", keys.key(node.of()));
    if (node.host()) {
      attributes.add("host", NixWriter.bool(true));
    }
    attributes.strings("features", node.features());
    attributes.map("dependencies", node.dependencies());
    attributes.map("buildDependencies", node.buildDependencies());
    Profile usual = node.host() ? hostProfile : targetProfile;
    attributes.unless("profile", profile(node.profile()), profile(usual));
    if (node.buildProfile() != null) {
      attributes.unless("hostProfile", profile(node.buildProfile()), profile(hostProfile));
    }
    attributes.strings("binaries", node.binaries());
    return attributes.build();
  }

  private Expression roots() {
    Attributes selections = new Attributes();
    roots.forEach(selections::map);
    return NixWriter.attrs(List.of(NixWriter.attr(target, selections.build())));
  }

  private Expression profiles() {
    return NixWriter.attrs(
        List.of(
            NixWriter.attr("target", profile(targetProfile)),
            NixWriter.attr("host", profile(hostProfile))));
  }

  /** What a package gets that no table of the manifest names. */
  private Profile usual(boolean forHost) {
    Profile profile =
        profiles.get("", new Version(0, 0, 0, "", ""), false, false, forHost, forHost, target);
    if (profile.stripDeferred() && !profile.hasDebuginfo()) {
      profile = profile.withDebuginfoStripped();
    }
    return profile.debuginfoDeferred() ? profile.withDebuginfo("0") : profile;
  }

  private static Expression profile(Profile profile) {
    Attributes attributes = new Attributes();
    attributes.string("name", profile.name());
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

    void map(String name, Map<String, String> values) {
      if (!values.isEmpty()) {
        add(name, CargoNix.attrs(new TreeMap<>(values), NixWriter::string));
      }
    }

    void unless(String name, Expression value, Expression usual) {
      if (!NixWriter.write(value).equals(NixWriter.write(usual))) {
        add(name, value);
      }
    }

    Expression build() {
      return NixWriter.attrs(attrs);
    }
  }
}
