package io.github.nixmaven.builder.cache;

import io.github.nixmaven.generator.hash.Hash;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;

/** Knows how much went through it, and its digest. Does not close what it writes to. */
final class DigestingStream extends OutputStream {
  private final OutputStream out;
  private final MessageDigest digest = Hash.Algorithm.SHA256.newDigest();
  private long size;

  DigestingStream(OutputStream out) {
    this.out = out;
  }

  /** The SHA-256 of all that went through; to be asked once, at the end. */
  Hash hash() {
    return Hash.of(Hash.Algorithm.SHA256, digest.digest());
  }

  /** How many bytes went through. */
  long size() {
    return size;
  }

  @Override
  public void write(int b) throws IOException {
    out.write(b);
    digest.update((byte) b);
    size++;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
    digest.update(bytes, offset, length);
    size += length;
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }
}
