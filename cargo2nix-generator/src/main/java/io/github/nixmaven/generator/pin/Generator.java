package io.github.nixmaven.generator.pin;

import io.github.nixmaven.generator.nix.NixValue;
import io.github.nixmaven.generator.text.AtomicFile;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/**
 * Translates locks into Nix expressions.
 *
 * <p>Needs neither a package manager nor Nix, and starts no process. The same inputs give the same
 * bytes.
 */
public final class Generator {
  /** The table of a generated file that has the digests of {@link Project#settings}. */
  public static final String SETTINGS = "settings";

  private Generator() {}

  /**
   * Writes the generated file, unless the existing one is already right.
   *
   * @throws InputException when the lock, a manifest or a package is not valid; the old file is
   *     unchanged
   * @throws IOException when reading, fetching or writing fails; the old file is unchanged
   */
  public static GenerateResult generate(LockRequest request, Context context)
      throws IOException, InterruptedException {
    Path output = output(request);
    Project project = request.read(output, context);
    Optional<GeneratedFile> last = lastFile(request.ecosystem(), output, context);
    FutureTask<String> inputs = new FutureTask<>(project::inputs);
    if (last.isPresent()) {
      inputs.run();
    } else { // nothing to compare with yet
      Thread beside = new Thread(inputs, "digest");
      beside.setDaemon(true);
      beside.start();
    }
    SortedMap<String, Fingerprint> before = packages(request.ecosystem(), last);
    if (last.isPresent()
        && last.get().intact()
        && last.get().inputs().equals(get(inputs))
        && project.hasCompanions()) {
      project.verify();
      provide(project, context);
      return GenerateResult.unchanged(before.size(), project.ignored());
    }
    Expression expression = project.expression();
    AtomicFile.write(output, GeneratedFile.compose(get(inputs), expression.text()));
    provide(project, context);
    SortedMap<String, Fingerprint> packages = expression.packages();
    Changes changes = Changes.between(before, packages);
    return new GenerateResult(
        true,
        last.isPresent() && !last.get().intact(),
        packages.size(),
        changes.added(),
        changes.removed(),
        changes.changed(),
        project.ignored());
  }

  private static String get(Future<String> digest) throws InterruptedException {
    try {
      return digest.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      throw new IllegalStateException(e);
    }
  }

  /** Offline, a build uses the existing files and reports the missing ones. */
  private static void provide(Project project, Context context)
      throws IOException, InterruptedException {
    if (!context.offline()) {
      project.provide();
    }
  }

  /**
   * Checks whether the generated file still fits the lock and the manifests. Reads only this disk.
   *
   * @throws InputException when the lock, a manifest or a source on this disk is not valid
   */
  public static CheckResult check(LockRequest request, Context context)
      throws IOException, InterruptedException {
    Path output = output(request);
    Project project = request.read(output, context);
    Optional<GeneratedFile> last = lastFile(request.ecosystem(), output, context);
    if (last.isEmpty()) {
      return new CheckResult(
          false,
          List.of(
              output
                  + (AtomicFile.isReplaceable(output)
                      ? " does not exist"
                      : " is a device or a pipe, which cannot be checked")));
    }
    project.verify();
    List<String> differences = new ArrayList<>();
    if (!last.get().intact()) {
      differences.add(output + " was edited by hand, or merged");
    }
    if (!last.get().inputs().equals(project.inputs())) {
      int before = differences.size();
      differences.addAll(drift(packages(request.ecosystem(), last), project, output));
      differences.addAll(changedSettings(last.get(), project));
      if (differences.size() == before) {
        differences.add(
            "the workspace's manifest, the dependencies in the lock, or the file's `scope`");
      }
    }
    return new CheckResult(differences.isEmpty(), List.copyOf(differences));
  }

  /** The packages with outdated pins, and the new packages. */
  private static List<String> drift(
      SortedMap<String, Fingerprint> last, Project project, Path output) {
    List<String> result = new ArrayList<>();
    if (last.isEmpty()) {
      return result;
    }
    SortedMap<String, Fingerprint> now = project.locked();
    Set<String> added = new TreeSet<>(project.needed());
    added.removeAll(last.keySet());
    for (Map.Entry<String, Fingerprint> entry : last.entrySet()) {
      String key = entry.getKey();
      Fingerprint current = now.get(key);
      if (current == null) {
        String name = name(key);
        List<String> others = new ArrayList<>();
        for (String other : now.keySet()) {
          if (name(other).equals(name)) {
            others.add(other.substring(name.length() + 1));
            added.remove(other);
          }
        }
        result.add(
            key
                + (others.isEmpty()
                    ? " is not in the lock"
                    : ": the lock has " + String.join(", ", others)));
      } else if (!current.equals(entry.getValue())) {
        result.add(key + ": its " + entry.getValue().kind());
      }
    }
    added.forEach(key -> result.add(key + ": in the lock, not in " + output.getFileName()));
    return result;
  }

  /** The user's settings that are not those of the file, with where they are set now. */
  private static List<String> changedSettings(GeneratedFile last, Project project) {
    Map<String, NixValue> recorded = last.entries(SETTINGS);
    SortedMap<String, Project.Setting> now = project.settings();
    List<String> result = new ArrayList<>();
    for (Map.Entry<String, Project.Setting> entry : now.entrySet()) {
      Project.Setting setting = entry.getValue();
      if (!(recorded.get(entry.getKey()) instanceof NixValue.Text digest
          && digest.value().equals(setting.digest()))) {
        result.add(
            (setting.position() == null ? "" : setting.position() + ": ")
                + "`"
                + entry.getKey()
                + "`");
      }
    }
    for (String name : recorded.keySet()) {
      if (!now.containsKey(name)) {
        result.add("`" + name + "` is not set any more");
      }
    }
    return result;
  }

  private static String name(String key) {
    return key.substring(0, key.indexOf(' '));
  }

  /** If an edited file cannot be read, its pins are unknown. */
  private static SortedMap<String, Fingerprint> packages(
      Ecosystem ecosystem, Optional<GeneratedFile> last) {
    try {
      return last.isPresent() ? ecosystem.packages(last.get()) : new TreeMap<>();
    } catch (InputException e) {
      if (last.isPresent() && last.get().intact()) {
        throw e;
      }
      return new TreeMap<>();
    }
  }

  /** Never overwrites a file that is not ours. */
  private static Optional<GeneratedFile> lastFile(Ecosystem ecosystem, Path output, Context context)
      throws IOException {
    if (!AtomicFile.isReplaceable(output)) {
      return Optional.empty(); // reading could wait for ever
    }
    if (Files.isDirectory(output)) {
      throw new InputException(
          Position.of(output),
          "this is a directory",
          "Name a file such as `"
              + ecosystem.generatedName()
              + "` with "
              + context.wording().output()
              + ".");
    }
    Optional<GeneratedFile> last = GeneratedFile.read(output);
    if (last.isEmpty() && Files.exists(output) && !GeneratedFile.isReplaceable(output)) {
      throw new InputException(
          Position.of(output),
          "this file was not generated",
          "Move it away, or name another file with " + context.wording().output() + ".");
    }
    return last;
  }

  /** Nix follows a link to the file before it looks up the paths in it. */
  private static Path output(LockRequest request) throws IOException {
    Path output = AtomicFile.followed(request.output());
    if (output.getParent() == null) {
      throw new InputException(
          Position.of(output),
          "this is not a file",
          "Name a file such as `" + request.ecosystem().generatedName() + "`.");
    }
    return output;
  }
}
