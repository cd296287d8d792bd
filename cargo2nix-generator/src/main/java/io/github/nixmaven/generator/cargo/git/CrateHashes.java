package io.github.nixmaven.generator.cargo.git;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nixmaven.generator.git.GitAddress;
import io.github.nixmaven.generator.git.LockedCommit;
import io.github.nixmaven.generator.hash.Hash;
import io.github.nixmaven.generator.text.Addresses;
import io.github.nixmaven.generator.text.AtomicFile;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.Position;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code crate-hashes.json} beside Cargo.nix: the hashes that do not fit into Cargo.lock. It is one
 * object, {@code { "git+URL#COMMIT": "sha256-…" }}, where the hash is that of the NAR of the
 * commit's files with its submodules.
 *
 * <p>The file of crate2nix is read too. Its keys are package ids of cargo's, in the forms {@code
 * NAME VERSION (git+URL?REFERENCE#COMMIT)} and {@code git+URL?REFERENCE#NAME@VERSION}, and its
 * values are in base 32. A key of the second form does not name a commit, so its hash may belong to
 * another one: it is ignored.
 */
public final class CrateHashes {
  /** The file's name. */
  public static final String FILE_NAME = "crate-hashes.json";

  private static final Pattern KEY =
      Pattern.compile("(?:[^ ]+ [^ ]+ \\()?git\\+([^?#)]+)(?:\\?[^#)]*)?#([0-9a-f]{40})\\)?");

  private CrateHashes() {}

  /**
   * Compares the recorded hashes with those of the commits in use, and records the latter.
   *
   * @param file the file, which need not exist
   * @param hashes the hashes of all commits in use, SRI strings
   * @param generate the command that writes the file, as in a sentence
   * @throws InputException when another hash is recorded for one of them
   * @throws IOException when the file cannot be read or written; the old one is unchanged
   */
  public static void update(Path file, Map<LockedCommit, String> hashes, String generate)
      throws IOException {
    String old;
    try {
      old = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      if (hashes.isEmpty()) {
        return;
      }
      old = "";
    }
    Map<String, Hash> recorded = old.isEmpty() ? Map.of() : read(file, old, generate);
    SortedMap<String, String> entries = new TreeMap<>();
    for (Map.Entry<LockedCommit, String> entry : hashes.entrySet()) {
      Hash before = recorded.get(entry.getKey().toString());
      if (before != null && !before.sri().equals(entry.getValue())) {
        throw new InputException(
            Position.of(file),
            "the hash recorded for "
                + entry.getKey()
                + " is "
                + before.sri()
                + ", but the hash of its files is "
                + entry.getValue(),
            "A commit's files never change, so find out who wrote the entry. If it is a mistake,"
                + " remove the entry and run "
                + generate
                + ".");
      }
      entries.put("git+" + entry.getKey(), entry.getValue());
    }
    DefaultPrettyPrinter format =
        new DefaultPrettyPrinter()
            .withObjectIndenter(new DefaultIndenter("  ", "\n"))
            .withSeparators(
                DefaultPrettyPrinter.DEFAULT_SEPARATORS.withObjectFieldValueSpacing(
                    com.fasterxml.jackson.core.util.Separators.Spacing.AFTER));
    String text = new ObjectMapper().writer(format).writeValueAsString(entries) + "\n";
    if (!text.equals(old)) {
      AtomicFile.write(file, text);
    }
  }

  /** The hashes by {@code URL#COMMIT}. */
  private static Map<String, Hash> read(Path file, String text, String generate)
      throws IOException {
    JsonNode root;
    try {
      root = new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      throw new InputException(
          at == null
              ? Position.of(file)
              : new Position(file.toString(), at.getLineNr(), at.getColumnNr()),
          "not valid JSON: " + e.getOriginalMessage(),
          "Restore it from version control, or delete it: it will be written again.",
          e);
    }
    Map<String, Hash> result = new HashMap<>();
    for (Map.Entry<String, JsonNode> entry : root.properties()) {
      Matcher key = KEY.matcher(entry.getKey());
      if (key.matches()) {
        result.put(
            GitAddress.parse(key.group(1)) + "#" + key.group(2),
            hash(file, entry.getKey(), entry.getValue().asText(), generate));
      }
    }
    return result;
  }

  private static Hash hash(Path file, String key, String value, String generate) {
    try {
      return value.startsWith("sha256-")
          ? Hash.parseSri(value)
          : Hash.parse(Hash.Algorithm.SHA256, value);
    } catch (IllegalArgumentException e) {
      throw new InputException(
          Position.of(file),
          "the value of `" + Addresses.withoutUser(key) + "` is not a SHA-256 hash",
          "Remove the entry and run " + generate + ".",
          e);
    }
  }
}
