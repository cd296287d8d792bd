package io.github.nixmaven.builder.verify;

import io.github.nixmaven.builder.language.Unit;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.NearNames;
import io.github.nixmaven.generator.text.TomlFile;
import io.github.nixmaven.generator.text.TomlTable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which packages may differ, why, and how long: {@code reproducibility.toml}.
 *
 * <pre>{@code
 * [[allow]]
 * package = "openssl-sys"   # the ecosystem's word for a package
 * version = "0.9.104"       # any version where it is left out
 * until = "2027-03-31"      # the last day
 * reason = "its build script writes the date, openssl-rs #1234"
 * }</pre>
 */
final class Policy {
  private final String noun;
  private final List<Allowance> allowances;
  private final LocalDate today;

  private Policy(String noun, List<Allowance> allowances, LocalDate today) {
    this.noun = noun;
    this.allowances = allowances;
    this.today = today;
  }

  /**
   * Reads the policy.
   *
   * @param file the file, or null where there is none
   * @param noun the word for a package: the key that names it
   * @param today an entry that ends before allows nothing
   * @throws InputException when the file is missing or not of this form
   */
  static Policy read(@Nullable Path file, String noun, LocalDate today) throws IOException {
    List<Allowance> allowances = new ArrayList<>();
    if (file != null) {
      TomlTable root =
          TomlFile.read(file, "Create it, or remove it from the plugin's configuration.");
      requireKnown(root, Set.of("allow"));
      for (TomlTable entry : root.tables("allow")) {
        allowances.add(allowance(entry, noun, today));
      }
    }
    return new Policy(noun, List.copyOf(allowances), today);
  }

  private static Allowance allowance(TomlTable entry, String noun, LocalDate today) {
    requireKnown(entry, Set.of(noun, "version", "until", "reason"));
    String packageName = entry.requiredString(noun);
    String reason = entry.requiredString("reason").strip();
    if (reason.isEmpty()) {
      throw entry.error("reason", "the reason is empty", "Say why the " + noun + " may differ.");
    }
    LocalDate until;
    try {
      until = LocalDate.parse(entry.requiredString("until"));
    } catch (DateTimeParseException e) {
      throw entry.error(
          "until",
          "`" + entry.string("until") + "` is not a date",
          "Write the year, month and day: `until = \"" + today.plusMonths(3) + "\"`.");
    }
    return new Allowance(packageName, entry.string("version"), until, reason, entry.position(noun));
  }

  private static void requireKnown(TomlTable table, Set<String> keys) {
    for (String key : table.keys()) {
      if (!keys.contains(key)) {
        throw table.error(
            key,
            "`" + key + "` is not a key of " + (keys.contains("until") ? "an entry" : "a policy"),
            NearNames.question(
                key,
                new TreeSet<>(keys),
                "The keys are: " + String.join(", ", new TreeSet<>(keys)) + "."));
      }
    }
  }

  /** The entry that allows the parts of a package to differ, or null. */
  @Nullable Allowance of(Unit unit) {
    return allowances.stream()
        .filter(each -> !hasExpired(each) && each.isAbout(unit))
        .findFirst()
        .orElse(null);
  }

  private boolean hasExpired(Allowance allowance) {
    return allowance.until().isBefore(today);
  }

  /**
   * Fails where an entry is about no package of the project.
   *
   * @param units what the project is made of
   */
  void requirePackages(Collection<Unit> units) {
    for (Allowance allowance : allowances) {
      if (units.stream().noneMatch(allowance::isAbout)) {
        throw new InputException(
            allowance.position(),
            "the project has no " + noun + " `" + allowance.label() + "`",
            NearNames.question(
                allowance.packageName(),
                units.stream().map(Unit::packageName).filter(Objects::nonNull).distinct().toList(),
                "Remove the entry."));
      }
    }
  }

  /**
   * The ruling on each entry.
   *
   * @param outputs what the rebuilds showed; empty where they show nothing
   * @param other what a second store showed, or null
   */
  List<AllowanceResult> results(List<OutputResult> outputs, @Nullable StoreComparison other) {
    Set<@Nullable Allowance> used = new HashSet<>();
    outputs.forEach(output -> used.add(output.allowance()));
    if (other != null) {
      other.differences().forEach(difference -> used.add(difference.allowance()));
    }
    return allowances.stream()
        .map(each -> new AllowanceResult(each, state(each, used.contains(each), outputs)))
        .toList();
  }

  private AllowanceResult.State state(
      Allowance allowance, boolean used, List<OutputResult> outputs) {
    if (hasExpired(allowance)) {
      return AllowanceResult.State.EXPIRED;
    }
    if (used) {
      return AllowanceResult.State.NEEDED;
    }
    List<OutputResult> ours =
        outputs.stream().filter(each -> allowance.isAbout(each.unit())).toList();
    boolean identical =
        ours.stream().allMatch(each -> each.verdict() == OutputResult.Verdict.IDENTICAL);
    return ours.isEmpty() || !identical
        ? AllowanceResult.State.UNKNOWN
        : AllowanceResult.State.NOT_NEEDED;
  }
}
