package io.github.nixmaven.generator.cargo.registry;

import java.util.List;

/**
 * What the generator needs to know of a published crate.
 *
 * @param manifest the bytes of its Cargo.toml
 * @param rustFiles the files that cargo's target inference may find, relative to the crate's root,
 *     with {@code /} between names, sorted: {@code *.rs} in the root and in {@code src}, and {@code
 *     *.rs} and {@code *}{@code /main.rs} in {@code src/bin}, {@code examples}, {@code tests} and
 *     {@code benches} (Cargo Book, "Package Layout")
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of facts: nobody compares it
public record CrateContents(byte[] manifest, List<String> rustFiles) {
  public CrateContents {
    rustFiles = List.copyOf(rustFiles);
  }
}
