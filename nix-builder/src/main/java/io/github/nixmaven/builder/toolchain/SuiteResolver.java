package io.github.nixmaven.builder.toolchain;

import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Closes a list of packages over what they need.
 *
 * <p>{@code Depends} and {@code Pre-Depends} count, {@code Recommends} does not. Of a package that
 * several suites hold only the newest version is considered, as apt does. Of alternatives, one that
 * is needed anyhow is taken, else the first that exists; a virtual package is provided by a package
 * that is needed anyhow, else by the first by name. Nothing is taken back: {@code Conflicts} are
 * not looked at, because packages that cannot be unpacked together say so when they are.
 */
final class SuiteResolver {
  /** A virtual package's provider and the version that it provides. */
  private record Provider(BinaryPackage provider, @Nullable String version) {}

  /** One clause of a package's dependencies. */
  private record Need(@Nullable BinaryPackage by, List<Relation> alternatives) {}

  private final Map<String, BinaryPackage> candidates = new TreeMap<>();
  private final Map<String, List<Provider>> providers = new HashMap<>();

  /**
   * @param suites where packages come from; of equal versions that of the earlier suite is taken
   */
  SuiteResolver(List<SuiteIndex> suites) throws IOException {
    for (SuiteIndex suite : suites) {
      for (BinaryPackage binary : suite.packages()) {
        candidates.merge(
            binary.name(),
            binary,
            (a, b) -> DebianVersion.ORDER.compare(a.version(), b.version()) < 0 ? b : a);
      }
    }
    for (BinaryPackage binary : candidates.values()) {
      if (!binary.provides().isEmpty()) {
        for (List<Relation> clause : relations(binary, binary.provides())) {
          Relation provided = clause.get(0);
          providers
              .computeIfAbsent(provided.name(), name -> new ArrayList<>())
              .add(new Provider(binary, provided.version()));
        }
      }
    }
  }

  /**
   * The packages that are needed, sorted by name.
   *
   * @param roots names, or relations such as {@code gcc (>= 4:14)}
   * @throws InputException when something needed is not there; the message names the chain that
   *     leads to it
   */
  Collection<BinaryPackage> resolve(List<String> roots) throws IOException {
    Map<String, BinaryPackage> chosen = new TreeMap<>();
    Map<String, Need> reasons = new HashMap<>();
    Deque<Need> needs = new ArrayDeque<>();
    for (String root : roots) {
      try {
        Relation.parse(root).forEach(clause -> needs.add(new Need(null, clause)));
      } catch (IllegalArgumentException e) {
        throw new InputException(
            null,
            "the package '" + root + "' is not a valid package name",
            "Write NAME or NAME (>= VERSION).",
            e);
      }
    }
    // What leaves a choice waits until everything without one is in: it is often decided then.
    Deque<Need> choices = new ArrayDeque<>();
    while (!needs.isEmpty() || !choices.isEmpty()) {
      boolean mayChoose = needs.isEmpty();
      Need need = mayChoose ? choices.remove() : needs.remove();
      List<BinaryPackage> options = options(need);
      if (options.isEmpty()) {
        throw unsatisfiable(need, reasons);
      }
      if (options.stream().anyMatch(option -> chosen.containsKey(option.name()))) {
        continue;
      }
      if (options.size() > 1 && !mayChoose) {
        choices.add(need);
        continue;
      }
      BinaryPackage choice = options.get(0);
      chosen.put(choice.name(), choice);
      reasons.put(choice.name(), need);
      for (List<Relation> clause : relations(choice, choice.depends())) {
        needs.add(new Need(choice, clause));
      }
    }
    return List.copyOf(chosen.values());
  }

  /**
   * A package without what it needs.
   *
   * @throws InputException when no suite has it
   */
  BinaryPackage withoutDependencies(String name) {
    BinaryPackage found = candidates.get(name);
    if (found == null) {
      throw new InputException(
          null,
          "the toolchain cannot be resolved: no suite has " + name + " for that architecture",
          "Check the package's name.");
    }
    return found;
  }

  /** Everything that would satisfy a need, the preferred one first. */
  private List<BinaryPackage> options(Need need) {
    List<BinaryPackage> options = new ArrayList<>();
    for (Relation relation : need.alternatives) {
      BinaryPackage real = candidates.get(relation.name());
      if (real != null && relation.allows(real.version())) {
        options.add(real);
      }
      for (Provider virtual : providers.getOrDefault(relation.name(), List.of())) {
        if (relation.allows(virtual.version) && !options.contains(virtual.provider)) {
          options.add(virtual.provider);
        }
      }
    }
    return options;
  }

  private InputException unsatisfiable(Need need, Map<String, Need> reasons) {
    StringBuilder chain = new StringBuilder();
    for (Need link = need; link.by != null; ) {
      chain.insert(0, link.by.name() + " " + link.by.version() + " needs ");
      Need up = reasons.get(link.by.name());
      if (up == null) {
        break;
      }
      link = up;
    }
    StringBuilder wanted = new StringBuilder();
    for (Relation relation : need.alternatives) {
      wanted.append(wanted.isEmpty() ? "" : " | ").append(relation);
      BinaryPackage other = candidates.get(relation.name());
      if (other != null) {
        wanted.append(" but ").append(other.suite()).append(" has ").append(other.version());
      }
    }
    return new InputException(
        null,
        "the toolchain cannot be resolved: "
            + chain
            + wanted
            + (wanted.indexOf(" but ") < 0 ? ", which no suite has" : ""),
        "Add a suite that has it, or remove the package that needs it.");
  }

  private static List<List<Relation>> relations(BinaryPackage binary, String field)
      throws IOException {
    try {
      return Relation.parse(field);
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "the package index of "
              + binary.suite()
              + " has a broken entry for '"
              + binary.name()
              + "': "
              + e.getMessage(),
          e);
    }
  }
}
