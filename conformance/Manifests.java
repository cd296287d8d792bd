import com.fasterxml.jackson.databind.JsonNode;
import io.github.nixmaven.generator.cargo.cfg.Platform;
import io.github.nixmaven.generator.cargo.cfg.TargetInfo;
import io.github.nixmaven.generator.cargo.manifest.Dependency;
import io.github.nixmaven.generator.cargo.manifest.Manifest;
import io.github.nixmaven.generator.cargo.manifest.Target;
import io.github.nixmaven.generator.cargo.resolve.PackageGraph;
import io.github.nixmaven.generator.cargo.semver.VersionReq;
import io.github.nixmaven.generator.cargo.source.Pin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares our reading of manifests with what {@code cargo metadata} says of them. Of a published
 * crate, that is what we read: no tests, examples, binaries and development dependencies.
 */
final class Manifests {
  private static final List<String> METADATA =
      List.of("description", "homepage", "license", "license_file", "repository", "rust_version");

  /** Conditions are compared by which of these they take in. */
  private static final List<TargetInfo> TARGETS =
      List.of(
              "x86_64-unknown-linux-gnu",
              "aarch64-unknown-linux-gnu",
              "armv7-unknown-linux-gnueabihf",
              "riscv64gc-unknown-linux-gnu",
              "s390x-unknown-linux-gnu",
              "x86_64-unknown-linux-musl",
              "aarch64-linux-android",
              "x86_64-unknown-freebsd",
              "x86_64-unknown-redox",
              "aarch64-apple-darwin",
              "aarch64-apple-ios",
              "i686-pc-windows-gnu",
              "x86_64-pc-windows-msvc",
              "wasm32-unknown-unknown",
              "wasm32-wasip1",
              "x86_64-unknown-none")
          .stream()
          .map(TargetInfo::of)
          .toList();

  private Manifests() {}

  /** The packages whose reading differs, with both readings. */
  static List<String> differences(PackageGraph graph, JsonNode metadata) {
    Map<String, List<JsonNode>> cargos = new HashMap<>();
    for (JsonNode found : metadata.get("packages")) {
      cargos
          .computeIfAbsent(
              found.get("name").asText() + "@" + found.get("version").asText(),
              key -> new ArrayList<>())
          .add(found);
    }
    List<String> result = new ArrayList<>();
    for (PackageGraph.Node node : graph.nodes()) {
      String label = node.manifest().name() + "@" + node.manifest().version();
      List<String> ours = lines(node.manifest());
      List<List<String>> theirs =
          cargos.getOrDefault(label, List.of()).stream()
              .map(found -> lines(found, !(node.pin() instanceof Pin.CrateFile)))
              .toList();
      // Cargo leaves out what the lock holds and nothing can reach.
      if (!theirs.isEmpty() && !theirs.contains(ours)) {
        List<String> onlyOurs = new ArrayList<>(ours);
        onlyOurs.removeAll(theirs.get(0));
        List<String> onlyCargos = new ArrayList<>(theirs.get(0));
        onlyCargos.removeAll(ours);
        result.add(label + "\n  only ours: " + onlyOurs + "\n  only cargo's: " + onlyCargos);
      }
    }
    return result;
  }

  private static List<String> lines(Manifest manifest) {
    List<String> result = new ArrayList<>();
    result.add("edition " + manifest.edition());
    result.add("links " + manifest.links());
    result.add("authors " + manifest.authors());
    for (String key : METADATA) {
      result.add(key + " " + manifest.metadata().get(key.replace('_', '-')));
    }
    manifest
        .features()
        .forEach(
            (name, values) ->
                result.add(
                    "feature "
                        + name
                        + " "
                        + values.stream().map(String::valueOf).sorted().toList()));
    List<String> dependencies = new ArrayList<>();
    for (Dependency dependency : manifest.dependencies()) {
      dependencies.add(
          dependency(
              dependency.kind().name().toLowerCase(Locale.ROOT),
              dependency.packageName(),
              dependency.isRenamed() ? dependency.nameInToml() : "null",
              dependency.req().toString(),
              dependency.optional(),
              dependency.defaultFeatures(),
              dependency.features(),
              dependency.platform()));
    }
    result.addAll(dependencies.stream().sorted().toList());
    List<String> targets = new ArrayList<>();
    for (Target target : manifest.targets()) {
      targets.add(
          "target "
              + target.name()
              + " "
              + target.crateTypes()
              + " "
              + target.edition()
              + " "
              + target.requiredFeatures()
              + " "
              + target.path());
    }
    result.addAll(targets.stream().sorted().toList());
    return result;
  }

  private static List<String> lines(JsonNode found, boolean whole) {
    List<String> result = new ArrayList<>();
    result.add("edition " + found.get("edition").asText());
    result.add("links " + found.get("links").asText());
    result.add("authors " + strings(found.get("authors")));
    for (String key : METADATA) {
      result.add(key + " " + found.get(key).asText());
    }
    found
        .get("features")
        .properties()
        .forEach(
            entry ->
                result.add(
                    "feature "
                        + entry.getKey()
                        + " "
                        + strings(entry.getValue()).stream().sorted().toList()));
    List<String> dependencies = new ArrayList<>();
    for (JsonNode dependency : found.get("dependencies")) {
      String kind = dependency.get("kind").asText();
      if (!whole && kind.equals("dev")) {
        continue;
      }
      JsonNode target = dependency.get("target");
      dependencies.add(
          dependency(
              kind.equals("dev") ? "development" : kind.equals("null") ? "normal" : kind,
              dependency.get("name").asText(),
              dependency.get("rename").asText(),
              dependency.get("req").asText(),
              dependency.get("optional").asBoolean(),
              dependency.get("uses_default_features").asBoolean(),
              strings(dependency.get("features")),
              target.isNull() ? null : Platform.parse(target.asText())));
    }
    result.addAll(dependencies.stream().sorted().toList());
    String manifest = found.get("manifest_path").asText();
    String folder = manifest.substring(0, manifest.lastIndexOf('/') + 1);
    List<String> targets = new ArrayList<>();
    for (JsonNode target : found.get("targets")) {
      List<String> kinds = strings(target.get("kind"));
      boolean other = kinds.stream().anyMatch(List.of("bin", "example", "test", "bench")::contains);
      if (whole || !other) {
        targets.add(
            "target "
                + target.get("name").asText()
                + " "
                + strings(target.get("crate_types"))
                + " "
                + target.get("edition").asText()
                + " "
                + strings(target.path("required-features"))
                + " "
                + target.get("src_path").asText().replace(folder, ""));
      }
    }
    result.addAll(targets.stream().sorted().toList());
    return result;
  }

  private static List<String> strings(JsonNode array) {
    List<String> result = new ArrayList<>();
    array.forEach(element -> result.add(element.asText()));
    return result;
  }

  private static String dependency(
      String kind,
      String name,
      String rename,
      String req,
      boolean optional,
      boolean defaultFeatures,
      List<String> features,
      @Nullable Platform platform) {
    String conditions =
        platform == null
            ? "everywhere"
            : TARGETS.stream()
                .map(target -> platform.matches(target) ? "1" : "0")
                .collect(Collectors.joining());
    return String.join(
        " ",
        "dependency",
        kind,
        name,
        rename,
        comparators(req),
        optional ? "optional" : "required",
        defaultFeatures ? "default" : "no-default",
        features.stream().distinct().sorted().toList().toString(),
        conditions);
  }

  /** A requirement in one spelling: cargo prints the caret and no trailing comma. */
  private static String comparators(String req) {
    VersionReq.parse(req);
    List<String> result = new ArrayList<>();
    for (String part : req.replaceAll("\\s", "").replaceAll("[xX](?=$|,|\\.)", "*").split(",")) {
      boolean bare = !part.isEmpty() && Character.isDigit(part.charAt(0)) && !part.contains("*");
      boolean operator = !part.isEmpty() && "=<>~^".indexOf(part.charAt(0)) >= 0;
      String plain = part.replaceAll("\\+.*", "").replaceAll("(\\.\\*)+$", ".*");
      result.add((bare ? "^" : "") + (operator ? plain.replaceAll("(\\.\\*)+$", "") : plain));
    }
    return String.join(",", result);
  }
}
