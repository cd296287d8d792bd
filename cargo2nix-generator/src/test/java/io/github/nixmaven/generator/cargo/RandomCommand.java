package io.github.nixmaven.generator.cargo;

import io.github.nixmaven.generator.cargo.manifest.Dependency;
import io.github.nixmaven.generator.cargo.manifest.Manifest;
import io.github.nixmaven.generator.cargo.manifest.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Makes up command lines for a workspace. */
final class RandomCommand {
  private static final List<String> TARGETS =
      List.of(
          "x86_64-unknown-linux-musl",
          "x86_64-unknown-linux-gnu",
          "aarch64-apple-darwin",
          "wasm32-unknown-unknown");

  private final List<Manifest> members;
  private final Random random;
  private final List<String> result = new ArrayList<>();

  private RandomCommand(List<Manifest> members, Random random) {
    this.members = members;
    this.random = random;
  }

  /** A subcommand and its options. */
  static List<String> arguments(List<Manifest> members, Random random) {
    RandomCommand command = new RandomCommand(members, random);
    command.make();
    return command.result;
  }

  private void make() {
    result.add(pick(List.of("build", "build", "test", "test", "test", "bench")));
    packages();
    targets();
    features();
    if (chance(3)) {
      result.addAll(List.of("--target", pick(TARGETS)));
      if (chance(4)) {
        result.addAll(List.of("--target", "riscv64gc-unknown-linux-gnu"));
      }
    }
    if (chance(2)) {
      result.addAll(
          result.get(0).equals("bench")
              ? List.of("--profile", "custom")
              : pick(List.of(List.of("--release"), List.of("--profile", "custom"))));
    }
  }

  private void packages() {
    switch (random.nextInt(6)) {
      case 0 -> {}
      case 1 -> result.add("--workspace");
      case 2 -> {
        result.add("--workspace");
        if (members.size() > 1) {
          result.addAll(List.of("--exclude", pick(members).name()));
        }
      }
      case 3 -> {
        result.addAll(List.of("-p", pick(members).name()));
        result.addAll(List.of("-p", pick(members).name()));
      }
      default -> result.addAll(List.of("-p", pick(members).name()));
    }
  }

  private void targets() {
    if (chance(3)) {
      result.add(
          pick(List.of("--bins", "--tests", "--examples", "--benches", "--all-targets", "--lib")));
    }
    if (chance(4)) {
      List<Target> named =
          members.stream()
              .flatMap(member -> member.targets().stream())
              .filter(t -> t.kind() != Target.Kind.LIB && !t.isCustomBuild())
              .toList();
      if (!named.isEmpty()) {
        Target target = pick(named);
        String name = target.name();
        result.add("--" + target.kind().name().toLowerCase(Locale.ROOT));
        result.add(chance(3) ? name.substring(0, 1 + random.nextInt(name.length())) + "*" : name);
      }
    } else if (result.get(0).equals("test") && chance(8)) {
      result.removeIf(word -> word.startsWith("--") && !word.matches("--(workspace|exclude)"));
      result.add("--doc");
    }
  }

  private void features() {
    switch (random.nextInt(6)) {
      case 0 -> result.add("--all-features");
      case 1 -> result.add("--no-default-features");
      case 2, 3 -> {
        if (chance(2)) {
          result.add("--no-default-features");
        }
        result.addAll(List.of("--features", feature() + (chance(3) ? "," + feature() : "")));
      }
      default -> {}
    }
  }

  private String feature() {
    Manifest manifest = pick(members);
    List<String> names = new ArrayList<>(manifest.features().keySet());
    names.add("fa");
    String name = pick(names);
    return switch (random.nextInt(6)) {
      case 0 -> manifest.name() + "/" + name;
      case 1 -> {
        List<String> keys =
            manifest.dependencies().stream().map(Dependency::nameInToml).distinct().toList();
        yield keys.isEmpty() ? name : pick(keys) + (chance(3) ? "?/" : "/") + "fa";
      }
      default -> name;
    };
  }

  /** True once in so many times. */
  private boolean chance(int in) {
    return random.nextInt(in) == 0;
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
