package io.github.nixmaven.builder.toolchain;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nixmaven.builder.nix.NixFixture;
import io.github.nixmaven.generator.net.Downloader;
import java.io.Writer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Debian's order of versions")
class DebianVersionTest {
  private static final List<String> AWKWARD =
      List.of(
          "0",
          "00",
          "1",
          "01",
          "1.0",
          "1.00",
          "1-0",
          "0:1",
          "1:0",
          "1:1-1",
          "1.0~",
          "1.0~~",
          "1.0~~a",
          "1.0~rc1-1",
          "1.0-1~bpo1",
          "1.0-1+b1",
          "1.0+dfsg",
          "1.0a",
          "1.0.a",
          "1.0Z",
          "1.0-1-1",
          "1.0-1.1",
          "2.0.8-0ubuntu1",
          "99999999999999999999",
          "99999999999999999998",
          "1.0-1+deb13u1",
          "1.0-1+deb13u10",
          "1.0-1+deb13u9",
          "a",
          "~",
          "1~1",
          "1.a.2",
          "1.-2");

  @Test
  @DisplayName("is dpkg's, for awkward versions and for those of the real archive")
  void agreesWithDpkg() throws Exception {
    List<String[]> pairs = new ArrayList<>();
    for (String a : AWKWARD) {
      for (String b : AWKWARD) {
        pairs.add(new String[] {a, b});
      }
    }
    List<BinaryPackage> packages =
        SuiteIndex.fetch(
                "trixie",
                "amd64",
                Mirrors.DEBIAN,
                Keyring.read(null),
                new Downloader(Duration.ofSeconds(30), 1, System.getenv()),
                NixFixture.CONTEXT.cache().resolve("lists"),
                Instant.now())
            .packages();
    Random random = new Random(13);
    for (int i = 0; i < 400; i++) {
      int at = random.nextInt(packages.size() - 1);
      // Neighbours come from one source and often differ only in a suffix.
      pairs.add(
          new String[] {
            packages.get(at).version(),
            packages.get(i % 2 == 0 ? at + 1 : random.nextInt(packages.size())).version()
          });
    }
    List<String> expected = dpkg(pairs);
    assertThat(expected).hasSameSizeAs(pairs);
    for (int i = 0; i < pairs.size(); i++) {
      String[] pair = pairs.get(i);
      assertThat(Integer.signum(DebianVersion.ORDER.compare(pair[0], pair[1])))
          .as("%s and %s", pair[0], pair[1])
          .isEqualTo(Integer.parseInt(expected.get(i)));
    }
  }

  private static List<String> dpkg(List<String[]> pairs) throws Exception {
    Process shell =
        new ProcessBuilder(
                "sh",
                "-c",
                "while read a b; do"
                    + " if dpkg --compare-versions \"$a\" lt \"$b\"; then echo -1;"
                    + " elif dpkg --compare-versions \"$a\" eq \"$b\"; then echo 0;"
                    + " else echo 1; fi; done 2>/dev/null")
            .start();
    Thread writer =
        new Thread(
            () -> {
              try (Writer in = shell.outputWriter()) {
                for (String[] pair : pairs) {
                  in.write(pair[0] + " " + pair[1] + "\n");
                }
              } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    writer.start();
    List<String> answers = new String(shell.getInputStream().readAllBytes()).lines().toList();
    writer.join();
    return answers;
  }
}
