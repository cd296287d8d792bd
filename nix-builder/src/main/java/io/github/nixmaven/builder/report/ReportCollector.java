package io.github.nixmaven.builder.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nixmaven.builder.language.Language;
import io.github.nixmaven.builder.language.Unit;
import io.github.nixmaven.builder.nix.Derivation;
import io.github.nixmaven.builder.nix.PathInfo;
import io.github.nixmaven.builder.realise.Build;
import io.github.nixmaven.builder.realise.Member;
import io.github.nixmaven.builder.realise.Preparation;
import io.github.nixmaven.builder.realise.Timeline;
import io.github.nixmaven.generator.hash.Hash;
import io.github.nixmaven.generator.pin.ListedPackage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Gathers what there is to say of a build: graph, store, timeline, licences, verification. */
final class ReportCollector {
  private static final int FORMAT = 2;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The formats of {@code nix:verify} that are understood. */
  private static final Set<Integer> VERIFICATIONS = Set.of(3);

  /** From best to worst. */
  private static final List<String> VERDICTS =
      List.of("identical", "different", "failed", "damaged", "unknown");

  private final ReportRequest request;
  private final Preparation prepared;
  private final List<Derivation> derivations;
  private final Map<String, PathInfo> paths = new HashMap<>();
  private final Map<String, Timeline.Span> spans;
  private final @Nullable JsonNode verification;

  ReportCollector(ReportRequest request, Preparation prepared)
      throws IOException, InterruptedException {
    this.request = request;
    this.prepared = prepared;
    this.derivations =
        prepared.project().closure().values().stream()
            .filter(derivation -> !derivation.isFixedOutput())
            .toList();
    this.spans = Timeline.read(request.settings().workDirectory()).spans();
    this.verification = verification();
    List<String> outputs =
        derivations.stream().flatMap(derivation -> derivation.outputPaths().stream()).toList();
    List<String> check = new ArrayList<>(List.of("--check-validity", "--print-invalid"));
    check.addAll(outputs);
    Set<String> invalid =
        new HashSet<>(prepared.nix().capture("nix-store", check).lines().toList());
    List<String> valid = outputs.stream().filter(path -> !invalid.contains(path)).toList();
    PathInfo.of(prepared.nix(), valid).forEach(info -> paths.put(info.path(), info));
  }

  /** The verification, if it was of what is built now. */
  private @Nullable JsonNode verification() throws IOException {
    if (!Files.isRegularFile(request.verification())) {
      return null;
    }
    JsonNode root = JSON.readTree(request.verification().toFile());
    Set<String> verified = new HashSet<>();
    root.path("outputs").forEach(output -> verified.add(output.path("derivation").asText()));
    // Where a canary failed, nothing was rebuilt, and that is what there is to say.
    boolean ours =
        (verified.isEmpty() && root.path("outcome").asText().equals("cannot_tell"))
            || verified.equals(
                derivations.stream().map(Derivation::path).collect(Collectors.toSet()));
    return VERIFICATIONS.contains(root.path("format").asInt()) && ours ? root : null;
  }

  ReportData collect() throws IOException {
    List<ReportData.BuiltPackage> packages = packages();
    int built = (int) packages.stream().filter(ReportData.BuiltPackage::built).count();
    int identical = 0;
    int different = 0;
    if (verification != null) {
      for (JsonNode output : verification.path("outputs")) {
        if (output.path("verdict").asText().equals(VERDICTS.get(0))) {
          identical++;
        } else {
          different++;
        }
      }
    }
    return new ReportData(
        FORMAT,
        prepared.project().packageNoun(),
        request.project(),
        verification == null ? "unverified" : verification.path("outcome").asText(),
        new ReportData.Summary(
            packages.size(),
            built,
            packages.size() - built,
            derivations.size(),
            paths.values().stream().mapToLong(PathInfo::narSize).sum(),
            identical,
            different),
        members(),
        packages,
        chart(),
        verification);
  }

  private List<ReportData.Output> members() throws IOException {
    List<ReportData.Output> result = new ArrayList<>();
    for (Map.Entry<Member, Derivation> member : prepared.project().members().entrySet()) {
      for (String output : member.getValue().outputPaths()) {
        if (paths.containsKey(output)) {
          result.add(
              new ReportData.Output(
                  member.getKey().name(), member.getKey().target(), output, files(output)));
        }
      }
    }
    return result;
  }

  private static List<ReportData.OutputFile> files(String output) throws IOException {
    Path root = Path.of(output);
    List<ReportData.OutputFile> result = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String name =
            file.equals(root) ? root.getFileName().toString() : root.relativize(file).toString();
        MessageDigest sha256 = Hash.Algorithm.SHA256.newDigest();
        MessageDigest sha512 = Hash.Algorithm.SHA512.newDigest();
        try (InputStream in = Files.newInputStream(file)) {
          byte[] buffer = new byte[1 << 16];
          for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            sha256.update(buffer, 0, read);
            sha512.update(buffer, 0, read);
          }
        }
        result.add(
            new ReportData.OutputFile(
                name,
                Files.size(file),
                Hash.of(Hash.Algorithm.SHA256, sha256.digest()).hex(),
                Hash.of(Hash.Algorithm.SHA512, sha512.digest()).hex()));
      }
    }
    return result;
  }

  private List<ReportData.BuiltPackage> packages() throws IOException {
    Map<String, List<Derivation>> byPackage = new TreeMap<>();
    Map<String, String> packageOf = new HashMap<>();
    for (Derivation derivation : derivations) {
      String one = prepared.project().unit(derivation).packageId();
      if (one != null) {
        byPackage.computeIfAbsent(one, key -> new ArrayList<>()).add(derivation);
        packageOf.put(derivation.path(), one);
      }
    }
    Map<String, Set<String>> dependencies = new TreeMap<>();
    Map<String, Set<String>> dependents = new TreeMap<>();
    byPackage.forEach(
        (one, parts) -> {
          dependencies.put(one, new TreeSet<>());
          dependents.computeIfAbsent(one, key -> new TreeSet<>());
          for (Derivation part : parts) {
            for (String input : part.inputs()) {
              String other = packageOf.get(input);
              if (other != null && !other.equals(one)) {
                Objects.requireNonNull(dependencies.get(one)).add(other);
                dependents.computeIfAbsent(other, key -> new TreeSet<>()).add(one);
              }
            }
          }
        });
    Build build = request.settings().build();
    Map<String, List<ListedPackage>> pinned =
        ListedPackage.ofExisting(build.language().ecosystem(), build.file()).stream()
            .collect(Collectors.groupingBy(one -> one.name() + " " + one.version()));
    Map<String, String> verdicts = verdicts();
    List<ReportData.BuiltPackage> result = new ArrayList<>();
    for (Map.Entry<String, List<Derivation>> entry : byPackage.entrySet()) {
      String id = entry.getKey();
      Unit unit = prepared.project().unit(entry.getValue().get(0));
      List<ListedPackage> pins = pinned.getOrDefault(id, List.of());
      List<ReportData.Part> parts = entry.getValue().stream().map(this::part).toList();
      result.add(
          new ReportData.BuiltPackage(
              id,
              Objects.requireNonNull(unit.packageName()),
              Objects.requireNonNull(unit.version()),
              joined(pins.stream().flatMap(pin -> pin.license().stream())),
              joined(pins.stream().map(ListedPackage::source)),
              entry.getValue().stream()
                  .map(part -> verdicts.getOrDefault(part.path(), "unverified"))
                  .max(Comparator.comparing(VERDICTS::indexOf))
                  .orElseThrow(),
              entry.getValue().stream().anyMatch(this::isBuilt),
              seconds(entry.getValue()),
              parts.stream().mapToLong(ReportData.Part::bytes).sum(),
              List.copyOf(Objects.requireNonNull(dependencies.get(id))),
              List.copyOf(Objects.requireNonNull(dependents.get(id))),
              parts));
    }
    return result;
  }

  private static @Nullable String joined(Stream<String> values) {
    List<String> distinct = values.distinct().sorted().toList();
    return distinct.isEmpty() ? null : String.join(", ", distinct);
  }

  private Map<String, String> verdicts() {
    Map<String, String> result = new HashMap<>();
    if (verification != null) {
      for (JsonNode output : verification.path("outputs")) {
        result.merge(
            output.path("derivation").asText(),
            output.path("verdict").asText(),
            (a, b) -> VERDICTS.indexOf(a) > VERDICTS.indexOf(b) ? a : b);
      }
    }
    return result;
  }

  private ReportData.Part part(Derivation derivation) {
    String output = derivation.outputPaths().isEmpty() ? null : derivation.outputPaths().get(0);
    PathInfo info = output == null ? null : paths.get(output);
    return new ReportData.Part(
        prepared.project().unit(derivation).labelWithTarget(),
        derivation.path(),
        output,
        info == null ? null : info.narHash().sri(),
        derivation.outputPaths().stream()
            .map(paths::get)
            .filter(Objects::nonNull)
            .mapToLong(PathInfo::narSize)
            .sum());
  }

  private boolean isBuilt(Derivation derivation) {
    Timeline.Span span = spans.get(derivation.path());
    return span != null && !span.failed() && !span.started().isBefore(request.since());
  }

  private @Nullable Double seconds(List<Derivation> parts) {
    List<Timeline.Span> known =
        parts.stream().map(part -> spans.get(part.path())).filter(Objects::nonNull).toList();
    return known.isEmpty()
        ? null
        : round(known.stream().mapToDouble(span -> seconds(span.started(), span.ended())).sum());
  }

  /** This run's build, or the last one of which something is still in use. */
  private ReportData.@Nullable Chart chart() {
    Map<Derivation, Timeline.Span> known = new HashMap<>();
    for (Derivation derivation : prepared.project().closure().values()) {
      Timeline.Span span = spans.get(derivation.path());
      if (span != null) {
        known.put(derivation, span);
      }
    }
    if (known.isEmpty()) {
      return null;
    }
    Instant last =
        known.values().stream().map(Timeline.Span::build).max(Instant::compareTo).orElseThrow();
    boolean thisRun = !last.isBefore(request.since());
    known
        .values()
        .removeIf(
            span -> thisRun ? span.build().isBefore(request.since()) : !span.build().equals(last));
    Instant first =
        known.values().stream().map(Timeline.Span::started).min(Instant::compareTo).orElseThrow();
    Instant end =
        known.values().stream().map(Timeline.Span::ended).max(Instant::compareTo).orElseThrow();
    List<ReportData.Bar> bars = new ArrayList<>();
    TreeMap<Double, Integer> changes = new TreeMap<>();
    known.forEach(
        (derivation, span) -> {
          double start = seconds(first, span.started());
          double length = seconds(span.started(), span.ended());
          Unit unit = prepared.project().unit(derivation);
          bars.add(
              new ReportData.Bar(
                  unit.labelWithTarget(),
                  unit.packageId(),
                  kind(unit, prepared.project().language()),
                  start,
                  length,
                  span.failed()));
          changes.merge(start, 1, Integer::sum);
          changes.merge(round(start + length), -1, Integer::sum);
        });
    bars.sort(Comparator.comparing(ReportData.Bar::start).thenComparing(ReportData.Bar::label));
    List<ReportData.Step> steps = new ArrayList<>();
    int running = 0;
    for (Map.Entry<Double, Integer> change : changes.entrySet()) {
      running += change.getValue();
      steps.add(new ReportData.Step(change.getKey(), running));
    }
    return new ReportData.Chart(
        first.toString(), thisRun, seconds(first, end), List.copyOf(bars), List.copyOf(steps));
  }

  private static String kind(Unit unit, Language language) {
    if (unit.packageName() == null) {
      return "other";
    }
    return language.roleOf(unit).name().toLowerCase(Locale.ROOT);
  }

  private static double seconds(Instant from, Instant to) {
    return round(Duration.between(from, to).toMillis() / 1000.0);
  }

  private static double round(double seconds) {
    return Math.round(seconds * 1000) / 1000.0;
  }
}
