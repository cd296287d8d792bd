package io.github.nixmaven.builder.realise;

import io.github.nixmaven.builder.nix.Derivation;
import io.github.nixmaven.generator.hash.Hash;
import io.github.nixmaven.generator.nix.Nar;
import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A member's output in the store.
 *
 * @param member the member
 * @param derivation what made it
 * @param path its store path
 * @param nar hash and size of its NAR
 * @param files the SHA-256 of each file, by its path below the store path
 */
public record MemberOutput(
    Member member,
    Derivation derivation,
    Path path,
    Nar.Digest nar,
    SortedMap<String, Hash> files) {

  /**
   * Reads the outputs of a project's members.
   *
   * @return sorted by member
   * @throws InputException when one of them is not built
   */
  public static List<MemberOutput> of(Project project) throws IOException {
    List<MemberOutput> result = new ArrayList<>();
    for (Map.Entry<Member, Derivation> member : project.members().entrySet()) {
      Path path = Path.of(member.getValue().outputPaths().get(0));
      if (!Files.exists(path)) {
        throw new InputException(
            null,
            member.getKey().label() + " is not built: " + path + " is not in the store",
            "Run `mvn nix:build` first, or bind this goal to a later phase.");
      }
      result.add(
          new MemberOutput(
              member.getKey(), member.getValue(), path, Nar.digest(path), files(path)));
    }
    return result;
  }

  /** The SHA-256 of each file of an output, by its path below it; links are followed. */
  public static SortedMap<String, Hash> files(Path output) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(output, FileVisitOption.FOLLOW_LINKS)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    SortedMap<String, Hash> result = new TreeMap<>();
    for (Path file : files) {
      result.put(output.relativize(file).toString(), sha256(file));
    }
    return result;
  }

  /** The SHA-256 of a file of any size. */
  public static Hash sha256(Path file) throws IOException {
    MessageDigest digest = Hash.Algorithm.SHA256.newDigest();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      var unused = in.transferTo(OutputStream.nullOutputStream());
    }
    return Hash.of(Hash.Algorithm.SHA256, digest.digest());
  }
}
