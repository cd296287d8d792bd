package io.github.nixmaven.builder.realise;

import io.github.nixmaven.builder.command.Command;
import io.github.nixmaven.builder.language.Unit;
import io.github.nixmaven.builder.nix.Derivation;
import io.github.nixmaven.builder.nix.HermeticOptions;
import io.github.nixmaven.builder.nix.NixErrors;
import io.github.nixmaven.builder.nix.NixEvent;
import io.github.nixmaven.builder.nix.NixLog;
import io.github.nixmaven.builder.nix.SandboxProbe;
import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** One run of Nix that makes derivations present, and what the user sees of it. */
public final class Realisation {
  private final Project project;
  private final SourcePaths paths;
  private final Console console;
  private final Instant start = Instant.now();
  private final Timeline.Recorder times = new Timeline.Recorder();
  private final Map<String, Derivation> planned = new LinkedHashMap<>();
  private final Set<String> running = new LinkedHashSet<>();
  private final Set<String> started = new LinkedHashSet<>();
  private final Map<String, BuildLog> logs = new HashMap<>();
  private final Map<String, List<String>> messages = new HashMap<>();
  private final Set<String> shown = new HashSet<>();
  private final List<String> errors = new ArrayList<>();
  private final Map<String, Integer> partsLeft = new HashMap<>();

  /** Of packages with parts for other machines, the platforms. */
  private final Map<String, Set<String>> targetsOfPackages = new HashMap<>();

  private int packages;
  private int packagesDone;

  /**
   * What was done.
   *
   * @param built how many packages were built
   * @param reused how many were there already
   * @param fetched how many sources were downloaded
   */
  public record Counts(int built, int reused, int fetched) {}

  private Realisation(Project project, SourcePaths paths, Console console) {
    this.project = project;
    this.paths = paths;
    this.console = console;
  }

  /**
   * Makes the outputs of derivations present, and keeps in the work folder when each was built, as
   * {@link Timeline} has it.
   *
   * @throws BuildFailedException when one of them does not build; that is kept, too
   */
  public static Counts realise(
      Preparation prepared, Collection<Derivation> wanted, Path workDirectory, Console console)
      throws IOException, InterruptedException, BuildFailedException {
    Realisation realisation = new Realisation(prepared.project(), prepared.sourcePaths(), console);
    try {
      return realisation.realise(prepared, wanted);
    } finally {
      realisation.times.timeline().write(workDirectory);
    }
  }

  /**
   * Makes the outputs of derivations present. The sandbox is probed first if anything has to be
   * built.
   *
   * @param wanted derivations of the project
   * @throws BuildFailedException when one of them does not build
   * @throws InputException when the sandbox does not hold, or a source has to be downloaded and
   *     nothing may be
   */
  public static Counts realise(Preparation prepared, Collection<Derivation> wanted, Console console)
      throws IOException, InterruptedException, BuildFailedException {
    return new Realisation(prepared.project(), prepared.sourcePaths(), console)
        .realise(prepared, wanted);
  }

  private Counts realise(Preparation prepared, Collection<Derivation> wanted)
      throws IOException, InterruptedException, BuildFailedException {
    Set<String> reused = plan(prepared.nix(), wanted);
    Collection<Derivation> missing = planned.values();
    missing.removeAll(
        Sources.provide(
            project,
            missing.stream().filter(Derivation::isFixedOutput).toList(),
            prepared.nix(),
            prepared.options(),
            prepared.context(),
            console));
    List<Derivation> sources = missing.stream().filter(Derivation::isFixedOutput).toList();
    if (prepared.context().offline() && !sources.isEmpty()) {
      throw new InputException(
          null,
          Console.count(sources.size(), "source")
              + " not in the Nix store, but Maven is offline: "
              + sources.stream().map(Derivation::name).limit(10).collect(Collectors.joining(", ")),
          "Run once without `-o`.");
    }
    if (missing.size() > sources.size()) {
      SandboxProbe.check(
          prepared.nix(), prepared.library(), prepared.sysroot(), prepared.options());
    }
    if (!missing.isEmpty()) {
      prepared.warning().ifPresent(console::warn);
      console.info(
          "Building "
              + Console.count(packages, project.packageNoun())
              + (sources.isEmpty() ? "" : " from " + Console.count(sources.size(), "new source")));
      // What is said of no package takes long, such as a standard library.
      missing.stream()
          .map(project::unit)
          .filter(unit -> unit.packageName() == null && !unit.ecosystem().isEmpty())
          .forEach(unit -> console.info("Building " + unit.label() + " (once)"));
      run(prepared.nix(), prepared.options(), wanted);
    }
    return new Counts(packages, reused.size(), sources.size());
  }

  /**
   * Finds out what Nix will build: what is not valid, and of its inputs what is not valid.
   *
   * @return the packages that need no build
   */
  private Set<String> plan(Command nix, Collection<Derivation> wanted)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("--check-validity", "--print-invalid"));
    project.closure().values().forEach(derivation -> arguments.addAll(derivation.outputPaths()));
    Set<String> invalid = new HashSet<>(nix.capture("nix-store", arguments).lines().toList());
    Deque<Derivation> open = new ArrayDeque<>(wanted);
    while (!open.isEmpty()) {
      Derivation derivation = open.removeFirst();
      if (derivation.outputPaths().stream().anyMatch(invalid::contains)
          && planned.put(derivation.path(), derivation) == null) {
        String id = project.unit(derivation).packageId();
        if (id != null) {
          partsLeft.merge(id, 1, Integer::sum);
        }
        derivation.inputs().forEach(input -> open.addLast(derivation(input)));
      }
    }
    packages = partsLeft.size();
    for (Derivation derivation : planned.values()) {
      String id = project.unit(derivation).packageId();
      String target = project.unit(derivation).target();
      if (id != null && target != null) {
        targetsOfPackages.computeIfAbsent(id, key -> new TreeSet<>()).add(target);
      }
    }
    Set<String> reused = new HashSet<>();
    for (Derivation derivation : project.closure().values()) {
      String id = project.unit(derivation).packageId();
      if (id != null && !partsLeft.containsKey(id)) {
        reused.add(id);
      }
    }
    return reused;
  }

  private Derivation derivation(String path) {
    Derivation derivation = project.closure().get(path);
    if (derivation == null) {
      throw new IllegalArgumentException(path + " does not belong to the project");
    }
    return derivation;
  }

  private void run(Command nix, HermeticOptions options, Collection<Derivation> wanted)
      throws IOException, InterruptedException, BuildFailedException {
    List<String> arguments = new ArrayList<>(List.of("--realise"));
    arguments.addAll(NixLog.OPTIONS);
    arguments.addAll(options.arguments());
    roots(wanted).forEach(derivation -> arguments.add(derivation.path()));
    Command.Result result;
    Console.Status status = console.follow(this::status);
    try {
      result = nix.run("nix-store", arguments, new NixLog(this::hear));
    } finally {
      status.end();
    }
    if (result.status() != 0) {
      throw failure(result);
    }
  }

  /**
   * What has to be named for all that is planned to be built. Nix reports the end of what is named
   * only when everything is done.
   */
  private List<Derivation> roots(Collection<Derivation> wanted) {
    Set<String> needed = new HashSet<>();
    planned.values().forEach(derivation -> needed.addAll(derivation.inputs()));
    return wanted.stream()
        .filter(derivation -> planned.containsKey(derivation.path()))
        .filter(derivation -> !needed.contains(derivation.path()))
        .toList();
  }

  private synchronized void hear(NixEvent event) {
    if (event instanceof NixEvent.BuildStarted build) {
      started.add(build.derivation());
      running.add(build.derivation());
      times.started(build.derivation());
    } else if (event instanceof NixEvent.LogLine line) {
      String text = line.line();
      if (BuildLog.isCommand(text)) {
        return;
      }
      logs.computeIfAbsent(line.derivation(), key -> new BuildLog(project.language()))
          .add(paths.inLine(text));
      if (!text.startsWith("[" + project.unit(line.derivation()).packageId() + "] ")) {
        messages.computeIfAbsent(line.derivation(), key -> new ArrayList<>()).add(line.text());
      }
    } else if (event instanceof NixEvent.BuildStopped build) {
      running.remove(build.derivation());
      Derivation derivation = planned.get(build.derivation());
      if (derivation != null && isRegistered(derivation)) {
        times.ended(build.derivation(), derivation.outputPaths());
        showMessages(derivation);
        partDone(project.unit(derivation));
      } else {
        times.ended(build.derivation(), List.of());
      }
    } else if (event instanceof NixEvent.Message message
        && message.level() == NixEvent.Message.ERROR) {
      errors.add(message.text());
    }
  }

  /**
   * Shows what the compiler and the build script say to the user: all there is in the log of a unit
   * but its command and what a script wrote, which stands behind its package's name. Of what is
   * built for several machines once.
   */
  private void showMessages(Derivation derivation) {
    List<String> lines = messages.remove(derivation.path());
    if (lines == null || project.unit(derivation).packageId() == null) {
      return;
    }
    String text = String.join("\n", lines.stream().map(paths::inLine).toList()).stripTrailing();
    if (shown.add(text)) {
      console.warn(console.isColoured() ? text : NixLog.plain(text));
    }
  }

  private void partDone(Unit unit) {
    String id = unit.packageId();
    if (id != null && partsLeft.merge(id, -1, Integer::sum) == 0) {
      packagesDone++;
      if (!console.isTerminal()) {
        Set<String> triples = targetsOfPackages.getOrDefault(id, Set.of());
        console.info(
            "  built "
                + id
                + (triples.isEmpty() ? "" : " for " + String.join(", ", triples))
                + " ("
                + packagesDone
                + " of "
                + packages
                + ")");
      }
    }
  }

  private synchronized String status() {
    return "["
        + packagesDone
        + "/"
        + packages
        + "] "
        + Console.elapsed(Duration.between(start, Instant.now()))
        + (running.isEmpty()
            ? ""
            : "  "
                + running.stream()
                    .map(project::unit)
                    .map(Unit::labelWithTarget)
                    .collect(Collectors.joining(", ")));
  }

  /**
   * Whether a build that has ended has succeeded. Nix leaves at an output's place what a failed
   * build had made of it, too; but what it registers has the time of the store, the second 1.
   */
  private static boolean isRegistered(Derivation derivation) {
    return derivation.outputPaths().stream().allMatch(path -> hasTimeOfStore(Path.of(path)));
  }

  private static boolean hasTimeOfStore(Path path) {
    try {
      return Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).to(TimeUnit.SECONDS) == 1;
    } catch (IOException e) {
      return false; // nothing there: no package is announced, and Nix says what went wrong
    }
  }

  private String headline(String path) {
    return project.unit(path).labelWithTarget()
        + (derivation(path).isFixedOutput() ? " cannot be fetched" : " does not build");
  }

  private synchronized BuildFailedException failure(Command.Result result) throws IOException {
    Map<String, String> reasons = new LinkedHashMap<>();
    for (String error : errors) {
      String derivation = NixErrors.derivation(error);
      if (derivation != null && started.contains(derivation)) {
        reasons.putIfAbsent(derivation, NixErrors.reason(error));
      }
    }
    if (reasons.isEmpty()) {
      return new BuildFailedException(
          "Nix cannot build the project. It says:\n\n"
              + String.join("\n", errors.isEmpty() ? result.log() : errors));
    }
    StringBuilder text = new StringBuilder();
    text.append(
        reasons.size() == 1
            ? headline(reasons.keySet().iterator().next())
            : reasons.size() + " derivations do not build");
    for (Map.Entry<String, String> failed : reasons.entrySet()) {
      text.append("\n\n");
      if (reasons.size() > 1) {
        text.append(headline(failed.getKey())).append("\n");
      }
      text.append(failed.getValue());
      BuildLog log = logs.get(failed.getKey());
      if (log != null) {
        text.append(
            log.describe(
                project.unit(failed.getKey()).packageName(),
                project.unit(failed.getKey()).target()));
        text.append("\n\nThe whole log: nix-store --read-log ").append(failed.getKey());
      }
    }
    return new BuildFailedException(text.toString());
  }
}
