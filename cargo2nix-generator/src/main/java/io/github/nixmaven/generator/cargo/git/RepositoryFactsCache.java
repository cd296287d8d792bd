package io.github.nixmaven.generator.cargo.git;

import io.github.nixmaven.generator.nix.Hash;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * What commits hold, one file for each repository and commit. A commit never changes, so entries
 * need no expiry; one that is damaged counts as absent.
 *
 * <p>An entry is the CRC-32 checksum of the rest, and then, all in {@link DataOutputStream}'s
 * encoding, {@code URL#COMMIT}, the NAR hash, the number of packages and the packages, the number
 * of manifests and the manifests. Another format gets another folder.
 */
final class RepositoryFactsCache {
  private static final String FORMAT = "git-facts-1";

  private final Path folder;

  RepositoryFactsCache(Path cache) {
    folder = cache.resolve(FORMAT);
  }

  Optional<RepositoryFacts> read(LockedCommit commit) throws IOException {
    byte[] entry;
    try {
      entry = Files.readAllBytes(file(commit));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    if (entry.length <= Integer.BYTES) {
      return Optional.empty();
    }
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(entry));
    if (in.readInt() != checksum(entry) || !in.readUTF().equals(commit.toString())) {
      return Optional.empty();
    }
    String narHash = in.readUTF();
    List<RepositoryPackage> packages = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      String name = in.readUTF();
      String version = in.readUTF();
      String packageFolder = in.readUTF();
      String workspace = in.readBoolean() ? in.readUTF() : null;
      List<String> files = new ArrayList<>();
      for (int more = in.readInt(); more > 0; more--) {
        files.add(in.readUTF());
      }
      packages.add(new RepositoryPackage(name, version, packageFolder, workspace, files));
    }
    Map<String, byte[]> manifests = new LinkedHashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      String manifest = in.readUTF();
      manifests.put(manifest, in.readNBytes(in.readInt()));
    }
    return Optional.of(new RepositoryFacts(narHash, packages, manifests));
  }

  void write(LockedCommit commit, RepositoryFacts facts) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(0); // the checksum's place
    out.writeUTF(commit.toString());
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
    byte[] entry = bytes.toByteArray();
    ByteBuffer.wrap(entry).putInt(checksum(entry));

    Files.createDirectories(folder);
    Path partial = Files.createTempFile(folder, ".", ".part");
    try {
      Files.write(partial, entry);
      Files.move(partial, file(commit), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  private Path file(LockedCommit commit) {
    byte[] id = commit.toString().getBytes(StandardCharsets.UTF_8);
    return folder.resolve(Hash.digest(Hash.Algorithm.SHA256, id).hex());
  }

  private static int checksum(byte[] entry) {
    CRC32 checksum = new CRC32();
    checksum.update(entry, Integer.BYTES, entry.length - Integer.BYTES);
    return (int) checksum.getValue();
  }
}
