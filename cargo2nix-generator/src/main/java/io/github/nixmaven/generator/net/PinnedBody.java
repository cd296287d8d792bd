package io.github.nixmaven.generator.net;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Writes a response's body to a file and computes its digest on the way. */
final class PinnedBody implements Flow.Subscriber<List<ByteBuffer>>, Closeable {
  private final Path partial;
  private final FileChannel file;
  private final long size;
  private final MessageDigest digest = sha256();
  private long length;
  private volatile @Nullable IOException failure;
  private volatile long lastHeard = System.nanoTime();

  /** The body is longer than it may be. */
  static final class TooLong extends IOException {}

  /** The body cannot be kept. */
  static final class NotWritten extends IOException {
    NotWritten(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }

  /**
   * @param partial a file that must not exist yet
   * @param size how many bytes are expected, or -1 when unknown
   */
  PinnedBody(Path partial, long size) throws NotWritten {
    try {
      file = FileChannel.open(partial, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new NotWritten(e);
    }
    this.partial = partial;
    this.size = size;
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JVM has SHA-256", e);
    }
  }

  /** When something last came in, in the time of {@link System#nanoTime}. */
  long lastHeard() {
    return lastHeard;
  }

  /** Closes the file and gives the SHA-256 digest of what came in. */
  String finish() throws NotWritten {
    close();
    return HexFormat.of().formatHex(digest.digest());
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
  public void onSubscribe(Flow.Subscription subscription) {
    lastHeard = System.nanoTime();
    subscription.request(Long.MAX_VALUE);
  }

  /** An exception here ends the transfer. */
  @Override
  public void onNext(List<ByteBuffer> buffers) {
    lastHeard = System.nanoTime();
    for (ByteBuffer buffer : buffers) {
      length += buffer.remaining();
      if (size >= 0 && length > size) {
        throw fail(new TooLong());
      }
      digest.update(buffer.duplicate());
      try {
        while (buffer.hasRemaining()) {
          file.write(buffer);
        }
      } catch (IOException e) {
        throw fail(new NotWritten(e));
      }
    }
  }

  private UncheckedIOException fail(IOException reason) {
    failure = reason;
    return new UncheckedIOException(reason);
  }

  /**
   * Why we ended the transfer, or null where we did not. The response does not always tell: over
   * HTTP/2 it fails because its stream was cancelled, whoever did that.
   */
  @Nullable IOException failure() {
    return failure;
  }

  @Override
  public void onError(@Nullable Throwable fault) {}

  @Override
  public void onComplete() {}

  @Override
  public void close() throws NotWritten {
    try {
      file.close();
    } catch (IOException e) {
      throw new NotWritten(e);
    }
  }
}
