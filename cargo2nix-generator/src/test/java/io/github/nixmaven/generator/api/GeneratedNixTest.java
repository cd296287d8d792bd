package io.github.nixmaven.generator.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What is generated is Nix")
class GeneratedNixTest extends ProjectFixture {
  @Test
  @DisplayName("Text that means something to Nix stays text")
  void hostileText() throws Exception {
    String description = "a \"quoted\" ${throw \"x\"} $${y} ''z'' \\n back\\slash\ttab\nline é 🦀";
    project.write(
        "tool/Cargo.toml",
        """
        [package]
        name = "tool"
        version = "0.2.0"
        edition = "2021"
        description = "a \\"quoted\\" ${throw \\"x\\"} $${y} ''z'' \\\\n back\\\\slash\\ttab\\nline é 🦀"
        authors = ["O'Hara \\"${x}\\" <o@example.org>", "*/ } ; in # "]
        homepage = "x${y}"
        license-file = "../LICENSE ${z}"

        [features]
        "a+b" = []
        "9.x-y" = []

        [dependencies]
        cfg-if = "1"
        """);
    project.generate();

    Nix.run("nix-instantiate", "--parse", project.output().toString());
    JsonNode tool = evaluate("(import " + project.output() + " ARGS).internal.crates.tool");

    assertThat(tool.get("description").asText()).isEqualTo(description);
    assertThat(tool.get("authors").get(0).asText()).isEqualTo("O'Hara \"${x}\" <o@example.org>");
    assertThat(tool.get("authors").get(1).asText()).isEqualTo("*/ } ; in # ");
    assertThat(tool.get("homepage").asText()).isEqualTo("x${y}");
    assertThat(tool.get("license-file").asText()).isEqualTo("../LICENSE ${z}");
    assertThat(tool.get("declaredFeatures").get(0).asText()).isEqualTo("9.x-y");
    assertThat(tool.get("declaredFeatures").get(1).asText()).isEqualTo("a+b");
  }

  @Test
  @DisplayName("A builder gets each member with its features and its dependencies")
  void evaluates() throws Exception {
    project.generate();

    JsonNode app =
        evaluate(
            "let build = (import "
                + project.output()
                + " ARGS).workspaceMembers.app.build; in { inherit (build) crateName isRoot binaries"
                + " target; tool = build.externs.tool.crateName; itoa = build.externs.itoa.version;"
                + " deep = build.externs.tool.externs.cfg_if.src; }");

    assertThat(app.get("crateName").asText()).isEqualTo("app");
    assertThat(app.get("isRoot").asBoolean()).isTrue();
    assertThat(app.get("binaries").get(0).asText()).isEqualTo("app");
    assertThat(app.get("target").asText()).isEqualTo("x86_64-unknown-linux-gnu");
    assertThat(app.get("tool").asText()).isEqualTo("tool");
    assertThat(app.get("itoa").asText()).isEqualTo("1.0.14");
    assertThat(app.get("deep").asText()).isEqualTo(Project.CFG_IF);
  }

  @Test
  @DisplayName("A member's source is its folder without what is built, written or decided there")
  void source() throws Exception {
    project.generate();
    JsonNode clean = source(project);
    for (String left :
        List.of(
            "target/app",
            ".git/HEAD",
            "Cargo.nix",
            "crate-hashes.json",
            "nix-overrides.toml",
            "nix-toolchain.lock.json",
            "reproducibility.toml")) {
      project.write("app/" + left, "");
    }
    Files.createSymbolicLink(project.file("app/result"), directory);

    assertThat(source(project)).isEqualTo(clean);
    project.write("app/data/reproducibility.toml", "");
    assertThat(source(project)).isNotEqualTo(clean);
  }

  private static JsonNode source(Project project) throws Exception {
    return evaluate("\"${(import " + project.output() + " ARGS).workspaceMembers.app.build.src}\"");
  }
}
