package io.github.nixmaven.builder.cache;

import io.github.nixmaven.builder.sign.NixKey;
import io.github.nixmaven.generator.hash.Hash;
import io.github.nixmaven.generator.nix.StorePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A binary cache's description of a store path, the file {@code HASH.narinfo}.
 *
 * <p>Nix manual, "Binary Cache Format": a line for each field, {@code Name: value}.
 *
 * @param storePath the store path
 * @param url where its NAR is, relative to the cache
 * @param compression how its NAR is compressed, as Nix calls it
 * @param fileHash the digest of the compressed NAR
 * @param fileSize the length of the compressed NAR in bytes
 * @param narHash the digest of the NAR
 * @param narSize the length of the NAR in bytes
 * @param references the names of the store paths it refers to, sorted, without the store's
 *     directory
 * @param deriver the name of the derivation that made it, or null where none is known
 * @param signatures {@code NAME:BASE64} each, of {@link #fingerprint}
 */
record NarInfo(
    String storePath,
    String url,
    String compression,
    Hash fileHash,
    long fileSize,
    Hash narHash,
    long narSize,
    List<String> references,
    @Nullable String deriver,
    List<String> signatures) {
  /** The name of the file that tells of a store path. */
  static String fileOf(String storePath) {
    String name = nameOf(storePath);
    return name.substring(0, name.indexOf('-')) + ".narinfo";
  }

  /** A store path without the store's directory. */
  static String nameOf(String storePath) {
    return storePath.substring(StorePath.STORE.length() + 1);
  }

  /** The text that is signed. */
  String fingerprint() {
    return NixKey.fingerprint(
        storePath,
        narHash,
        narSize,
        references.stream().map(name -> StorePath.STORE + "/" + name).toList());
  }

  /** The same with one more signature. */
  NarInfo signed(String signature) {
    List<String> all = new ArrayList<>(signatures);
    if (!all.contains(signature)) {
      all.add(signature);
    }
    return new NarInfo(
        storePath,
        url,
        compression,
        fileHash,
        fileSize,
        narHash,
        narSize,
        references,
        deriver,
        List.copyOf(all));
  }

  /** The file's text. */
  String text() {
    StringBuilder text = new StringBuilder();
    line(text, "StorePath", storePath);
    line(text, "URL", url);
    line(text, "Compression", compression);
    line(text, "FileHash", "sha256:" + fileHash.nix32());
    line(text, "FileSize", Long.toString(fileSize));
    line(text, "NarHash", "sha256:" + narHash.nix32());
    line(text, "NarSize", Long.toString(narSize));
    line(text, "References", String.join(" ", references));
    if (deriver != null) {
      line(text, "Deriver", deriver);
    }
    signatures.forEach(signature -> line(text, "Sig", signature));
    return text.toString();
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(name).append(": ").append(value).append('\n');
  }

  /** Reads a file's text; null where it is none that Nix would read. */
  static @Nullable NarInfo parse(String text) {
    Map<String, String> fields = new HashMap<>();
    List<String> signatures = new ArrayList<>();
    for (String line : text.lines().toList()) {
      int colon = line.indexOf(':');
      if (colon < 0) {
        return null;
      }
      String value = line.substring(colon + 1).strip();
      if (line.startsWith("Sig:")) {
        signatures.add(value);
      } else {
        fields.put(line.substring(0, colon), value);
      }
    }
    String storePath = fields.get("StorePath");
    String url = fields.get("URL");
    String narHash = fields.get("NarHash");
    String narSize = fields.get("NarSize");
    if (storePath == null || url == null || narHash == null || narSize == null) {
      return null;
    }
    String references = fields.getOrDefault("References", "");
    try {
      return new NarInfo(
          storePath,
          url,
          // Nix's own default, which old caches rely on.
          fields.getOrDefault("Compression", "bzip2"),
          hash(fields.getOrDefault("FileHash", narHash)),
          Long.parseLong(fields.getOrDefault("FileSize", "0")),
          hash(narHash),
          Long.parseLong(narSize),
          references.isEmpty() ? List.of() : List.of(references.split(" ")),
          fields.get("Deriver"),
          List.copyOf(signatures));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static Hash hash(String text) {
    return text.startsWith("sha256-")
        ? Hash.parseSri(text)
        : Hash.parse(Hash.Algorithm.SHA256, text.replaceFirst("^sha256:", ""));
  }
}
