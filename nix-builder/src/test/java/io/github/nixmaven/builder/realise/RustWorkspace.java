package io.github.nixmaven.builder.realise;

import static io.github.nixmaven.builder.realise.HandMadeProject.unit;

import io.github.nixmaven.builder.nix.NixFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A small workspace with a lock: {@code app}, a program, links itoa, and has a build script that
 * needs cfg-if. What stands for its output is made by hand, as compiling it would take long.
 */
public final class RustWorkspace {
  public static final String ITOA =
      "d75a2a4b1b190afb6f5425f10f6a8f959d2ea0b9c2b1d79553551850539e4674";
  public static final String CFG_IF =
      "baf1de4339761588bc0619e3cbc0120ee582ebb74b53b4efbf79117bd2da40fd";

  private RustWorkspace() {}

  public static void write(Path folder) throws Exception {
    Files.createDirectories(folder.resolve("src"));
    Files.writeString(
        folder.resolve("Cargo.toml"),
        """
        [package]
        name = "app"
        version = "0.1.0"
        edition = "2021"
        license-file = "LICENCE"

        [dependencies]
        itoa = "1.0"

        [build-dependencies]
        cfg-if = "1"
        """);
    Files.writeString(folder.resolve("src/main.rs"), "fn main() {}\n");
    Files.writeString(folder.resolve("build.rs"), "fn main() {}\n");
    Files.writeString(folder.resolve("Cargo.lock"), lock(ITOA));
    Files.writeString(folder.resolve("Cargo.nix"), "{ }\n");
  }

  /** The lock with some checksum of itoa. */
  public static String lock(String itoa) {
    return """
        version = 4

        [[package]]
        name = "app"
        version = "0.1.0"
        dependencies = [
         "cfg-if",
         "itoa",
        ]

        [[package]]
        name = "cfg-if"
        version = "1.0.0"
        source = "registry+https://github.com/rust-lang/crates.io-index"
        checksum = "%s"

        [[package]]
        name = "itoa"
        version = "1.0.14"
        source = "registry+https://github.com/rust-lang/crates.io-index"
        checksum = "%s"
        """
        .formatted(CFG_IF, itoa);
  }

  /** The project with {@code bin/app} as output. */
  public static Preparation prepared(String nonce) throws Exception {
    return new HandMadeProject()
        .with(
            "app",
            unit("app", "0.1.0", "product"),
            "/usr/bin/mkdir -p $out/bin; echo program > $out/bin/app",
            "nonce = \"" + nonce + "\";")
        .member("app")
        .prepare();
  }

  public static void build(Preparation prepared) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("--realise"));
    arguments.addAll(NixFixture.options().arguments());
    prepared.project().members().values().forEach(each -> arguments.add(each.path()));
    NixFixture.nix().capture("nix-store", arguments);
  }
}
