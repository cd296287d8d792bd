package io.github.nixmaven.generator.api;

import io.github.nixmaven.generator.cargo.CargoSources;
import io.github.nixmaven.generator.cargo.git.GitRemedies;
import io.github.nixmaven.generator.git.LockedCommit;
import io.github.nixmaven.generator.hash.Hash;
import io.github.nixmaven.generator.pin.Context;
import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;

/** The sources that a Cargo.nix pins, for adding them to a Nix store. */
public final class PinnedSources {
  private PinnedSources() {}

  /**
   * A crate file that is in our cache or in cargo's. It must not be changed.
   *
   * @param folder the directory in it: {@code NAME-VERSION}
   * @param hash its SHA-256 digest, which is verified
   */
  public static Optional<Path> crateFile(String folder, Hash hash, Context context)
      throws IOException, InterruptedException {
    return CargoSources.files(context).cached(folder, hash);
  }

  /**
   * Writes the files of a commit, submodules included, as a NAR. They come from our cache, from
   * cargo's or from the repository itself.
   *
   * @param url the repository's address
   * @param commit the full commit
   * @param nar is not closed
   * @throws InputException when the commit cannot be fetched
   */
  public static void writeGitTree(String url, String commit, Context context, OutputStream nar)
      throws IOException, InterruptedException {
    CargoSources.repositories(context)
        .writeNar(new LockedCommit(url, commit, null, null, GitRemedies.LOCK), nar);
  }
}
