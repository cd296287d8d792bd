package io.github.nixmaven.builder;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.nixmaven.builder.command.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitectureTest {
  private static final String ROOT = "io.github.nixmaven.builder";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  /** As words, and within the names of Java. */
  private static final Pattern ECOSYSTEMS =
      Pattern.compile(
          "(?i:\\b(?<!databind\\.)(?:crates?|cargo|rustc?|npm|node|go|gleam)\\b)|Crate|Cargo|Rust|Npm|Gleam");

  @Test
  @DisplayName("processes are started by Command alone")
  void processes() {
    noClasses()
        .that()
        .doNotBelongToAnyOf(Command.class)
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(ProcessBuilder.class, Process.class)
        .orShould()
        .callMethodWhere(
            com.tngtech.archunit.core.domain.JavaCall.Predicates.target(
                com.tngtech.archunit.core.domain.properties.HasName.Predicates.name("exec")))
        .check(CLASSES);
  }

  @Test
  @DisplayName("nothing knows Maven")
  void maven() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.maven..", "org.codehaus.plexus..")
        .check(CLASSES);
  }

  @Test
  @DisplayName("what not every user has is known to one class")
  void optional() {
    noClasses()
        .that()
        .haveNameNotMatching(ROOT + "\\.sign\\.SigstoreJava(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.sigstore..")
        .check(CLASSES);
  }

  @Test
  @DisplayName("the builder uses only the generator's api and its neutral packages")
  void generator() {
    classes()
        .should()
        .onlyDependOnClassesThat(
            not(resideInAPackage("io.github.nixmaven.generator.."))
                .or(
                    com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage(
                        "io.github.nixmaven.generator.api",
                        "io.github.nixmaven.generator.cargo",
                        "io.github.nixmaven.generator.pin",
                        "io.github.nixmaven.generator.hash",
                        "io.github.nixmaven.generator.nix",
                        "io.github.nixmaven.generator.net",
                        "io.github.nixmaven.generator.text")))
        .check(CLASSES);
  }

  @Test
  @DisplayName(
      "packages use each other in one direction: cache, report, attest, sbom, template, verify, testing, realise, rust, overrides, toolchain, nix,"
          + " command, sign, language")
  void direction() {
    String[] order = {
      "cache",
      "report",
      "attest",
      "sbom",
      "template",
      "verify",
      "testing",
      "realise",
      "rust",
      "overrides",
      "toolchain",
      "nix",
      "command",
      "sign",
      "language"
    };
    for (int lower = 1; lower < order.length; lower++) {
      for (int upper = 0; upper < lower; upper++) {
        noClasses()
            .that()
            .resideInAPackage(ROOT + "." + order[lower] + "..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + "." + order[upper] + "..")
            .check(CLASSES);
      }
    }
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"command", "nix", "sign", "template"})
  @DisplayName("neutral packages name no ecosystem")
  void neutral(String name) throws IOException {
    Path directory = Path.of("src/main/java", ROOT.replace('.', '/'), name);
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files)
          .isNotEmpty()
          .allSatisfy(file -> assertThat(file).content().doesNotContainPattern(ECOSYSTEMS));
    }
  }
}
