package io.github.nixmaven.builder.cache;

import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** How a cache keeps NARs. Equal NARs give equal files. */
public enum Compression {
  /** As they are: for a disk or a server that compresses by itself. */
  NONE("none", ""),
  /** Smallest, and slow to make. What every version of Nix reads. */
  XZ("xz", ".xz"),
  /** Twice as large in a twentieth of the time. What Nix reads from 2.4 on. */
  ZSTD("zstd", ".zst");

  private final String label;
  private final String suffix;

  Compression(String label, String suffix) {
    this.label = label;
    this.suffix = suffix;
  }

  /** Its name in a narinfo. */
  public String label() {
    return label;
  }

  /** The suffix of file names. */
  String suffix() {
    return suffix;
  }

  /**
   * Compresses.
   *
   * @param out gets the compressed bytes
   * @param size how many bytes will come
   * @return takes the bytes; closing it finishes, and closes the other
   */
  OutputStream compress(OutputStream out, long size) throws IOException {
    return switch (this) {
      case NONE -> out;
      case XZ -> {
        LZMA2Options options = new LZMA2Options();
        // A dictionary larger than the content only costs memory, eleven times its size.
        long dictionary = Math.min(options.getDictSize(), size);
        options.setDictSize((int) Math.max(LZMA2Options.DICT_SIZE_MIN, dictionary));
        yield new XZOutputStream(out, options);
      }
      case ZSTD -> new ZstdOutputStream(out);
    };
  }
}
