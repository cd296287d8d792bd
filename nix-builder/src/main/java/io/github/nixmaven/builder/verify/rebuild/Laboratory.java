package io.github.nixmaven.builder.verify.rebuild;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nixmaven.builder.command.Command;
import io.github.nixmaven.builder.nix.Derivation;
import io.github.nixmaven.builder.nix.HermeticOptions;
import io.github.nixmaven.builder.realise.Preparation;
import io.github.nixmaven.generator.text.DirectoryTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where derivations are rebuilt in conditions of choice.
 *
 * <p>Every condition is one that Nix or the machine sets for a build from outside. So the
 * derivation stays what it is, and its output has the same store path: Nix itself compares it with
 * the one that is there.
 */
public final class Laboratory implements AutoCloseable {
  /** As long as the usual one, so that what holds it keeps its size, and differs only there. */
  static final String OTHER_BUILD_DIRECTORY = "/other";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Preparation prepared;
  private final Duration limit;
  private final Path scratch;
  private final Map<Axis, AxisAvailability> availability = new EnumMap<>(Axis.class);
  private final Map<String, Derivation> clocks = new HashMap<>();
  private final Map<String, Derivation> canaries = new HashMap<>();
  private final List<Integer> processors;
  private final boolean pinned;
  private final String otherCores;
  private @Nullable Disorder disorder;

  private Laboratory(Preparation prepared, int cores, Duration limit, Path scratch)
      throws IOException {
    this.prepared = prepared;
    this.limit = limit;
    this.scratch = scratch;
    processors = Processors.allowed();
    pinned =
        processors.size() > 1
            && !usesDaemon()
            && prepared.nix().onSearchPath().isInstalled("taskset");
    otherCores = cores == 1 ? "2" : "1";
  }

  /**
   * Builds what conditions are made with.
   *
   * @param cores how many threads the builds were told to use; 0 for as many as there are
   *     processors
   * @param limit how long one rebuild may take
   */
  public static Laboratory open(Preparation prepared, int cores, Duration limit)
      throws IOException, InterruptedException {
    // Nix's build users go through it.
    Path scratch =
        Files.createTempDirectory(
            "nix-verify-",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    Laboratory laboratory = new Laboratory(prepared, cores, limit, scratch);
    try {
      laboratory.build();
      laboratory.tryAxes(cores);
      return laboratory;
    } catch (IOException | InterruptedException | RuntimeException e) {
      laboratory.close();
      throw e;
    }
  }

  private void build() throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(prepared.options().arguments());
    arguments.addAll(List.of("--eval", "--strict", "--json", "--read-write-mode"));
    arguments.add(prepared.library().resolve("verify").toAbsolutePath().toString());
    arguments.addAll(List.of("--argstr", "sysroot", prepared.sysroot().toString()));
    JsonNode json = JSON.readTree(prepared.nix().capture("nix-instantiate", arguments));
    read(json.get("clocks"), clocks);
    read(json.get("canaries"), canaries);
    List<String> realise = new ArrayList<>(List.of("--realise"));
    realise.addAll(prepared.options().arguments());
    clocks.values().forEach(each -> realise.add(each.path()));
    canaries.values().forEach(each -> realise.add(each.path()));
    prepared.nix().capture("nix-store", realise);
  }

  private static void read(JsonNode paths, Map<String, Derivation> into) throws IOException {
    for (Map.Entry<String, JsonNode> each : paths.properties()) {
      into.put(each.getKey(), Derivation.read(each.getValue().asText()));
    }
  }

  private void tryAxes(int cores) throws IOException, InterruptedException {
    availability(Axis.PATH, true, OTHER_BUILD_DIRECTORY + " instead of /build");
    availability(
        Axis.CORES,
        true,
        (pinned ? "one processor instead of " + processors.size() + ", " : "")
            + "told to use "
            + otherCores
            + " instead of "
            + (cores == 0 ? processors.size() : cores));
    availability(Axis.TIME, true, "400 days and some hours later, for dynamically linked programs");
    Command programs = prepared.nix().onSearchPath();
    if (!Disorder.isInstalled(programs)) {
      availability(Axis.ORDER, false, "disorderfs is not installed");
    } else if (usesDaemon()) {
      availability(Axis.ORDER, false, "the Nix daemon chooses the build directories");
    } else if (!isRoot()) {
      availability(Axis.ORDER, false, "only root can mount a file system for builds");
    } else {
      try {
        disorder = Disorder.mount(Files.createDirectory(scratch.resolve("disorder")), programs);
        availability(Axis.ORDER, true, "shuffled in the build directory");
      } catch (IOException e) {
        availability(Axis.ORDER, false, String.valueOf(e.getMessage()));
      }
    }
    availability(Axis.KERNEL, true, "Linux 2.6");
  }

  private void availability(Axis axis, boolean tried, String detail) {
    availability.put(axis, new AxisAvailability(axis, tried, detail));
  }

  /** The conditions that can be varied here, and why the others cannot. */
  public List<AxisAvailability> availability() {
    return List.copyOf(availability.values());
  }

  /** The axes that can be varied here. */
  public Set<Axis> axes() {
    Set<Axis> result = EnumSet.noneOf(Axis.class);
    availability.values().stream()
        .filter(AxisAvailability::tried)
        .forEach(each -> result.add(each.axis()));
    return result;
  }

  /** The canary that depends on an axis, or with null the one that depends on nothing. */
  Derivation canary(@Nullable Axis axis) {
    return Objects.requireNonNull(
        canaries.get(axis == null ? "clean" : axis.name().toLowerCase(Locale.ROOT)));
  }

  /** How many rebuilds may run at once. */
  public int slots(int maxJobs) {
    return maxJobs == 0 ? processors.size() : maxJobs;
  }

  /**
   * Rebuilds a derivation whose output is in the store.
   *
   * @param slot which of those that run at once this is, counted from 0
   * @param keep takes each output that differs, before it is deleted
   * @throws IOException when Nix ends in a way that says nothing about the rebuild
   */
  public RebuildResult rebuild(
      Derivation derivation, Conditions conditions, int slot, Rebuild.Keeper keep)
      throws IOException, InterruptedException {
    Path builds = Files.createTempDirectory(scratch, "builds-");
    Files.setPosixFilePermissions(builds, PosixFilePermissions.fromString("rwxr-xr-x"));
    Set<Axis> varied = conditions.varied();
    HermeticOptions options = prepared.options();
    if (varied.contains(Axis.PATH)) {
      options = options.with("sandbox-build-dir", OTHER_BUILD_DIRECTORY);
    }
    List<String> starter = List.of();
    if (varied.contains(Axis.CORES)) {
      options = options.with("cores", otherCores);
      if (pinned) {
        starter = List.of("taskset", "-c", processors.get(slot % processors.size()).toString());
      }
    }
    if (conditions.clockStands()) {
      options = options.withSandboxPath(clock("standing"));
    } else if (varied.contains(Axis.TIME)) {
      options = options.withSandboxPath(clock("later"));
    }
    if (varied.contains(Axis.KERNEL)) {
      options = options.with("impersonate-linux-26", "true");
    }
    Path temporary =
        varied.contains(Axis.ORDER) && disorder != null
            ? Files.createDirectories(disorder.folder().resolve("slot-" + slot))
            : builds;
    Command nix = prepared.nix().in(starter, Map.of("TMPDIR", temporary.toString()), limit);
    try {
      return new Rebuild(prepared, derivation, keep).run(nix, options);
    } finally {
      DirectoryTree.delete(builds);
    }
  }

  private String clock(String name) {
    Derivation clock = Objects.requireNonNull(clocks.get(name));
    return "/etc/ld.so.preload=" + clock.outputPaths().get(0) + "/ld.so.preload";
  }

  /** Whether builds are another process's, which this one's environment does not reach. */
  private boolean usesDaemon() {
    String remote = prepared.context().environment().get("NIX_REMOTE");
    if (remote != null && !remote.isEmpty()) {
      return !remote.equals("local");
    }
    return !Files.isWritable(Path.of("/nix/var/nix/db"));
  }

  private static boolean isRoot() throws IOException {
    return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
  }

  @Override
  public void close() throws IOException {
    if (disorder != null) {
      disorder.close();
    }
    DirectoryTree.delete(scratch);
  }
}
