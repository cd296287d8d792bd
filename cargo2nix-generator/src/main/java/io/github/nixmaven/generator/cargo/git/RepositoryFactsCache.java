package io.github.nixmaven.generator.cargo.git;

import io.github.nixmaven.generator.git.LockedCommit;
import io.github.nixmaven.generator.hash.Hash;
import io.github.nixmaven.generator.text.EntryFiles;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The facts about commits, in one file for each repository and commit. A commit never changes, so
 * entries need no expiry.
 *
 * <p>An entry's id is {@code URL#COMMIT}. It contains the NAR hash, the number of packages and the
 * packages, the number of manifests and the manifests. Another format needs another directory.
 */
final class RepositoryFactsCache {
  private static final String FORMAT = "git-facts-1";

  private final EntryFiles files;

  RepositoryFactsCache(Path cache) {
    files = new EntryFiles(cache.resolve(FORMAT));
  }

  Optional<RepositoryFacts> read(LockedCommit commit) throws IOException {
    Optional<DataInputStream> entry = files.read(name(commit), commit.toString());
    if (entry.isEmpty()) {
      return Optional.empty();
    }
    DataInputStream in = entry.get();
    String narHash = in.readUTF();
    List<RepositoryPackage> packages = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      String name = in.readUTF();
      String version = in.readUTF();
      String packageFolder = in.readUTF();
      String workspace = in.readBoolean() ? in.readUTF() : null;
      List<String> packageFiles = new ArrayList<>();
      for (int more = in.readInt(); more > 0; more--) {
        packageFiles.add(in.readUTF());
      }
      packages.add(new RepositoryPackage(name, version, packageFolder, workspace, packageFiles));
    }
    Map<String, byte[]> manifests = new LinkedHashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      String manifest = in.readUTF();
      manifests.put(manifest, in.readNBytes(in.readInt()));
    }
    return Optional.of(new RepositoryFacts(narHash, packages, manifests));
  }

  void write(LockedCommit commit, RepositoryFacts facts) throws IOException {
    files.write(name(commit), commit.toString(), out -> write(facts, out));
  }

  private static void write(RepositoryFacts facts, DataOutputStream out) throws IOException {
    out.writeUTF(facts.narHash());
    out.writeInt(facts.packages().size());
    for (RepositoryPackage found : facts.packages()) {
      out.writeUTF(found.name());
      out.writeUTF(found.version());
      out.writeUTF(found.folder());
      out.writeBoolean(found.workspace() != null);
      if (found.workspace() != null) {
        out.writeUTF(found.workspace());
      }
      out.writeInt(found.files().size());
      for (String file : found.files()) {
        out.writeUTF(file);
      }
    }
    out.writeInt(facts.manifests().size());
    for (Map.Entry<String, byte[]> manifest : new TreeMap<>(facts.manifests()).entrySet()) {
      out.writeUTF(manifest.getKey());
      out.writeInt(manifest.getValue().length);
      out.write(manifest.getValue());
    }
  }

  private static String name(LockedCommit commit) {
    byte[] id = commit.toString().getBytes(StandardCharsets.UTF_8);
    return Hash.digest(Hash.Algorithm.SHA256, id).hex();
  }
}
