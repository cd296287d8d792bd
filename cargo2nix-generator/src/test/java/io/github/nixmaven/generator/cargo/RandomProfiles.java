package io.github.nixmaven.generator.cargo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/** Makes up the profiles of a workspace. */
final class RandomProfiles {
  private static final List<String> SETTINGS =
      List.of(
          "debug = true",
          "debug = 1",
          "debug = \"line-tables-only\"",
          "debug = false",
          "strip = true",
          "strip = \"debuginfo\"",
          "strip = \"none\"",
          "lto = true",
          "lto = \"thin\"",
          "lto = \"off\"",
          "panic = \"abort\"",
          "opt-level = \"z\"",
          "opt-level = 1",
          "codegen-units = 1",
          "incremental = true",
          "debug-assertions = true",
          "overflow-checks = true",
          "split-debuginfo = \"packed\"",
          "rpath = true");
  private final Random random;

  RandomProfiles(Random random) {
    this.random = random;
  }

  /**
   * @param packages the name and the version of each package that an override may be for
   */
  String text(List<List<String>> packages) {
    StringBuilder text = new StringBuilder();
    text.append("[profile.custom]\ninherits = \"")
        .append(pick(List.of("release", "dev", "test", "bench")))
        .append("\"\n")
        .append(chance(2) ? settings() : "");
    for (String profile : List.of("dev", "release", "test", "bench")) {
      if (chance(3)) {
        text.append("[profile.").append(profile).append("]\n").append(settings());
      }
    }
    for (String profile : List.of("dev", "release", "test", "bench", "custom")) {
      if (chance(5)) {
        text.append("[profile.").append(profile).append(".build-override]\n").append(overrides());
      }
      if (chance(5)) {
        text.append("[profile.").append(profile).append(".package.\"*\"]\n").append(overrides());
      }
      if (chance(5)) {
        List<String> chosen = pick(packages);
        text.append("[profile.")
            .append(profile)
            .append(".package.\"")
            .append(chosen.get(0))
            .append(chance(3) ? "@" + chosen.get(1) : "")
            .append("\"]\n")
            .append(overrides());
      }
    }
    return text.toString();
  }

  private String settings() {
    List<String> shuffled = new ArrayList<>(SETTINGS);
    Collections.shuffle(shuffled, random);
    Map<String, String> chosen = new LinkedHashMap<>();
    for (String setting : shuffled.subList(0, 1 + random.nextInt(4))) {
      chosen.put(setting.substring(0, setting.indexOf(' ')), setting);
    }
    return String.join("\n", chosen.values()) + "\n";
  }

  /** Some settings cannot be overridden for single packages. */
  private String overrides() {
    String text = settings();
    return text.lines()
        .filter(line -> !line.matches("(panic|lto|rpath) .*"))
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }

  /** True once in so many times. */
  private boolean chance(int in) {
    return random.nextInt(in) == 0;
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
