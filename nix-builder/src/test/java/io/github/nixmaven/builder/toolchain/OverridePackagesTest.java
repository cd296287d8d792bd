package io.github.nixmaven.builder.toolchain;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nixmaven.builder.nix.NixFixture;
import io.github.nixmaven.builder.overrides.OverrideRow;
import io.github.nixmaven.builder.overrides.OverrideTable;
import io.github.nixmaven.builder.rust.Rust;
import io.github.nixmaven.generator.net.Downloader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The Debian packages of the override table")
class OverridePackagesTest {
  private static SuiteIndex suite;
  private static Set<String> names;

  @BeforeAll
  static void index() throws Exception {
    suite =
        SuiteIndex.fetch(
            Toolchain.DEFAULT_SUITE,
            "amd64",
            Mirrors.DEBIAN,
            Keyring.read(null),
            new Downloader(Duration.ofMinutes(1), 1, System.getenv()),
            NixFixture.CONTEXT.cache().resolve("lists"),
            Instant.now());
    names = suite.packages().stream().map(BinaryPackage::name).collect(Collectors.toSet());
  }

  @Test
  @DisplayName("are in Debian 13 by their own names, and what they need is too")
  void rows() throws Exception {
    Set<String> wanted = new TreeSet<>();
    for (OverrideRow row : OverrideTable.read(null, Rust.LANGUAGE).shipped()) {
      wanted.addAll(row.debian().packages());
    }
    assertThat(wanted).hasSizeGreaterThan(100);
    assertThat(names).containsAll(wanted);

    List<String> roots = new ArrayList<>(Toolchain.defaultRoots(List.of(Rust.LANGUAGE)));
    roots.addAll(wanted);
    assertThat(new SuiteResolver(List.of(suite)).resolve(roots))
        .extracting(BinaryPackage::name)
        .containsAll(wanted);
  }

  @Test
  @DisplayName("whose files are known by name are in Debian 13")
  void files() throws Exception {
    assertThat(Files.readAllLines(Path.of("../nix/overrides/debian-files.txt")))
        .hasSizeGreaterThan(150)
        .allSatisfy(line -> assertThat(names).contains(line.split(" ")[0]));
  }
}
