import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nixmaven.generator.cargo.Cargo;
import io.github.nixmaven.generator.cargo.CargoCommand;
import io.github.nixmaven.generator.cargo.CargoProject;
import io.github.nixmaven.generator.cargo.PackageSources;
import io.github.nixmaven.generator.cargo.UnitComparison;
import io.github.nixmaven.generator.cargo.git.GitRepositories;
import io.github.nixmaven.generator.cargo.registry.CrateFiles;
import io.github.nixmaven.generator.cargo.registry.CrateId;
import io.github.nixmaven.generator.cargo.resolve.PackageGraph;
import io.github.nixmaven.generator.cargo.resolve.UnitGraph;
import io.github.nixmaven.generator.net.Downloader;
import io.github.nixmaven.generator.net.Progress;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.Position;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Compares our units with cargo's for published programs and whole workspaces: {@code Conformance
 * WORK CRATES CORPUS TARGET… -- [NAME…]}.
 *
 * <p>WORK is kept from run to run: sources, and cargo's answers on published programs. Names,XX */
final class Conformance {
  /** Locks that cargo brought up to date, for workspaces whose own is stale. */
  private static final Path LOCKS = Path.of("conformance/locks");

  private static final List<String> WORKSPACES = List.of("aura", "causality", "chat", "theater");

  private final Path work;
  private final List<String> targets;
  private final CrateFiles crateFiles;
  private final GitRepositories repositories;
  private final BlockingQueue<Path> cargoHomes = new LinkedBlockingQueue<>();
  private final String cargoVersion;
  private final Map<Verdict, Integer> totals = new TreeMap<>();

  private Conformance(Path work, List<String> targets) throws IOException {
    this.work = work;
    this.targets = targets;
    // Cargo locks its home while it resolves: a home for each process, and the same sources in all.
    for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
      Path home = Files.createDirectories(work.resolve("cargo-home-" + i));
      for (String sources : List.of("registry", "git")) {
        Path shared = Files.createDirectories(work.resolve(sources));
        if (!Files.exists(home.resolve(sources))) {
          Files.createSymbolicLink(home.resolve(sources), shared);
        }
      }
      cargoHomes.add(home);
    }
    this.crateFiles =
        new CrateFiles(
            work.resolve("cache"),
            Optional.of(work.resolve("cargo-home-0")),
            Optional.empty(),
            new Downloader(Duration.ofMinutes(2), 8, System.getenv()),
            false);
    this.repositories =
        new GitRepositories(
            work.resolve("cache"), Optional.of(work.resolve("cargo-home-0")), false, System.getenv());
    this.cargoVersion =
        new String(Cargo.run(work, Map.of(), List.of("--version")), StandardCharsets.UTF_8).strip();
  }

  /** What a comparison ends in. */
  private enum Verdict {
    /** The same units. */
    EQUAL,
    /** Both refuse, for the same reason. */
    REFUSED,
    /** Anything else. */
    DIFFERENT,
    /** We could not get what it is made of, so that nothing was compared. */
    UNREACHABLE
  }

  /**
   * Something to build.
   *
   * @param label what it is called in the output
   * @param directory the folder of its root manifest
   * @param answers where cargo's answers are kept, or null where its files may change
   * @param unfetched why cargo could not fetch what it needs, or null where it could
   */
  private record Project(
      String label, Path directory, @Nullable Path answers, @Nullable String unfetched) {}

  private record Outcome(String label, Verdict verdict, String detail) {}

  public static void main(String[] arguments) throws Exception {
    List<String> words = List.of(arguments);
    int end = words.indexOf("--");
    List<String> names = words.subList(end + 1, words.size());
    Path corpus = Path.of(words.get(2)).toAbsolutePath().normalize();
    Conformance suite =
        new Conformance(Path.of(words.get(0)).toAbsolutePath(), words.subList(3, end));
    List<Project> projects = suite.programs(Path.of(words.get(1)), names);
    projects.addAll(suite.workspaces(corpus, names));
    suite.compare(projects);
    System.out.println();
    System.out.println(suite.cargoVersion + ", " + projects.size() + " projects: " + suite.totals);
    boolean failed =
        suite.totals.containsKey(Verdict.DIFFERENT)
            || suite.totals.containsKey(Verdict.UNREACHABLE);
    System.exit(failed ? 1 : 0);
  }

  // Projects.

  /** Unpacks the programs of a list and has cargo fetch what they need, one after the other. */
  private List<Project> programs(Path list, List<String> names) throws Exception {
    List<Project> result = new ArrayList<>();
    int number = 0;
    for (String line : Files.readAllLines(list)) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] fields = line.split(" +");
      if (!names.isEmpty() && !names.contains(fields[0])) {
        continue;
      }
      CrateId id =
          new CrateId(fields[0], fields[1], fields[2], new Position(list.toString(), number, 1));
      Path directory = work.resolve("projects").resolve(fields[0] + "-" + fields[1]);
      if (!Files.isDirectory(directory)) {
        try {
          crateFiles.unpack(id, directory, Progress.NONE);
        } catch (IOException e) {
          print(unreachable(fields[0] + " " + fields[1], e));
          continue;
        }
        // A program may ask rustup for a compiler of its own; the comparison is with the one here.
        Files.deleteIfExists(directory.resolve("rust-toolchain"));
        Files.deleteIfExists(directory.resolve("rust-toolchain.toml"));
      }
      Path answers = work.resolve("answers").resolve(cargoVersion).resolve(fields[0] + "-" + fields[1]);
      result.add(fetched(fields[0] + " " + fields[1], directory, Files.createDirectories(answers)));
    }
    return result;
  }

  private List<Project> workspaces(Path corpus, List<String> names) throws IOException {
    List<Project> result = new ArrayList<>();
    for (String name : WORKSPACES) {
      if (!names.isEmpty() && !names.contains(name)) {
        continue;
      }
      if (!Files.isDirectory(corpus.resolve(name))) {
        System.out.println("not here, and not compared: " + corpus.resolve(name));
        continue;
      }
      Path directory = work.resolve("projects").resolve(name);
      copy(corpus.resolve(name), directory);
      for (String file : Files.readAllLines(directory.resolve("rust-files.txt"))) {
        Path source = directory.resolve(file);
        Files.createDirectories(source.getParent());
        Files.write(source, new byte[0]);
      }
      result.add(fetched(name, directory, null));
      Path mended = LOCKS.resolve(name + ".Cargo.lock");
      if (Files.exists(mended)) {
        Path other = work.resolve("projects").resolve(name + "-mended");
        copy(directory, other);
        Files.write(other.resolve("Cargo.lock"), Files.readAllBytes(mended));
        result.add(fetched(name + ", its lock mended", other, null));
      }
    }
    return result;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.write(copy, Files.readAllBytes(file));
      }
    }
  }

  /** Fetches with one process at a time, since two would unpack a crate over each other. */
  private Project fetched(String label, Path directory, @Nullable Path answers) throws IOException {
    Path mark = directory.resolve(".fetched");
    if (answers == null || !Files.exists(mark)) {
      try {
        Cargo.run(
            directory,
            Map.of("CARGO_HOME", work.resolve("cargo-home-0").toString()),
            List.of("fetch", "--locked"));
      } catch (Cargo.Refused e) {
        return new Project(label, directory, answers, e.getMessage());
      }
      Files.write(mark, new byte[0]);
    }
    return new Project(label, directory, answers, null);
  }

  // Comparing.

  private void compare(List<Project> projects) throws Exception {
    ExecutorService workers = Executors.newFixedThreadPool(cargoHomes.size());
    try {
      List<Future<List<Outcome>>> outcomes = new ArrayList<>();
      for (Project project : projects) {
        outcomes.add(workers.submit((Callable<List<Outcome>>) () -> outcomes(project)));
      }
      for (Future<List<Outcome>> outcome : outcomes) {
        outcome.get().forEach(this::print);
      }
    } finally {
      workers.shutdown();
    }
  }

  private static Outcome unreachable(String label, IOException why) {
    String line = String.valueOf(why.getMessage()).lines().findFirst().orElse("");
    return new Outcome(label, Verdict.UNREACHABLE, "could not be compared: " + line);
  }

  private void print(Outcome outcome) {
    totals.merge(outcome.verdict(), 1, Integer::sum);
    System.out.printf("%-11s %s: %s%n", outcome.verdict(), outcome.label(), outcome.detail());
  }

  private List<Outcome> outcomes(Project project) throws Exception {
    List<Outcome> result = new ArrayList<>();
    CargoProject loaded;
    PackageGraph graph;
    try {
      loaded = CargoProject.load(project.directory().resolve("Cargo.toml"), System.getenv());
      graph = loaded.graph(new PackageSources(crateFiles, repositories), Progress.NONE);
    } catch (InputException e) {
      return List.of(refused(project.label(), project.unfetched(), e.getMessage()));
    } catch (IOException e) {
      return List.of(unreachable(project.label(), e));
    }
    if (project.unfetched() != null) {
      return List.of(refused(project.label(), project.unfetched(), null));
    }
    result.add(manifests(project, graph));
    result.add(
        outcome(
            project, loaded, graph, List.of("build", "--workspace", "--features", "no-such")));
    for (String target : targets) {
      for (List<String> question : questions(graph)) {
        List<String> command = new ArrayList<>(question);
        command.addAll(List.of("--target", target));
        result.add(outcome(project, loaded, graph, command));
      }
    }
    return result;
  }

  private Outcome manifests(Project project, PackageGraph graph) throws Exception {
    String label = project.label() + ": cargo metadata";
    byte[] metadata =
        ask(project.directory(), List.of("metadata", "--format-version=1", "--frozen"));
    List<String> differences =
        Manifests.differences(graph, new ObjectMapper().readTree(metadata));
    return differences.isEmpty()
        ? new Outcome(label, Verdict.EQUAL, graph.nodes().size() + " manifests")
        : new Outcome(label, Verdict.DIFFERENT, String.join("\n", differences));
  }

  private static List<List<String>> questions(PackageGraph graph) {
    List<List<String>> result = new ArrayList<>();
    for (PackageGraph.Node member : graph.members()) {
      result.add(List.of("build", "--release", "-p", member.locked().name()));
    }
    result.add(List.of("build", "--release", "--workspace"));
    result.add(List.of("build", "--release", "--workspace", "--no-default-features"));
    result.add(List.of("build", "--release", "--workspace", "--all-features"));
    result.add(List.of("test", "--workspace"));
    return result;
  }

  private Outcome outcome(
      Project project,
      CargoProject loaded,
      PackageGraph graph,
      List<String> command)
      throws Exception {
    String label = project.label() + ": cargo " + String.join(" ", command);
    JsonNode cargos = null;
    String cargosRefusal = null;
    try {
      cargos = new ObjectMapper().readTree(answer(project, command));
    } catch (Cargo.Refused e) {
      cargosRefusal = e.getMessage();
    }
    UnitGraph ours;
    try {
      ours = CargoCommand.parse(command).plan(loaded, graph);
    } catch (InputException e) {
      return refused(label, cargosRefusal, e.getMessage());
    }
    if (cargos == null) {
      return refused(label, cargosRefusal, null);
    }
    try {
      UnitComparison.assertSame(label, ours, cargos);
    } catch (AssertionError e) {
      Path report = Files.createDirectories(work.resolve("differences"));
      Path file = report.resolve(label.replaceAll("[^A-Za-z0-9._-]+", "_") + ".txt");
      Files.writeString(file, String.valueOf(e.getMessage()));
      return new Outcome(label, Verdict.DIFFERENT, "see " + file);
    }
    return new Outcome(label, Verdict.EQUAL, ours.units().size() + " units");
  }

  private byte[] answer(Project project, List<String> command) throws Exception {
    List<String> arguments = new ArrayList<>(command);
    arguments.addAll(
        List.of("--frozen", "--ignore-rust-version", "--unit-graph", "-Zunstable-options"));
    if (project.answers() == null) {
      return ask(project.directory(), arguments);
    }
    Path kept = project.answers().resolve(String.join(" ", arguments) + ".json.gz");
    if (Files.exists(kept)) {
      try (InputStream in = new GZIPInputStream(Files.newInputStream(kept))) {
        return in.readAllBytes();
      }
    }
    byte[] answer = ask(project.directory(), arguments);
    Path partial = Files.createTempFile(project.answers(), "answer", ".part");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(partial))) {
      out.write(answer);
    }
    Files.move(partial, kept);
    return answer;
  }

  private byte[] ask(Path directory, List<String> arguments) throws InterruptedException {
    Path home = cargoHomes.take();
    try {
      return Cargo.run(directory, Map.of("CARGO_HOME", home.toString()), arguments);
    } finally {
      cargoHomes.add(home);
    }
  }

  // Refusals.

  /** Why cargo refuses and why we do: patterns that their messages match. */
  private enum Reason {
    STALE_LOCK(
        "(?s).*(cannot update the lock file|lock file .* needs to be updated).*",
        "(?s).*The lock is out of date.*"),
    NO_MANIFEST(
        "(?s).*failed to read `.*Cargo.toml`.*",
        "(?s).*(Cargo.toml: no such file|has no Cargo.toml).*"),
    UNKNOWN_FEATURE(
        "(?s).*(does not (contain|have) ((this|these|that|the) )?feature"
            + "|packages contains (this|these) feature).*",
        "(?s).*(contains? (this|these) feature|needs feature `.*` of .*, which does not have"
            + " this feature).*"),
    NATIVE_LIBRARY_TWICE(
        "(?s).*(links to the native library|multiple packages link to native library"
            + "|more than one crate with links).*",
        "(?s).*both link to the native library.*");

    private final String cargos;
    private final String ours;

    Reason(String cargos, String ours) {
      this.cargos = cargos;
      this.ours = ours;
    }
  }

  private static Outcome refused(String label, @Nullable String cargos, @Nullable String ours) {
    if (cargos != null && ours != null) {
      for (Reason reason : Reason.values()) {
        if (cargos.matches(reason.cargos) && ours.matches(reason.ours)) {
          return new Outcome(label, Verdict.REFUSED, reason.toString());
        }
      }
    }
    return new Outcome(
        label,
        Verdict.DIFFERENT,
        "cargo: "
            + (cargos == null ? "accepts it" : cargos.strip())
            + "\n  ours: "
            + (ours == null ? "accepts it" : ours));
  }
}
