package io.github.nixmaven.generator.cargo.manifest;

import io.github.nixmaven.generator.cargo.cfg.Platform;
import io.github.nixmaven.generator.cargo.semver.Version;
import io.github.nixmaven.generator.cargo.semver.VersionReq;
import io.github.nixmaven.generator.text.Position;
import io.github.nixmaven.generator.text.RecordFile;
import io.github.nixmaven.generator.text.TomlTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the manifest inside a published crate. */
public final class PublishedManifest {
  private PublishedManifest() {}

  /**
   * Reads the library and the build script of a published crate, and their dependencies.
   *
   * @param toml its Cargo.toml
   * @param files the files whose presence matters to cargo, relative to the crate
   */
  public static Manifest read(TomlTable toml, List<String> files) {
    return ManifestReader.read(toml, null, PackageFiles.of(files), null);
  }

  /**
   * Reads the library and the build script of a published crate that is unpacked.
   *
   * @param toml its Cargo.toml
   * @param directory the crate's directory
   */
  public static Manifest read(TomlTable toml, Path directory) throws IOException {
    return ManifestReader.read(toml, null, PackageFiles.scan(directory), null);
  }

  /**
   * Writes the manifest of a published crate, so that it can be read again without its Cargo.toml.
   *
   * <p>The only targets are the library and the build script, and there are no path dependencies
   * and no development dependencies. Rename the file of records whenever this changes.
   */
  public static final class Format implements RecordFile.Format<Manifest> {
    // Many crates share a few texts, and parsing them takes longer than a lookup.
    private final Map<String, VersionReq> requirements = new HashMap<>();
    private final Map<String, Platform> platforms = new HashMap<>();
    private final Map<String, FeatureValue> featureValues = new HashMap<>();

    @Override
    public void write(Manifest manifest, RecordFile.Writer out) {
      out.string(manifest.name());
      out.string(manifest.version().toString());
      out.string(manifest.edition());
      out.string(manifest.links());
      out.strings(manifest.authors());
      out.number(manifest.metadata().size());
      manifest
          .metadata()
          .forEach(
              (key, value) -> {
                out.string(key);
                out.string(value);
              });
      out.number(manifest.features().size());
      manifest
          .features()
          .forEach(
              (name, values) -> {
                out.string(name);
                out.strings(values.stream().map(FeatureValue::toString).toList());
              });
      out.number(manifest.dependencies().size());
      for (Dependency dependency : manifest.dependencies()) {
        write(dependency, out);
      }
      out.number(manifest.targets().size());
      for (Target target : manifest.targets()) {
        write(target, out);
      }
      out.strings(manifest.lintFlags());
      write(manifest.position(), out);
    }

    @Override
    public Manifest read(RecordFile.Reader in) {
      return new Manifest(
          null,
          in.string(),
          Version.parse(in.string()),
          in.string(),
          in.nullable(),
          in.strings(),
          readMetadata(in),
          readFeatures(in),
          readDependencies(in),
          readTargets(in),
          in.strings(),
          List.of(), // a published crate is built with what is in it
          readPosition(in));
    }

    private static SortedMap<String, String> readMetadata(RecordFile.Reader in) {
      SortedMap<String, String> result = new TreeMap<>();
      for (int left = in.number(); left > 0; left--) {
        result.put(in.string(), in.string());
      }
      return result;
    }

    private SortedMap<String, List<FeatureValue>> readFeatures(RecordFile.Reader in) {
      SortedMap<String, List<FeatureValue>> result = new TreeMap<>();
      for (int left = in.number(); left > 0; left--) {
        String name = in.string();
        FeatureValue[] values = new FeatureValue[in.number()];
        for (int i = 0; i < values.length; i++) {
          String text = in.string();
          FeatureValue value = featureValues.get(text);
          if (value == null) {
            value = FeatureValue.parse(text);
            featureValues.put(text, value);
          }
          values[i] = value;
        }
        result.put(name, List.of(values));
      }
      return result;
    }

    private static void write(Dependency dependency, RecordFile.Writer out) {
      out.string(dependency.kind().name());
      out.string(dependency.nameInToml());
      out.string(dependency.packageName());
      out.number(
          (dependency.isRenamed() ? 1 : 0)
              | (dependency.optional() ? 2 : 0)
              | (dependency.defaultFeatures() ? 4 : 0));
      out.string(dependency.req().toString());
      out.strings(dependency.features());
      out.string(dependency.platform() == null ? null : dependency.platform().toString());
      out.string(dependency.git());
      out.string(dependency.gitReference());
      out.string(dependency.registry());
      write(dependency.position(), out);
    }

    private List<Dependency> readDependencies(RecordFile.Reader in) {
      Dependency[] result = new Dependency[in.number()];
      for (int i = 0; i < result.length; i++) {
        Dependency.Kind kind = Dependency.Kind.valueOf(in.string());
        String nameInToml = in.string();
        String packageName = in.string();
        int flags = in.number();
        result[i] =
            new Dependency(
                kind,
                nameInToml,
                packageName,
                (flags & 1) != 0,
                requirement(in.string()),
                (flags & 2) != 0,
                (flags & 4) != 0,
                in.strings(),
                platform(in.nullable()),
                null,
                in.nullable(),
                in.nullable(),
                in.nullable(),
                readPosition(in));
      }
      return List.of(result);
    }

    private VersionReq requirement(String text) {
      VersionReq known = requirements.get(text);
      if (known == null) {
        known = VersionReq.parse(text);
        requirements.put(text, known);
      }
      return known;
    }

    private @Nullable Platform platform(@Nullable String text) {
      if (text == null) {
        return null;
      }
      Platform known = platforms.get(text);
      if (known == null) {
        known = Platform.parse(text);
        platforms.put(text, known);
      }
      return known;
    }

    private static void write(Target target, RecordFile.Writer out) {
      out.string(target.kind().name());
      out.string(target.name());
      out.string(target.path());
      out.strings(target.crateTypes());
      out.strings(target.requiredFeatures());
      out.string(target.edition());
      out.number(
          (target.tested() ? 1 : 0)
              | (target.benched() ? 2 : 0)
              | (target.harness() ? 4 : 0)
              | (target.documented() ? 8 : 0)
              | (target.doctested() ? 16 : 0));
    }

    private static List<Target> readTargets(RecordFile.Reader in) {
      Target[] result = new Target[in.number()];
      for (int i = 0; i < result.length; i++) {
        Target.Kind kind = Target.Kind.valueOf(in.string());
        String name = in.string();
        String path = in.string();
        List<String> crateTypes = in.strings();
        List<String> requiredFeatures = in.strings();
        String edition = in.string();
        int flags = in.number();
        result[i] =
            new Target(
                kind,
                name,
                path,
                crateTypes,
                requiredFeatures,
                edition,
                (flags & 1) != 0,
                (flags & 2) != 0,
                (flags & 4) != 0,
                (flags & 8) != 0,
                (flags & 16) != 0);
      }
      return List.of(result);
    }

    private static void write(Position position, RecordFile.Writer out) {
      out.string(position.file());
      out.number(position.line());
      out.number(position.column());
    }

    private static Position readPosition(RecordFile.Reader in) {
      return new Position(in.string(), in.number(), in.number());
    }
  }
}
