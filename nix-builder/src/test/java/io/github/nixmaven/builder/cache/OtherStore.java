package io.github.nixmaven.builder.cache;

import io.github.nixmaven.builder.command.Command;
import io.github.nixmaven.builder.nix.NixFixture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A second Nix store, empty, which builds nothing and takes paths from one cache only. */
final class OtherStore {
  private final Path root;

  OtherStore(Path root) {
    this.root = root;
  }

  /** Takes a path from a cache, if it trusts it. */
  Command.Result take(String path, String cache, String trustedKeys)
      throws IOException, InterruptedException {
    List<String> arguments =
        new ArrayList<>(List.of("--store", root.toString(), "--realise", path));
    option(arguments, "substitute", "true");
    option(arguments, "substituters", cache);
    option(arguments, "trusted-public-keys", trustedKeys);
    option(arguments, "require-sigs", "true");
    option(arguments, "build-users-group", "");
    // Nix remembers for an hour what a cache did not have.
    option(arguments, "narinfo-cache-negative-ttl", "0");
    option(arguments, "narinfo-cache-positive-ttl", "0");
    option(arguments, "download-attempts", "1");
    return NixFixture.nix().run("nix-store", arguments, line -> {});
  }

  /** Where a path of this store lies on the disk. */
  Path file(String path) {
    return Path.of(root + path);
  }

  private static void option(List<String> arguments, String name, String value) {
    arguments.addAll(List.of("--option", name, value));
  }
}
