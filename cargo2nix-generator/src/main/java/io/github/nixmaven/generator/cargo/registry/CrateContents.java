package io.github.nixmaven.generator.cargo.registry;

import io.github.nixmaven.generator.text.TomlTable;
import java.util.List;

/**
 * The facts about a published crate that the generator needs.
 *
 * @param manifest its Cargo.toml
 * @param files the files whose presence matters to cargo, relative to the crate's root, with {@code
 *     /} between names, sorted: a readme in the root, and the files for target inference, {@code
 *     *.rs} in the root and in {@code src}, and {@code *.rs} and {@code *}{@code /main.rs} in
 *     {@code src/bin}, {@code examples}, {@code tests} and {@code benches} (Cargo Book, "Package
 *     Layout")
 */
public record CrateContents(TomlTable manifest, List<String> files) {
  public CrateContents {
    files = List.copyOf(files);
  }
}
