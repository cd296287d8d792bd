package io.github.nixmaven.builder.nix;

import io.github.nixmaven.builder.command.Command;
import io.github.nixmaven.generator.hash.Hash;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Nix's registration of a store path.
 *
 * <p>Read from {@code nix-store --dump-db}, whose form is that of {@code --load-db} and {@code
 * --register-validity} and has not changed since Nix 1; the JSON of {@code nix path-info} has
 * changed four times.
 *
 * @param path the store path
 * @param narHash the SHA-256 of its NAR
 * @param narSize the length of its NAR in bytes
 * @param deriver the store path of the derivation that made it, or null where none is known
 * @param references the store paths it refers to, perhaps itself among them
 */
public record PathInfo(
    String path, Hash narHash, long narSize, @Nullable String deriver, List<String> references) {
  /**
   * The closure of paths.
   *
   * @param roots valid store paths
   * @return each path once, in no order
   * @throws IOException when one of them is not valid
   */
  public static List<PathInfo> closure(Command nix, Collection<String> roots)
      throws IOException, InterruptedException {
    if (roots.isEmpty()) {
      return List.of();
    }
    List<String> query = new ArrayList<>(List.of("--query", "--requisites"));
    query.addAll(roots);
    return of(nix, nix.capture("nix-store", query).lines().toList());
  }

  /**
   * Nix's registrations of these paths.
   *
   * @param paths valid store paths
   * @throws IOException when one of them is not valid
   */
  public static List<PathInfo> of(Command nix, Collection<String> paths)
      throws IOException, InterruptedException {
    if (paths.isEmpty()) {
      return List.of();
    }
    List<String> dump = new ArrayList<>(List.of("--dump-db"));
    dump.addAll(paths);
    return parse(nix.capture("nix-store", dump));
  }

  /** Reads what {@code nix-store --dump-db} prints. */
  static List<PathInfo> parse(String dump) throws IOException {
    List<PathInfo> result = new ArrayList<>();
    Iterator<String> lines = dump.lines().iterator();
    try {
      while (lines.hasNext()) {
        String path = lines.next();
        Hash narHash = Hash.parse(Hash.Algorithm.SHA256, lines.next());
        long narSize = Long.parseLong(lines.next());
        String deriver = lines.next();
        int count = Integer.parseInt(lines.next());
        List<String> references = new ArrayList<>();
        for (int i = 0; i < count; i++) {
          references.add(lines.next());
        }
        result.add(
            new PathInfo(
                path,
                narHash,
                narSize,
                deriver.isEmpty() ? null : deriver,
                List.copyOf(references)));
      }
    } catch (IllegalArgumentException | NoSuchElementException e) {
      throw new IOException("nix-store --dump-db printed something that is not a registration", e);
    }
    return List.copyOf(result);
  }
}
