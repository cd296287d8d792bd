package io.github.nixmaven.generator.cargo;

import java.nio.file.Path;

/** A small workspace to which a test adds a mistake. */
final class RefusedWorkspace {
  private RefusedWorkspace() {}

  static TextWorkspace write(Path directory, String more, boolean lock) throws Exception {
    String text =
        """
        ## src/lib.rs dep/src/lib.rs other/src/lib.rs empty/folder/keep
        ## other/Cargo.toml twin/Cargo.toml
        [package]
        name = "other"
        version = "1.0.0"
        ## twin/src/lib.rs pointing/src/lib.rs elsewhere/keep
        ## pointing/Cargo.toml
        [package]
        name = "pointing"
        version = "1.0.0"
        workspace = "../elsewhere"
        ## elsewhere/Cargo.toml
        [workspace]
        ## dep/Cargo.toml
        [package]
        name = "dep"
        version = "1.0.0"
        [workspace]
        ## Cargo.toml
        [package]
        name = "app"
        version = "1.0.0"
        edition = "2024"
        """
            + more;
    return lock ? TextWorkspace.write(directory, text) : TextWorkspace.unlocked(directory, text);
  }
}
