package io.github.nixmaven.generator.cargo.registry;

import io.github.nixmaven.generator.text.EntryFiles;
import io.github.nixmaven.generator.text.TomlTable;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What crates hold, one small file per checksum. What a checksum stands for never changes, so
 * entries need no expiry.
 *
 * <p>An entry is of the crate as {@link CrateId#toString} gives it, and tells the number of files,
 * the files, and the manifest as {@link TomlTable#write} writes it: parsing TOML takes most of the
 * time otherwise. Another format gets another folder.
 */
final class FactsCache {
  private static final String FORMAT = "facts-3";

  private final EntryFiles files;

  FactsCache(Path cache) {
    files = new EntryFiles(cache.resolve(FORMAT));
  }

  /** The same checksum under another name is a lock that was edited: the archive tells. */
  Optional<CrateContents> read(CrateId id) throws IOException {
    Optional<DataInputStream> entry = files.read(id.checksum(), id.toString());
    if (entry.isEmpty()) {
      return Optional.empty();
    }
    DataInputStream in = entry.get();
    int count = in.readInt();
    List<String> names = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      names.add(in.readUTF());
    }
    return Optional.of(new CrateContents(TomlTable.read(id.manifest(), in), names));
  }

  void write(CrateId id, CrateContents contents) throws IOException {
    files.write(
        id.checksum(),
        id.toString(),
        out -> {
          out.writeInt(contents.files().size());
          for (String name : contents.files()) {
            out.writeUTF(name);
          }
          contents.manifest().write(out);
        });
  }
}
