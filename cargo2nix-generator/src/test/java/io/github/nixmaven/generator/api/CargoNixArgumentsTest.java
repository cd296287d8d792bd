package io.github.nixmaven.generator.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tool} is needed by {@code app} and, built for the host, by the build script of it. */
@DisplayName("The arguments of Cargo.nix")
class CargoNixArgumentsTest {
  /** A builder of ours, that gives back what it gets. */
  private static final String EXACT = "{ exact = true; __functor = _: crate: crate; }";

  /** One with the interface of nixpkgs', that gives back what it gets. */
  private static final String NIXPKGS =
      "{ __functor = self: crate: crate // { inherit (self) overrides; }; overrides = { };"
          + " override = { defaultCrateOverrides }: { __functor = self: crate:"
          + " crate // { inherit (self) overrides; }; overrides = defaultCrateOverrides; }; }";

  @TempDir Path directory;

  private Project project;

  @BeforeEach
  void project() throws Exception {
    project = Project.in(directory);
    project.write(
        "app/Cargo.toml", Project.APP + "[build-dependencies]\ntool = { path = \"../tool\" }\n");
    project.write("app/build.rs", "fn main() {}\n");
    project.generate();
  }

  @Test
  @DisplayName("targetFeatures: switched on in what is built for the target, and only there")
  void targetFeatures() throws Exception {
    String options = "targetFeatures = [ \"avx2\" \"fma\" ];";

    assertThat(
            evaluate(
                EXACT,
                options,
                "[ build.extraRustcOpts build.externs.tool.extraRustcOpts"
                    + " (build.buildExterns.tool ? extraRustcOpts) ]"))
        .isEqualTo(
            "[[\"-C\",\"target-feature=+avx2,+fma\"],[\"-C\",\"target-feature=+avx2,+fma\"],false]");
    assertThat(
            evaluate(
                NIXPKGS,
                options,
                "[ build.extraRustcOpts ((builtins.head build.buildDependencies) ? extraRustcOpts) ]"))
        .isEqualTo("[[\"-C target-feature=+avx2,+fma\"],false]");
  }

  @Test
  @DisplayName("selectedMembers: those that are evaluated together; the others are still there")
  void selectedMembers() throws Exception {
    for (String options : List.of("", "[ ]", "[ \"tool\" ]", "[ \"app\" ]")) {
      String selected = options.isEmpty() ? "" : "selectedMembers = " + options + ";";
      assertThat(evaluate(EXACT, selected, "[ build.crateName build.externs.tool.crateName ]"))
          .isEqualTo("[\"app\",\"tool\"]");
    }
  }

  @Test
  @DisplayName("release: nixpkgs' builder gets it for every crate; ours has release profiles only")
  void release() throws Exception {
    assertThat(
            evaluate(
                NIXPKGS,
                "release = false;",
                "[ build.release (map (d: d.release) (build.dependencies ++"
                    + " build.buildDependencies)) ]"))
        .isEqualTo("[false,[false,false,false]]");
    assertThat(evaluate(NIXPKGS, "", "build.release")).isEqualTo("true");
    assertThat(refusal(EXACT, "release = false;", "build.crateName"))
        .contains("release = false: Cargo.nix holds the release profile only.");
  }

  @Test
  @DisplayName("What was not generated is an error, also where it would change nothing")
  void undeclared() throws Exception {
    String added = "and run `mvn nix:generate`";
    assertThat(refusal(EXACT, "rootFeatures = [ ];", "build.features"))
        .contains("<selection>no-default</selection>", added);
    assertThat(refusal(NIXPKGS, "rootFeatures = [ \"a\" ];", "build.features"))
        .contains("<selection>a</selection>", added);
    assertThat(refusal(EXACT, "", "(build.override { features = [ ]; }).features"))
        .contains("<selection>no-default</selection>", added);
    assertThat(
            Nix.refusal(
                inBuild(EXACT, "", "build.features")
                    .replace("x86_64-unknown-linux-gnu", "wasm32-wasip1")))
        .contains("<target>wasm32-wasip1</target>", added);
  }

  @Test
  @DisplayName("extraTargetFlags: changes nothing and says so; an error with strictDeprecation")
  void extraTargetFlags() throws Exception {
    String options = "extraTargetFlags = { unix = false; };";

    assertThat(evaluate(EXACT, options, "build.crateName")).isEqualTo("\"app\"");
    assertThat(evaluate(EXACT, "strictDeprecation = true;", "build.crateName"))
        .isEqualTo("\"app\"");
    assertThat(refusal(EXACT, options + " strictDeprecation = true;", "build.crateName"))
        .contains("extraTargetFlags change nothing");
  }

  @Test
  @DisplayName("crateConfig: taken, as crate2nix's own file takes it")
  void crateConfig() throws Exception {
    assertThat(evaluate(EXACT, "crateConfig = { };", "build.crateName")).isEqualTo("\"app\"");
  }

  @Test
  @DisplayName("resolution: another one than there is is an error that names both")
  void resolution() throws Exception {
    assertThat(refusal(EXACT, "resolution = \"package\";", "build.crateName"))
        .contains("resolution = \"package\": there are \"member\" and \"workspace\".");
  }

  @Test
  @DisplayName("defaultCrateOverrides: every crate of a name goes through its function")
  void defaultCrateOverrides() throws Exception {
    String options =
        "defaultCrateOverrides = { tool = crate: { links = crate.crateName + crate.version; }; };";

    assertThat(
            evaluate(
                EXACT,
                options,
                "[ (build ? links) build.externs.tool.links build.buildExterns.tool.links"
                    + " (build.externs.itoa ? links) ]"))
        .isEqualTo("[false,\"tool0.2.0\",\"tool0.2.0\",false]");
    assertThat(
            evaluate(
                NIXPKGS,
                options,
                "map (crate: builtins.attrNames crate.overrides) ([ build ] ++ build.dependencies ++"
                    + " build.buildDependencies)"))
        .isEqualTo("[[\"tool\"],[\"tool\"],[\"tool\"],[\"tool\"]]");
  }

  @Test
  @DisplayName("build.override: crateOverrides go on top, and may be given again")
  void crateOverrides() throws Exception {
    assertThat(
            evaluate(
                EXACT,
                "",
                "map (b: b.externs.tool.links or null) [ build (build.override { crateOverrides ="
                    + " { tool = _: { links = \"one\"; }; }; }) ((build.override { crateOverrides ="
                    + " { tool = _: { links = \"one\"; }; }; }).override { crateOverrides ="
                    + " { tool = _: { links = \"two\"; }; }; }) ]"))
        .isEqualTo("[null,\"one\",\"two\"]");
    assertThat(refusal(EXACT, "", "(build.override { profile = \"dev\"; }).crateName"))
        .contains("build.override: profile cannot be overridden, only crateOverrides features");
  }

  @Test
  @DisplayName("Overrides for a builder that takes none are an error")
  void builderWithoutOverride() throws Exception {
    assertThat(
            refusal(
                "(crate: crate)",
                "",
                "(build.override { crateOverrides = { tool = _: { }; }; }).crateName"))
        .contains("crate overrides: this builder takes none");
  }

  private String evaluate(String builder, String options, String expression) throws Exception {
    return Nix.evaluate(inBuild(builder, options, expression)).toString();
  }

  private String refusal(String builder, String options, String expression)
      throws IOException, InterruptedException {
    return Nix.refusal(inBuild(builder, options, expression));
  }

  private String inBuild(String builder, String options, String expression) {
    return "let pkgs = { buildRustCrate = "
        + builder
        + "; defaultCrateOverrides = { }; }; build = (import "
        + project.output()
        + " { inherit pkgs; lib = { }; fetchurl = file: file.url;"
        + " stdenv.hostPlatform.config = \"x86_64-unknown-linux-gnu\"; "
        + options
        + " }).workspaceMembers.app.build; in "
        + expression;
  }
}
