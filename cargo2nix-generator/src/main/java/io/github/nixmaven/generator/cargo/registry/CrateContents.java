package io.github.nixmaven.generator.cargo.registry;

import io.github.nixmaven.generator.text.TomlTable;
import java.util.List;

/**
 * What the generator needs to know of a published crate.
 *
 * @param manifest its Cargo.toml
 * @param files the files of which cargo asks whether they are there, relative to the crate's root,
 *     with {@code /} between names, sorted: a readme in the root, and what target inference may
 *     find, {@code *.rs} in the root and in {@code src}, and {@code *.rs} and {@code *}{@code
 *     /main.rs} in {@code src/bin}, {@code examples}, {@code tests} and {@code benches} (Cargo
 *     Book, "Package Layout")
 */
public record CrateContents(TomlTable manifest, List<String> files) {
  public CrateContents {
    files = List.copyOf(files);
  }
}
