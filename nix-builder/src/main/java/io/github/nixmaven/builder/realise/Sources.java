package io.github.nixmaven.builder.realise;

import io.github.nixmaven.builder.command.Command;
import io.github.nixmaven.builder.nix.Derivation;
import io.github.nixmaven.builder.nix.HermeticOptions;
import io.github.nixmaven.generator.hash.Hash;
import io.github.nixmaven.generator.pin.Context;
import io.github.nixmaven.generator.pin.Ecosystem;
import io.github.nixmaven.generator.text.DirectoryTree;
import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Puts sources into the store that the generator has read before: files of packages, so that they
 * are not downloaded twice, and files of git repositories, which only the generator can fetch.
 */
final class Sources {
  private final Command nix;
  private final HermeticOptions options;
  private final Path work;
  private final Context context;

  private Sources(Command nix, HermeticOptions options, Path work, Context context) {
    this.nix = nix;
    this.options = options;
    this.work = work;
    this.context = context;
  }

  /**
   * Puts what can be had into the store.
   *
   * @param project says what they are
   * @param absent fixed outputs that are not there
   * @return those that are there now
   * @throws InputException when a commit cannot be had, or is not the one that is pinned
   */
  static List<Derivation> provide(
      Project project,
      Collection<Derivation> absent,
      Command nix,
      HermeticOptions options,
      Context context,
      Console console)
      throws IOException, InterruptedException {
    List<Derivation> provided = new ArrayList<>();
    if (absent.isEmpty()) {
      return provided;
    }
    Path work = Files.createTempDirectory("nix-sources");
    try {
      Sources sources = new Sources(nix, options, work, context);
      provided.addAll(sources.addFiles(project, absent));
      for (Derivation derivation : absent) {
        Source source = project.sources().get(derivation.path());
        if (source != null && source.kind() == Source.Kind.REPOSITORY) {
          String url = Objects.requireNonNull(source.url());
          console.info("Adding the files of " + url);
          sources.addRepository(
              project.language().ecosystem(),
              derivation,
              url,
              Objects.requireNonNull(source.rev()));
          provided.add(derivation);
        }
      }
    } finally {
      DirectoryTree.delete(work);
    }
    return provided;
  }

  private List<Derivation> addFiles(Project project, Collection<Derivation> absent)
      throws IOException, InterruptedException {
    Map<String, Derivation> byFile = new LinkedHashMap<>();
    for (Derivation derivation : absent) {
      Source source = project.sources().get(derivation.path());
      Optional<Hash> hash = derivation.file();
      if (source != null && source.kind() == Source.Kind.FILE && hash.isPresent()) {
        Optional<Path> found =
            project
                .language()
                .ecosystem()
                .cached(
                    Objects.requireNonNull(source.packageName()),
                    Objects.requireNonNull(source.version()),
                    hash.get(),
                    context);
        if (found.isPresent()) {
          // Two registries may publish one name and version.
          Path folder = Files.createDirectory(work.resolve(String.valueOf(byFile.size())));
          Path file = Files.copy(found.get(), folder.resolve(derivation.name()));
          byFile.put(file.toString(), derivation);
        }
      }
    }
    if (!byFile.isEmpty()) {
      List<String> arguments = new ArrayList<>(options.arguments());
      arguments.addAll(List.of("--add-fixed", "sha256"));
      arguments.addAll(byFile.keySet());
      List<String> added = nix.capture("nix-store", arguments).lines().toList();
      List<Derivation> wanted = List.copyOf(byFile.values());
      for (int i = 0; i < wanted.size(); i++) {
        requireSame(wanted.get(i), added.get(i));
      }
    }
    return List.copyOf(byFile.values());
  }

  private void addRepository(Ecosystem ecosystem, Derivation derivation, String url, String commit)
      throws IOException, InterruptedException {
    Path tree = Files.createTempDirectory(work, "git").resolve(derivation.name());
    // Nix lays it out itself: it knows names and links that this JVM may not be able to write.
    Command.Result restored =
        nix.run(
            "nix-store",
            List.of("--restore", tree.toString()),
            input -> ecosystem.writeTree(url, commit, context, input),
            line -> {});
    if (restored.status() != 0) {
      throw new IOException("nix-store --restore: " + String.join("\n", restored.log()));
    }
    List<String> arguments = new ArrayList<>(options.arguments());
    arguments.addAll(List.of("--add-fixed", "--recursive", "sha256", tree.toString()));
    String added = nix.capture("nix-store", arguments);
    if (!derivation.outputPaths().contains(added)) {
      String pinned = derivation.environment().getOrDefault("outputHash", "");
      throw new InputException(
          null,
          "the files of "
              + url
              + " at "
              + commit
              + " do not have the hash in "
              + ecosystem.generatedName()
              + ": expected "
              + pinned
              + ", but "
              + added
              + " has another hash",
          "Undo manual edits, or write the file again with `mvn nix:generate`.");
    }
    DirectoryTree.delete(tree);
  }

  private static void requireSame(Derivation wanted, String added) throws IOException {
    if (!wanted.outputPaths().contains(added)) {
      throw new IOException("Nix put " + wanted.name() + " at " + added);
    }
  }
}
