package io.github.nixmaven.generator.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Receives a response's body, and knows when data last arrived. */
abstract class Body implements Flow.Subscriber<List<ByteBuffer>>, Http.Transfer {
  private final long limit;
  private long length;
  private volatile @Nullable IOException failure;
  private volatile long lastHeard = System.nanoTime();

  /** The body is longer than allowed. */
  static final class TooLong extends IOException {}

  /**
   * @param limit the maximum number of bytes, or -1 when unknown
   */
  Body(long limit) {
    this.limit = limit;
  }

  /** Keeps some bytes. */
  abstract void take(ByteBuffer bytes) throws IOException;

  /** When data last arrived. */
  @Override
  public final long lastHeard() {
    return lastHeard;
  }

  /**
   * Why we ended the transfer, or null if we did not. The response does not always tell: over
   * HTTP/2 it fails because its stream was cancelled, no matter by which side.
   */
  @Override
  public final @Nullable IOException failure() {
    return failure;
  }

  @Override
  public final void onSubscribe(Flow.Subscription subscription) {
    lastHeard = System.nanoTime();
    subscription.request(Long.MAX_VALUE);
  }

  /** An exception here ends the transfer. */
  @Override
  public final void onNext(List<ByteBuffer> buffers) {
    lastHeard = System.nanoTime();
    try {
      for (ByteBuffer buffer : buffers) {
        length += buffer.remaining();
        if (limit >= 0 && length > limit) {
          throw new TooLong();
        }
        take(buffer);
      }
    } catch (IOException e) {
      failure = e;
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public final void onError(@Nullable Throwable fault) {}

  @Override
  public final void onComplete() {}
}
