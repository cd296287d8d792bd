package io.github.nixmaven.generator.cargo.config;

import io.github.nixmaven.generator.cargo.lock.CratesIo;
import io.github.nixmaven.generator.cargo.lock.SourceId;
import io.github.nixmaven.generator.text.Addresses;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.Position;
import io.github.nixmaven.generator.text.TomlTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The {@code [source]} tables of cargo's configuration, which replace sources by others. */
public final class SourceReplacements {
  private static final String CRATES_IO = "crates-io";
  private static final String REMEDY =
      "See \"Source Replacement\" in the Cargo Book; `cargo vendor` prints what to write.";

  private static final SourceLocation CRATES_IO_INDEX =
      new SourceLocation.Remote(new SourceId(SourceId.Kind.REGISTRY, CratesIo.INDEX, null, null));
  private static final Position BUILT_IN = new Position("cargo's defaults", 0, 0);

  private final List<ConfigFile> files;
  private final Map<String, Definition> byName = new HashMap<>();
  private final Map<Object, String> names = new HashMap<>();
  private final Map<SourceId, SourceLocation> located = new ConcurrentHashMap<>();

  /**
   * A {@code [source.NAME]}.
   *
   * @param place the place of its location
   * @param replaceWith the name of the source that replaces it, or null
   */
  private record Definition(SourceLocation location, Position place, @Nullable Named replaceWith) {}

  /** A name and its place. */
  private record Named(String name, Position place) {}

  SourceReplacements(List<ConfigFile> files) {
    this.files = files;
    names.put(identity(CRATES_IO_INDEX), CRATES_IO);
    names.put(
        identity(
            new SourceLocation.Remote(
                new SourceId(SourceId.Kind.SPARSE, CratesIo.SPARSE_INDEX, null, null))),
        CRATES_IO);
    byName.put(CRATES_IO, new Definition(CRATES_IO_INDEX, BUILT_IN, null));
    Set<String> defined = new LinkedHashSet<>();
    files.forEach(file -> defined.addAll(file.table().tableOrEmpty("source").keys()));
    for (String name : defined) {
      Definition definition = read(name);
      String other = names.put(identity(definition.location()), name);
      if (other != null && !name.equals(CRATES_IO)) {
        throw new InputException(
            definition.place(),
            "source `" + name + "` has the same location as source `" + other + "`",
            "Define each source once.");
      }
      byName.put(name, definition);
    }
  }

  /**
   * The place of a locked source's packages.
   *
   * @throws InputException when the configuration is not valid
   */
  public SourceLocation locate(SourceId source) {
    SourceLocation known = located.get(source);
    if (known == null) {
      known = find(source);
      located.put(source, known);
    }
    return known;
  }

  private SourceLocation find(SourceId source) {
    SourceLocation own = new SourceLocation.Remote(source);
    @Nullable String first = names.get(identity(own));
    if (first == null) {
      return own;
    }
    String name = first;
    @Nullable Position reference = null;
    Set<String> seen = new LinkedHashSet<>();
    while (true) {
      Definition definition = byName.containsKey(name) ? byName.get(name) : registry(name);
      if (definition == null) {
        throw new InputException(
            reference, "there is no source `" + name + "` to replace `" + first + "` with", REMEDY);
      }
      if (!seen.add(name)) {
        throw new InputException(
            reference,
            "the sources " + String.join(", ", seen) + " replace each other in a loop",
            REMEDY);
      }
      if (definition.replaceWith() == null) {
        return name.equals(first) ? own : checked(source, first, name, definition);
      }
      reference = definition.replaceWith().place();
      name = definition.replaceWith().name();
    }
  }

  /** Crates have checksums, but commits do not. */
  private static SourceLocation checked(
      SourceId source, String first, String name, Definition definition) {
    if (source.kind() != SourceId.Kind.GIT
        && definition.location() instanceof SourceLocation.Remote remote
        && remote.source().kind() == SourceId.Kind.GIT) {
      throw new InputException(
          definition.place(),
          "the registry `" + first + "` cannot be replaced with `" + name + "`, a git repository",
          "Replace it with a registry or a vendored directory.");
    }
    return definition.location();
  }

  /** The identity of a source: cargo's canonical address. */
  private static Object identity(SourceLocation location) {
    if (location instanceof SourceLocation.Remote remote) {
      SourceId source = remote.source();
      return List.of(
          source.kind(), SourceId.canonical(source.url()), String.valueOf(source.reference()));
    }
    return location;
  }

  /** A {@code [registries.NAME]}, or null. */
  private @Nullable Definition registry(String name) {
    for (ConfigFile file : files) {
      TomlTable table = file.table().tableOrEmpty("registries").tableOrEmpty(name);
      String index = table.string("index");
      if (index != null) {
        Position place = table.position("index");
        return new Definition(registry(new Setting(file.address(index), place, file)), place, null);
      }
    }
    return null;
  }

  private Definition read(String name) {
    List<Definition> found = new ArrayList<>();
    @Nullable Named replaceWith =
        string(name, "replace-with")
            .map(setting -> new Named(setting.text(), setting.place()))
            .orElse(null);
    string(name, "registry")
        .ifPresent(url -> found.add(new Definition(registry(url), url.place(), replaceWith)));
    string(name, "directory")
        .ifPresent(
            folder ->
                found.add(
                    new Definition(
                        new SourceLocation.Directory(folder.file().resolve(folder.text())),
                        folder.place(),
                        replaceWith)));
    string(name, "local-registry")
        .ifPresent(
            folder ->
                found.add(
                    new Definition(
                        new SourceLocation.LocalRegistry(folder.file().resolve(folder.text())),
                        folder.place(),
                        replaceWith)));
    Optional<Setting> git = string(name, "git");
    @Nullable String reference = null;
    for (String key : List.of("rev", "tag", "branch")) {
      Optional<Setting> value = string(name, key);
      if (value.isPresent() && git.isEmpty()) {
        throw new InputException(
            value.get().place(), "`" + key + "` needs a `git` key in the same table", REMEDY);
      }
      reference = value.map(setting -> key + "=" + setting.text()).orElse(reference);
    }
    if (git.isPresent()) {
      SourceId source = new SourceId(SourceId.Kind.GIT, git.get().text(), reference, null);
      found.add(new Definition(new SourceLocation.Remote(source), git.get().place(), replaceWith));
    }
    if (found.isEmpty() && name.equals(CRATES_IO)) {
      return new Definition(CRATES_IO_INDEX, BUILT_IN, replaceWith);
    }
    if (found.size() != 1) {
      throw new InputException(
          found.isEmpty() ? place(name) : found.get(1).place(),
          "source `"
              + name
              + "` has "
              + (found.isEmpty() ? "no location" : "more than one location"),
          "Set exactly one of `registry`, `local-registry`, `directory` and `git`.");
    }
    return found.get(0);
  }

  private static SourceLocation registry(Setting url) {
    if (!Addresses.withoutUser(url.text()).equals(url.text())) {
      throw new InputException(
          url.place(),
          "the address of a registry contains a user name or a password",
          "Remove it, and set CARGO_REGISTRIES_NAME_TOKEN.");
    }
    return new SourceLocation.Remote(
        url.text().startsWith("sparse+")
            ? new SourceId(
                SourceId.Kind.SPARSE, url.text().substring("sparse+".length()), null, null)
            : new SourceId(SourceId.Kind.REGISTRY, url.text(), null, null));
  }

  /** A string, its place, and its file. */
  private record Setting(String text, Position place, ConfigFile file) {}

  /** A setting of a source; the environment is ignored. */
  private Optional<Setting> string(String source, String key) {
    for (ConfigFile file : files) {
      TomlTable table = file.table().tableOrEmpty("source").tableOrEmpty(source);
      String value = table.string(key);
      if (value != null) {
        return Optional.of(new Setting(value, table.position(key), file));
      }
    }
    return Optional.empty();
  }

  private Position place(String source) {
    for (ConfigFile file : files) {
      TomlTable table = file.table().tableOrEmpty("source");
      if (table.has(source)) {
        return table.position(source);
      }
    }
    throw new IllegalArgumentException(source);
  }
}
