package io.github.nixmaven.builder;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.nixmaven.builder.command.Command;
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

class ArchitectureTest {
  private static final String ROOT = "io.github.nixmaven.builder";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  /** As words, and within the names of Java. English goes and has nodes, too. */
  private static final Pattern ECOSYSTEMS =
      Pattern.compile(
          "(?i:\\b(?:crates?|cargo|rustc?|npm|pnpm|nodejs|node_modules|golang|gleam)\\b)"
              + "|\\bGo\\b|Crate|Cargo|Rust|Npm|Golang|Gleam");

  private static final Path PAGE = Path.of("../docs/design/architecture.md");
  private static final Pattern ROW = Pattern.compile("\\| `([a-z.]+)` \\|[^|]*\\|([^|]*)\\|");
  private static final Pattern NAME = Pattern.compile("`([a-z.]+)`");

  /** The packages that are about one ecosystem each. */
  private static final Set<String> LANGUAGES = Set.of("rust");

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
  @DisplayName("the front end alone asks for the environment")
  void environment() {
    noClasses()
        .should()
        .callMethodWhere(
            DescribedPredicate.describe(
                "System.getenv",
                call ->
                    call.getTargetOwner().isEquivalentTo(System.class)
                        && call.getName().equals("getenv")))
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

  /** The rows of the page's second table. */
  static Stream<Arguments> rows() throws IOException {
    String page = Files.readString(PAGE);
    Stream.Builder<Arguments> rows = Stream.builder();
    page.substring(page.indexOf("## nix-builder"))
        .lines()
        .map(ROW::matcher)
        .filter(Matcher::matches)
        .forEach(
            row ->
                rows.add(
                    Arguments.of(
                        row.group(1),
                        NAME.matcher(row.group(2)).results().map(name -> name.group(1)).toList())));
    return rows.build();
  }

  @Test
  @DisplayName("every package has a row")
  void complete() throws IOException {
    Set<String> rows = new TreeSet<>();
    rows().forEach(row -> rows.add((String) row.get()[0]));
    Set<String> packages = new TreeSet<>();
    CLASSES.forEach(one -> packages.add(one.getPackageName().substring(ROOT.length() + 1)));
    assertThat(packages).isEqualTo(rows);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  @DisplayName("packages use only what docs/design/architecture.md lets them use")
  void edges(String name, List<String> mayUse) {
    Set<String> allowed = new TreeSet<>(Set.of(ROOT + "." + name));
    for (String other : mayUse) {
      allowed.add(
          other.startsWith("generator.") ? "io.github.nixmaven." + other : ROOT + "." + other);
    }
    classes()
        .that()
        .resideInAPackage(ROOT + "." + name)
        .should()
        .onlyDependOnClassesThat(
            DescribedPredicate.describe(
                "are of other projects or in " + allowed,
                other ->
                    !other.getPackageName().startsWith("io.github.nixmaven")
                        || allowed.contains(other.getPackageName())))
        .check(CLASSES);
  }

  @Test
  @DisplayName("packages have no cycles")
  void cycles() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  @DisplayName("no package but a language's own names an ecosystem")
  void neutral() throws IOException {
    Path root = Path.of("src/main/java", ROOT.replace('.', '/'));
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        if (LANGUAGES.contains(root.relativize(file).getName(0).toString())) {
          continue;
        }
        int number = 0;
        for (String line : Files.readAllLines(file)) {
          number++;
          if (ECOSYSTEMS.matcher(line).find()) {
            found.add(root.relativize(file) + ":" + number + ": " + line.strip());
          }
        }
      }
    }
    assertThat(found).isEmpty();
  }
}
