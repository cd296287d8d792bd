package io.github.nixmaven.builder.overrides;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nixmaven.builder.nix.NixFixture;
import io.github.nixmaven.builder.rust.Rust;
import io.github.nixmaven.generator.pin.ListedPackage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Rows as Nix reads them")
class NixRowsTest {
  private static final Path LIBRARY = Path.of("../nix/overrides").toAbsolutePath().normalize();
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private static JsonNode evaluate(String expression) throws Exception {
    return JSON.readTree(
        NixFixture.nix()
            .capture(
                "nix-instantiate",
                List.of(
                    "--eval",
                    "--strict",
                    "--json",
                    "--expr",
                    "let library = import " + LIBRARY + "; in " + expression)));
  }

  @Test
  @DisplayName("apply to the same crates as they do in Java")
  void agreement() throws Exception {
    List<String> requirements =
        List.of(
            "*",
            "1",
            "1.2",
            "1.2.3",
            "0",
            "0.0",
            "0.3",
            "0.0.3",
            "^1.2",
            "~1",
            "~1.2",
            "~1.2.3",
            "=1",
            "=1.2",
            "=1.2.3",
            ">1",
            ">1.2",
            ">1.2.3",
            ">=1",
            ">=1.2",
            "<1",
            "<1.2",
            "<1.2.3",
            "<=1",
            "<=1.2",
            "<=1.2.3",
            ">=0.3, <1.2",
            " >= 1 , < 2 ",
            ">1.2,<=1.3.0");
    List<String> versions =
        List.of(
            "0.0.0",
            "0.0.3",
            "0.0.4",
            "0.3.0",
            "0.3.9",
            "0.10.0",
            "1.0.0",
            "1.2.0",
            "1.2.3",
            "1.2.3-rc.1",
            "1.2.10+5.1",
            "1.3.0",
            "2.0.0",
            "10.0.0");
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < requirements.size(); i++) {
      rows.append("[[crate]]\nname = \"c%d\"\nversion = \"%s\"\n".formatted(i, requirements.get(i)))
          .append("debian.environment = { APPLIES = \"\" }\n");
    }
    Path own = Files.writeString(folder.resolve("rows.toml"), rows);
    OverrideTable table = OverrideTable.read(own, Rust.LANGUAGE);
    JsonNode inNix =
        evaluate(
            "map (version: builtins.genList (i: let crateName = \"c${toString i}\"; in"
                + " (library { own = "
                + own
                + "; }).${crateName} { inherit crateName version; src.about.source.kind = \"path\"; } != { }) "
                + requirements.size()
                + ") [ \""
                + String.join("\" \"", versions)
                + "\" ]");

    Map<String, List<String>> expected = new LinkedHashMap<>();
    Map<String, List<String>> found = new LinkedHashMap<>();
    for (int v = 0; v < versions.size(); v++) {
      List<String> inJava = new ArrayList<>();
      List<String> applying = new ArrayList<>();
      for (int i = 0; i < requirements.size(); i++) {
        String version = versions.get(v);
        ListedPackage crate =
            new ListedPackage(
                Rust.LANGUAGE.ecosystem(),
                "c" + i,
                "c" + i,
                version,
                "path",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Set.of(Set.of()));
        if (!table.rowsFor(crate).isEmpty()) {
          inJava.add(requirements.get(i));
        }
        if (inNix.get(v).get(i).asBoolean()) {
          applying.add(requirements.get(i));
        }
      }
      expected.put(versions.get(v), inJava);
      found.put(versions.get(v), applying);
    }
    assertThat(found).isEqualTo(expected);
    assertThat(found.get("1.2.3")).contains("*", "1", "~1.2").doesNotContain("0.3", ">1.2");
  }

  @Test
  @DisplayName("become overrides of nixpkgs: packages, tools, and variables with store paths")
  void nixpkgs() throws Exception {
    JsonNode found =
        evaluate(
            """
            let
              pkgs = {
                openssl = "OPENSSL";
                perl = "PERL";
                pkg-config = "PKG-CONFIG";
                gst_all_1.gst-plugins-base = "GST";
                hdf5 = { outPath = "/hdf5"; dev = "/hdf5-dev"; };
              };
              overrides = library { inherit pkgs; };
              of = crateName: version: features: overrides.${crateName} {
                inherit crateName version features;
                src.about.source.kind = "file";
                dependencies = [ ];
              };
            in
            [
              (of "openssl-sys" "0.9.104" [ ])
              (of "openssl-sys" "0.9.104" [ "vendored" ])
              (of "gstreamer-app-sys" "0.23.0" [ ])
              (of "hdf5-sys" "0.8.1" [ ]).HDF5_DIR
              (of "ring" "0.17.8" [ ])
            ]
            """);

    assertThat(found)
        .isEqualTo(
            JSON.readTree(
                """
                [
                  {"buildInputs": ["OPENSSL"], "nativeBuildInputs": ["PKG-CONFIG"]},
                  {"nativeBuildInputs": ["PERL"]},
                  {"buildInputs": ["GST"], "nativeBuildInputs": ["PKG-CONFIG"]},
                  "/hdf5-dev",
                  {}
                ]
                """));
  }

  @Test
  @DisplayName("tell a registry's crate from a repository's and a folder's, also where vendored")
  void sources() throws Exception {
    StringBuilder rows = new StringBuilder();
    for (String source : List.of("registry", "git", "path")) {
      rows.append(
          "[[crate]]\nname = \"x\"\nsource = \"%s\"\ndebian.environment = { S = \"%s\" }\n"
              .formatted(source, source));
    }
    Path own = Files.writeString(folder.resolve("rows.toml"), rows);
    JsonNode found =
        evaluate(
            "map (kind: ((library { own = "
                + own
                + "; }).x { crateName = \"x\"; version = \"1.0.0\"; src.about.source.kind = kind; })"
                + ".buildEnvironment.S) [ \"file\" \"repository\""
                + " \"path\" \"vendored\" ]");

    assertThat(found).isEqualTo(JSON.readTree("[\"registry\", \"git\", \"path\", \"registry\"]"));
  }

  @Test
  @DisplayName("that we ship are all looked up in nixpkgs")
  void everyRow() throws Exception {
    Set<String> attributes = new TreeSet<>();
    for (OverrideRow row : OverrideTable.read(null, Rust.LANGUAGE).shipped()) {
      attributes.addAll(row.nixpkgs().packages());
      attributes.addAll(row.nixpkgs().tools());
    }
    // Whatever a row says, all of its parts are looked up: with none there, each is missed.
    JsonNode missed =
        evaluate(
            """
            let
              rows = (builtins.fromTOML (builtins.readFile %s/crates.toml)).crate;
              tried = row: builtins.tryEval (builtins.deepSeq ((library { pkgs = throw row.name; }).${row.name} {
                crateName = row.name;
                version = "1000.0.0";
                features = row.features or [ ];
                src.about.source.kind = "file";
              }) true);
            in
            map (row: (tried row).success) (builtins.filter (row: row ? nixpkgs && !(row ? version)) rows)
            """
                .formatted(LIBRARY));

    assertThat(attributes).hasSizeGreaterThan(100);
    assertThat(missed).isNotEmpty().allMatch(success -> !success.asBoolean());
  }
}
