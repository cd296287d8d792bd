package io.github.nixmaven.builder.toy;

import static io.github.nixmaven.generator.nix.NixWriter.attr;
import static io.github.nixmaven.generator.nix.NixWriter.attrs;
import static io.github.nixmaven.generator.nix.NixWriter.string;

import io.github.nixmaven.generator.hash.Hash;
import io.github.nixmaven.generator.nix.NixWriter;
import io.github.nixmaven.generator.pin.Context;
import io.github.nixmaven.generator.pin.Expression;
import io.github.nixmaven.generator.pin.Fingerprint;
import io.github.nixmaven.generator.pin.Pin;
import io.github.nixmaven.generator.pin.PinnedPackage;
import io.github.nixmaven.generator.pin.Project;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** A toy's lock, read. A toy is a file. */
record ToyProject(Path lock, SortedMap<String, ToyPackage> toys, Context context)
    implements Project {
  /** Each toy is a derivation that fetches it, and says so. */
  private static final String ENGINE =
      """
      builtins.mapAttrs (
        _: toy:
        let
          file = derivation {
            inherit (toy) name;
            system = "builtin";
            builder = "builtin:fetchurl";
            url = "https://toys.invalid/${toy.name}";
            outputHash = toy.hash;
            outputHashMode = "flat";
          };
        in
        file
        // {
          inherit (toy) version;
          key = file.drvPath;
          about.source = {
            ecosystem = "toy";
            kind = "file";
            package = toy.name;
            inherit (toy) version;
          };
        }
      ) toys""";

  @Override
  public String inputs() {
    return Hash.digest(Hash.Algorithm.SHA256, toys.toString().getBytes(StandardCharsets.UTF_8))
        .sri();
  }

  @Override
  public SortedMap<String, Fingerprint> locked() {
    SortedMap<String, Fingerprint> result = new TreeMap<>();
    toys.forEach((key, toy) -> result.put(key, new Fingerprint("checksum", toy.hash().sri())));
    return result;
  }

  @Override
  public Set<String> needed() {
    return toys.keySet();
  }

  @Override
  public boolean hasCompanions() {
    return true;
  }

  @Override
  public void verify() {
    // A toy's lock pins nothing on this disk.
  }

  @Override
  public Expression expression() {
    List<NixWriter.Attr> table = new ArrayList<>();
    toys.forEach(
        (key, toy) ->
            table.add(
                attr(
                    key,
                    attrs(
                        List.of(
                            attr("name", string(toy.name())),
                            attr("version", string(toy.version())),
                            attr("hash", string(toy.hash().sri())),
                            attr("file", string(toy.file())))))));
    String text =
        NixWriter.write(NixWriter.let(List.of(attr("toys", attrs(table))), NixWriter.raw(ENGINE)))
            + "\n";
    return new Expression() {
      @Override
      public SortedMap<String, Fingerprint> packages() {
        return locked();
      }

      @Override
      public byte[] text() {
        return text.getBytes(StandardCharsets.UTF_8);
      }
    };
  }

  @Override
  public void provide() throws IOException {
    for (ToyPackage toy : toys.values()) {
      Path copy = ToyEcosystem.cache(toy.hash(), context);
      Files.createDirectories(copy.getParent());
      Files.copy(lock.resolveSibling(toy.file()), copy, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @Override
  public List<PinnedPackage> packages(List<String> members) {
    return toys.entrySet().stream()
        .map(
            entry ->
                new PinnedPackage(
                    entry.getKey(),
                    entry.getValue().name(),
                    entry.getValue().version(),
                    new Pin.File(Optional.empty(), entry.getValue().hash()),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    true,
                    false,
                    Set.of()))
        .toList();
  }
}
