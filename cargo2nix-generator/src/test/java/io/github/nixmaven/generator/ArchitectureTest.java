package io.github.nixmaven.generator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Packages use only what docs/design/architecture.md lets them use")
class ArchitectureTest {
  private static final String ROOT = "io.github.nixmaven.generator.";

  private static final Map<String, List<String>> MAY_USE =
      Map.ofEntries(
          Map.entry("text", List.of()),
          Map.entry("hash", List.of()),
          Map.entry("net", List.of("hash", "text")),
          Map.entry("nix", List.of("hash", "text")),
          Map.entry("files", List.of("hash", "net", "nix", "text")),
          Map.entry("git", List.of("hash", "net", "nix", "text")),
          Map.entry("cargo.semver", List.of()),
          Map.entry("cargo.cfg", List.of("text")),
          Map.entry("cargo.lock", List.of("cargo.semver", "net", "text")),
          Map.entry("cargo.config", List.of("cargo.cfg", "cargo.lock", "net", "text")),
          Map.entry("cargo.manifest", List.of("cargo.config", "cargo.cfg", "cargo.semver", "text")),
          Map.entry(
              "cargo.registry",
              List.of("cargo.manifest", "cargo.config", "files", "hash", "net", "text")),
          Map.entry("cargo.git", List.of("cargo.manifest", "git", "hash", "nix", "text")),
          Map.entry("cargo.source", List.of()),
          Map.entry(
              "cargo.resolve",
              List.of(
                  "cargo.manifest",
                  "cargo.source",
                  "cargo.lock",
                  "cargo.cfg",
                  "cargo.semver",
                  "text")),
          Map.entry("cli", List.of("api", "text")),
          Map.entry(
              "cargo.graph",
              List.of(
                  "cargo.resolve",
                  "cargo.manifest",
                  "cargo.source",
                  "cargo.lock",
                  "cargo.semver",
                  "net",
                  "text")),
          Map.entry(
              "cargo.emit",
              List.of(
                  "cargo.resolve",
                  "cargo.manifest",
                  "cargo.source",
                  "cargo.lock",
                  "cargo.semver",
                  "nix",
                  "text")));

  private final JavaClasses all =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.github.nixmaven.generator");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text",
        "hash",
        "net",
        "nix",
        "files",
        "git",
        "cargo.semver",
        "cargo.cfg",
        "cargo.config",
        "cargo.lock",
        "cargo.manifest",
        "cargo.registry",
        "cargo.git",
        "cargo.source",
        "cargo.resolve",
        "cargo.emit",
        "cargo.graph",
        "cli"
      })
  void edges(String name) {
    List<String> allowed = new ArrayList<>(List.of(ROOT + name));
    MAY_USE.get(name).forEach(other -> allowed.add(ROOT + other));
    classes()
        .that()
        .resideInAPackage(ROOT + name)
        .should()
        .onlyDependOnClassesThat(
            DescribedPredicate.describe(
                "are outside the generator or in " + allowed,
                other ->
                    !other.getPackageName().startsWith("io.github.nixmaven")
                        || allowed.contains(other.getPackageName())))
        .check(all);
  }

  @Test
  @DisplayName("The generator starts no process and knows no logging framework and no Maven")
  void selfContained() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.lang.ProcessBuilder")
        .orShould()
        .callMethodWhere(
            DescribedPredicate.describe(
                "Runtime.exec",
                call ->
                    call.getTargetOwner().isEquivalentTo(Runtime.class)
                        && call.getName().equals("exec")))
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.maven..", "org.slf4j..", "java.util.logging..")
        .check(all);
  }

  @Test
  @DisplayName("What the api package shows is a hash, of the JDK or its own")
  void publicApi() {
    classes()
        .that()
        .resideInAPackage(ROOT + "api")
        .and()
        .arePublic()
        .should(
            new ArchCondition<>("show only hashes, JDK types and their own") {
              @Override
              public void check(JavaClass item, ConditionEvents events) {
                item.getMethods().stream()
                    .filter(m -> m.getModifiers().contains(JavaModifier.PUBLIC))
                    .forEach(
                        m -> {
                          List<String> shown = new ArrayList<>();
                          m.getRawParameterTypes().forEach(type -> shown.add(type.getName()));
                          shown.add(m.getRawReturnType().getName());
                          shown.stream()
                              .filter(
                                  n ->
                                      n.startsWith(ROOT)
                                          && !n.startsWith(ROOT + "api.")
                                          && !n.equals(ROOT + "hash.Hash"))
                              .forEach(
                                  n ->
                                      events.add(
                                          SimpleConditionEvent.violated(
                                              m, m.getFullName() + " shows " + n)));
                        });
              }
            })
        .check(all);
  }
}
