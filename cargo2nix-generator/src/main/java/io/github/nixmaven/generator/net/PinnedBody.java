package io.github.nixmaven.generator.net;

import io.github.nixmaven.generator.hash.Hash;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/** Writes a response's body to a file and computes its digest meanwhile. */
final class PinnedBody extends Body implements Closeable {
  private final Path partial;
  private final FileChannel file;
  private final Hash.Algorithm algorithm;
  private final MessageDigest digest;

  /** The body cannot be written to disk. */
  static final class NotWritten extends IOException {
    NotWritten(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }

  /**
   * @param partial a file that must not exist yet
   * @param size the expected number of bytes, or -1 when unknown
   * @param algorithm the digest's algorithm
   */
  PinnedBody(Path partial, long size, Hash.Algorithm algorithm) throws NotWritten {
    super(size);
    this.algorithm = algorithm;
    this.digest = algorithm.newDigest();
    try {
      file = FileChannel.open(partial, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new NotWritten(e);
    }
    this.partial = partial;
  }

  /** Closes the file and returns the digest of its bytes. Call it once. */
  Hash finish() throws NotWritten {
    close();
    return Hash.of(algorithm, digest.digest());
  }

  /** Gives the finished file its name. */
  void moveTo(Path target) throws NotWritten {
    try {
      Files.move(
          partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new NotWritten(e);
    }
  }

  @Override
  void take(ByteBuffer bytes) throws NotWritten {
    digest.update(bytes.duplicate());
    try {
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
    } catch (IOException e) {
      throw new NotWritten(e);
    }
  }

  @Override
  public void close() throws NotWritten {
    try {
      file.close();
    } catch (IOException e) {
      throw new NotWritten(e);
    }
  }
}
