package io.github.nixmaven.generator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Packages use only what docs/design/architecture.md lets them use")
class ArchitectureTest {
  private static final String ROOT = "io.github.nixmaven.generator.";

  private static final Path PAGE = Path.of("../docs/design/architecture.md");
  private static final Pattern ROW = Pattern.compile("\\| `([a-z.]+)` \\|[^|]*\\|([^|]*)\\|");
  private static final Pattern NAME = Pattern.compile("`([a-z.]+)`");

  /** The packages that know no ecosystem. */
  private static final Set<String> NEUTRAL =
      Set.of("text", "hash", "net", "files", "git", "nix", "pin");

  private static final Pattern ECOSYSTEM =
      Pattern.compile("(?i)\\b(crates?|cargo|rust|npm|node|go|gleam)\\b");

  private final JavaClasses all =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.github.nixmaven.generator");

  /** The rows of the page's first table that name what a package may use. */
  static Stream<Arguments> rows() throws IOException {
    Stream.Builder<Arguments> rows = Stream.builder();
    String page = Files.readString(PAGE);
    for (String line : page.substring(0, page.indexOf("## nix-builder")).lines().toList()) {
      Matcher row = ROW.matcher(line);
      if (row.matches() && !row.group(1).equals("api")) {
        rows.add(
            Arguments.of(
                row.group(1),
                NAME.matcher(row.group(2)).results().map(name -> name.group(1)).toList()));
      }
    }
    return rows.build();
  }

  @Test
  @DisplayName("Every package has a row")
  void complete() throws IOException {
    Set<String> rows = new TreeSet<>(Set.of("api", "cargo"));
    rows().forEach(row -> rows.add((String) row.get()[0]));
    Set<String> packages = new TreeSet<>();
    all.forEach(one -> packages.add(one.getPackageName().substring(ROOT.length())));
    assertThat(packages).isEqualTo(rows);
  }

  @Test
  @DisplayName("What all ecosystems share names none of them")
  void neutral() throws IOException {
    List<String> found = new ArrayList<>();
    for (String name : NEUTRAL) {
      Path folder = Path.of("src/main/java", (ROOT + name).split("\\."));
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.sorted().toList()) {
          int number = 0;
          for (String line : Files.readAllLines(file)) {
            number++;
            if (ECOSYSTEM.matcher(words(line, name)).find()) {
              found.add(file.getFileName() + ":" + number + ": " + line.strip());
            }
          }
        }
      }
    }
    assertThat(found).isEmpty();
  }

  /** A line with the humps of its identifiers as words, without the NAR format's own word. */
  private static String words(String line, String name) {
    String words =
        line.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").replace('_', ' ').replace("JsonNode", "");
    return name.equals("nix") || name.equals("git")
        ? words.replaceAll("(?i)\\bnodes?\\b", "")
        : words;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void edges(String name, List<String> mayUse) {
    List<String> allowed = new ArrayList<>(List.of(ROOT + name));
    mayUse.forEach(other -> allowed.add(ROOT + other));
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
  @DisplayName("The front end alone asks for the environment")
  void environment() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "cli")
        .should()
        .callMethodWhere(
            DescribedPredicate.describe(
                "System.getenv",
                call ->
                    call.getTargetOwner().isEquivalentTo(System.class)
                        && call.getName().equals("getenv")))
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
            new ArchCondition<>("show only hashes, JDK types, their own and those of pin") {
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
                                          && !n.startsWith(ROOT + "pin.")
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
