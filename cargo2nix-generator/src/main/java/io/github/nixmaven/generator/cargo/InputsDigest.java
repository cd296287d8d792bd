package io.github.nixmaven.generator.cargo;

import io.github.nixmaven.generator.cargo.config.Setting;
import io.github.nixmaven.generator.cargo.lock.LockedPackage;
import io.github.nixmaven.generator.cargo.lock.SourceId;
import io.github.nixmaven.generator.cargo.manifest.Profiles;
import io.github.nixmaven.generator.cargo.manifest.Target;
import io.github.nixmaven.generator.cargo.manifest.Workspace;
import io.github.nixmaven.generator.hash.Hash;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The digest of everything that affects the generated file: the lock, the manifests of the packages
 * on this disk, and what cargo infers from their files. Layout, comments, line ends and the place
 * of the checkout do not matter.
 */
public final class InputsDigest {
  /** Increase this whenever the generator's output changes for the same inputs. */
  private static final int FORMAT = 5;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);

  private InputsDigest() {}

  /**
   * Computes the digest.
   *
   * @param scope the builds that the file offers
   * @param directory the directory of the generated file; paths in it are relative to this
   *     directory
   * @return an SRI string
   */
  public static String of(CargoProject project, GenerationMatrix scope, Path directory) {
    InputsDigest digest = new InputsDigest();
    try {
      digest.add(FORMAT);
      digest.add(scope.hosts());
      digest.add(scope.targets());
      digest.add(scope.selections().stream().map(FeatureSelection::name).toList());
      digest.add(scope.tests());
      for (LockedPackage locked : project.lock().packages()) {
        digest.add(locked.label());
        digest.add(facts(locked.source()));
        digest.add(String.valueOf(locked.checksum()));
        digest.add(locked.dependencies());
      }
      digest.add(project.workspace().root().plain());
      digest.add(Profiles.of(project.workspace(), "release").settings());
      digest.add(vendored(project, directory));
      // Empty for most, whose digests stay what they were.
      for (Setting setting :
          project.workspace().config().settings(scope.hosts(), scope.targets())) {
        digest.add(setting.name());
        digest.add(setting.value());
      }
      Path real = directory.toRealPath();
      for (Map.Entry<Path, Workspace.Local> entry : project.workspace().packages().entrySet()) {
        Path place = directory.relativize(entry.getKey());
        Path target = entry.getKey().toRealPath();
        digest.add(place.toString());
        if (!target.equals(real.resolve(place).normalize())) {
          digest.add(real.relativize(target).toString());
        }
        digest.add(of(entry.getValue()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return digest.sri();
  }

  /** The vendored directories that replace sources of the lock, and the names in them. */
  private static List<Object> vendored(CargoProject project, Path directory) throws IOException {
    List<Object> result = new ArrayList<>();
    for (Path folder :
        PackageSources.vendored(project.published(), project.workspace().config()).keySet()) {
      result.add(directory.relativize(folder).toString());
      if (Files.isDirectory(folder)) {
        try (Stream<Path> entries = Files.list(folder)) {
          result.add(entries.map(entry -> entry.getFileName().toString()).sorted().toList());
        }
      }
    }
    return result;
  }

  /**
   * The digest of one package's manifest and of what cargo infers from its files: its targets and
   * its readme.
   */
  public static String of(Workspace.Local local) {
    InputsDigest digest = new InputsDigest();
    try {
      digest.add(local.toml().plain());
      digest.add(local.manifest().metadata());
      for (Target target : local.manifest().targets()) {
        digest.add(facts(target));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return digest.sri();
  }

  /** The digest of a setting's value. */
  static String of(Setting setting) {
    InputsDigest digest = new InputsDigest();
    try {
      digest.add(setting.value());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return digest.sri();
  }

  // Field by field: a record's toString costs a tenth of a short process's time, and its format is
  // not specified.
  private static List<Object> facts(@Nullable SourceId source) {
    return source == null
        ? List.of()
        : List.of(
            source.kind(),
            source.url(),
            String.valueOf(source.reference()),
            String.valueOf(source.commit()));
  }

  private static List<Object> facts(Target target) {
    return List.of(
        target.kind(),
        target.name(),
        target.path(),
        target.crateTypes(),
        target.requiredFeatures(),
        target.edition(),
        target.tested(),
        target.benched(),
        target.harness(),
        target.doctested());
  }

  private String sri() {
    return Hash.digest(Hash.Algorithm.SHA256, bytes.toByteArray()).sri();
  }

  /** Every value is preceded by its type and size, so that no two inputs look alike. */
  private void add(Object value) throws IOException {
    if (value instanceof Map<?, ?> map) {
      out.writeChar('m');
      out.writeInt(map.size());
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        add(String.valueOf(entry.getKey()));
        add(entry.getValue());
      }
    } else if (value instanceof Collection<?> items) {
      out.writeChar('l');
      out.writeInt(items.size());
      for (Object item : List.copyOf(items)) {
        add(item);
      }
    } else {
      byte[] text = value.toString().getBytes(StandardCharsets.UTF_8);
      out.writeChar(value instanceof String ? 's' : 'v');
      out.writeInt(text.length);
      out.write(text);
    }
  }
}
