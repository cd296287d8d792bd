package io.github.nixmaven.builder.realise;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nixmaven.builder.language.Language;
import io.github.nixmaven.builder.language.Unit;
import io.github.nixmaven.generator.text.InputException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The result of evaluating a project.
 *
 * @param names all members, whether or not they were evaluated
 * @param members store paths of derivations by target and member
 * @param units what derivations build, by their store path
 * @param sources what derivations fetch, by their store path
 */
record Evaluation(
    Set<String> names,
    Map<String, Map<String, String>> members,
    Map<String, Unit> units,
    Map<String, Source> sources) {

  /**
   * Reads what Nix prints.
   *
   * @param language has the words for units
   */
  static Evaluation of(JsonNode json, Language language) {
    Map<String, Map<String, String>> members = new TreeMap<>();
    for (Map.Entry<String, JsonNode> target : json.path("members").properties()) {
      Map<String, String> paths = new TreeMap<>();
      target
          .getValue()
          .properties()
          .forEach(one -> paths.put(one.getKey(), one.getValue().asText()));
      members.put(target.getKey(), paths);
    }
    Map<String, Unit> units = new HashMap<>();
    json.path("units")
        .properties()
        .forEach(one -> units.put(one.getKey(), unit(one.getValue(), language)));
    Map<String, Source> sources = new HashMap<>();
    json.path("sources")
        .properties()
        .forEach(one -> sources.put(one.getKey(), source(one.getValue())));
    Set<String> names = new TreeSet<>();
    json.path("names").forEach(name -> names.add(name.asText()));
    return new Evaluation(names, members, units, sources);
  }

  /**
   * Checks that members exist.
   *
   * @throws InputException when one does not
   */
  void require(List<String> wanted) {
    Set<String> unknown = new TreeSet<>(wanted);
    unknown.removeAll(names);
    if (!unknown.isEmpty()) {
      throw new InputException(
          null,
          "there is no workspace member `" + String.join("`, `", unknown) + "`",
          "The members are: " + String.join(", ", names) + ".");
    }
  }

  private static Unit unit(JsonNode json, Language language) {
    String ecosystem = json.path("ecosystem").asText();
    String packageName = text(json, "package");
    String version = text(json, "version");
    String part = json.path("part").asText();
    String kind = text(json, "kind");
    String name = text(json, "name");
    String target = text(json, "target");
    String packageId = packageName == null ? null : packageName + " " + version;
    return new Unit(
        ecosystem,
        packageName,
        version,
        part,
        kind,
        name,
        text(json, "script"),
        target,
        language.label(packageId, part, kind, name, target));
  }

  private static Source source(JsonNode json) {
    return new Source(
        json.path("ecosystem").asText(),
        Source.Kind.valueOf(json.path("kind").asText().toUpperCase(Locale.ROOT)),
        text(json, "package"),
        text(json, "version"),
        text(json, "url"),
        text(json, "rev"));
  }

  private static @Nullable String text(JsonNode json, String key) {
    JsonNode value = json.get(key);
    return value == null || value.isNull() ? null : value.asText();
  }
}
