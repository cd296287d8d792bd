package io.github.nixmaven.generator.cargo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.generator.cargo.config.EnvironmentTable.Variable;
import io.github.nixmaven.generator.text.InputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The variables of a project's configuration are those that cargo sets")
class ConfiguredEnvironmentTest {
  @TempDir Path temporary;
  private Path directory;
  private Path home;
  private final Map<String, String> environment = new HashMap<>(System.getenv());

  @BeforeEach
  void writeWorkspace() throws Exception {
    Path parent = temporary.toRealPath();
    directory = Files.createDirectories(parent.resolve("outer/inner"));
    home = Files.createDirectories(parent.resolve("home"));
    environment.put("CARGO_HOME", home.toString());
    environment.put("CARGO_TARGET_DIR", parent.resolve("target").toString());
    TextWorkspace.write(
        directory,
        """
        ## Cargo.toml
        [package]
        name = "app"
        version = "1.0.0"
        edition = "2021"
        ## src/main.rs
        fn main() {
            for (name, value) in std::env::vars().filter(|(name, _)| name.starts_with("SET_")) {
                println!("{name}={value}");
            }
        }
        """);
  }

  private static void write(Path file, String text) throws Exception {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private List<Variable> variables() throws Exception {
    return CargoProject.load(directory.resolve("Cargo.toml"), environment)
        .workspace()
        .config()
        .variables();
  }

  /** Ours with paths as cargo joins them. */
  private Map<String, String> ours() throws Exception {
    Map<String, String> result = new TreeMap<>();
    for (Variable variable : variables()) {
      if (variable.force() || !environment.containsKey(variable.name())) {
        result.put(
            variable.name(),
            variable.root() == null ? variable.value() : variable.root() + "/" + variable.value());
      }
    }
    return result;
  }

  /** What a program sees that cargo runs. */
  private Map<String, String> cargos() {
    byte[] said = Cargo.run(directory, environment, List.of("run", "--quiet", "--offline"));
    Map<String, String> result = new TreeMap<>();
    new String(said, StandardCharsets.UTF_8)
        .lines()
        .map(line -> line.split("=", 2))
        .forEach(parts -> result.put(parts[0], parts[1]));
    return result;
  }

  @Test
  @DisplayName("Strings, tables, relative paths and what is forced")
  void kinds() throws Exception {
    write(
        directory.resolve(".cargo/config.toml"),
        """
        [env]
        SET_PLAIN = "a b"
        SET_PATH = { value = "assets/./x", relative = true }
        SET_ROOT = { value = "", relative = true }
        SET_ABSOLUTE = { value = "/opt/x", relative = true }
        SET_FORCED = { value = "forced", force = true, unknown = 1 }
        SET_NOT_RELATIVE = { value = "x", relative = false }
        "" = "without a name"
        """);
    Cargo.generateLockfile(directory);

    assertThat(ours()).isEqualTo(cargos()).hasSize(6);
  }

  @Test
  @DisplayName(
      "Keys of one variable come from several files, and the nearest one is where a path starts")
  void joined() throws Exception {
    write(
        directory.resolve(".cargo/config.toml"),
        "[env]\nSET_A = { value = \"inner\" }\nSET_B = { relative = true }\n");
    write(
        directory.resolve("../.cargo/config.toml"),
        "[env]\nSET_A = { value = \"outer\", relative = true, force = true }\n"
            + "SET_B = { value = \"outer\" }\nSET_C = \"only here\"\n");
    Cargo.generateLockfile(directory);

    assertThat(ours()).isEqualTo(cargos()).hasSize(3);
    assertThat(variables().get(0).force()).isTrue();
  }

  @Test
  @DisplayName("What belongs to one user does not count, other than for cargo")
  void ofTheUser() throws Exception {
    write(home.resolve("config.toml"), "[env]\nSET_HOME = \"of the user\"\n");
    Cargo.generateLockfile(directory);

    assertThat(cargos()).containsExactly(Map.entry("SET_HOME", "of the user"));
    assertThat(ours()).isEmpty();
    assertThat(
            CargoProject.load(directory.resolve("Cargo.toml"), environment)
                .workspace()
                .config()
                .ignored(List.of(), List.of()))
        .singleElement()
        .asString()
        .startsWith(home.resolve("config.toml") + ":2:1: `env.SET_HOME`");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET = 3",
        "SET = true",
        "SET = ['a']",
        "SET = { relative = true }",
        "SET.value = 3",
        "SET = { value = 'a', force = 'yes' }",
        "SET = { value = 'a', relative = 1 }",
        "SET = \"a\\u0000b\"",
        "CARGO_HOME = 'x'",
        "RUSTUP_HOME = 'x'",
        "RUSTUP_TOOLCHAIN = { value = 'x', force = true }",
      })
  @DisplayName("What cargo refuses is refused with its place")
  void refused(String line) throws Exception {
    Cargo.generateLockfile(directory);
    Path file = directory.resolve(".cargo/config.toml");
    write(file, "[env]\n" + line + "\n");

    assertThatThrownBy(this::cargos).isInstanceOf(Cargo.Refused.class);
    assertThatThrownBy(this::variables)
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file + ":2:");
  }

  @Test
  @DisplayName("So are a string and a table for one variable")
  void stringAndTable() throws Exception {
    Cargo.generateLockfile(directory);
    write(directory.resolve(".cargo/config.toml"), "[env]\nSET = \"inner\"\n");
    Path outer = directory.resolveSibling(".cargo/config.toml");
    write(outer, "[env]\nSET = { value = \"outer\" }\n");

    assertThatThrownBy(this::cargos).isInstanceOf(Cargo.Refused.class);
    assertThatThrownBy(this::variables)
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(outer + ":2:");
  }
}
