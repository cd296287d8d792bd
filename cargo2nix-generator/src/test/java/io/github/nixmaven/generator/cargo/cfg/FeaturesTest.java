package io.github.nixmaven.generator.cargo.cfg;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Features that are switched on and off bring what rustc says")
class FeaturesTest {
  private static final List<String> TARGETS =
      List.of(
          "x86_64-unknown-linux-gnu",
          "x86_64-unknown-linux-musl",
          "x86_64-pc-windows-msvc",
          "i686-unknown-linux-gnu",
          "aarch64-unknown-linux-gnu",
          "aarch64-apple-darwin",
          "armv7-unknown-linux-gnueabihf",
          "riscv64gc-unknown-linux-gnu",
          "riscv32imac-unknown-none-elf",
          "powerpc64le-unknown-linux-gnu",
          "s390x-unknown-linux-gnu",
          "loongarch64-unknown-linux-gnu",
          "sparc64-unknown-linux-gnu",
          "wasm32-unknown-unknown");

  private static final int TRIES = 12;

  /** What rustc prints, or nothing when it fails. */
  private static Optional<List<String>> rustc(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("rustc"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 ? Optional.of(said.lines().toList()) : Optional.empty();
  }

  /** The features that rustc knows of a target by name, which it lists before LLVM's. */
  private static List<String> names(String target) throws Exception {
    return rustc("--print", "target-features", "--target", target).orElseThrow().stream()
        .takeWhile(line -> !line.isEmpty())
        .filter(line -> line.startsWith("    "))
        .map(line -> line.strip().split(" ")[0])
        .toList();
  }

  private static Set<String> features(TargetInfo target) {
    return target.cfg().stream()
        .filter(fact -> fact.key().equals("target_feature"))
        .map(Cfg::toString)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  @DisplayName("for any combination, on all kinds of processors")
  void combinations() throws Exception {
    Map<String, String> differing = new ConcurrentSkipListMap<>();
    AtomicInteger compared = new AtomicInteger();
    for (String target : TARGETS) {
      List<String> names = names(target);
      Random random = new Random(target.hashCode());
      for (int i = 0; i < TRIES; i++) {
        List<String> switches = new ArrayList<>();
        for (int j = random.nextInt(4); j >= 0; j--) {
          String name =
              random.nextInt(8) == 0 ? "crt-static" : names.get(random.nextInt(names.size()));
          switches.add((random.nextInt(3) == 0 ? "-" : "+") + name);
        }
        String flag = "target-feature=" + String.join(",", switches);
        Optional<List<String>> said = rustc("--print", "cfg", "--target", target, "-C", flag);
        if (said.isPresent()) { // some combinations are errors
          compared.incrementAndGet();
          Set<String> theirs =
              said.get().stream()
                  .filter(line -> line.startsWith("target_feature="))
                  .collect(Collectors.toCollection(TreeSet::new));
          Set<String> ours = features(TargetInfo.of(target).withFeatures(switches));
          if (!ours.equals(theirs)) {
            differing.put(target + " " + flag, ours + " instead of " + theirs);
          }
        }
      }
    }
    assertThat(differing).isEmpty();
    assertThat(compared).hasValueGreaterThan(TARGETS.size() * TRIES * 9 / 10);
  }

  @Test
  @DisplayName("what rustc does not know changes nothing")
  void unknown() {
    TargetInfo plain = TargetInfo.of("x86_64-unknown-linux-gnu");
    for (String one : List.of("+nothing", "avx2", "", "-nothing", "+")) {
      assertThat(plain.withFeatures(List.of(one)).cfg()).isEqualTo(plain.cfg());
    }
  }
}
