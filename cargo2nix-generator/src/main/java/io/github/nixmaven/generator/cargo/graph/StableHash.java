package io.github.nixmaven.generator.cargo.graph;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * The hash by which cargo names directories in its home since 1.85: SipHash-1-3 with 128 bits, key
 * 0, folded to 64 (cargo's {@code util::hex::short_hash} on {@code rustc-stable-hash}).
 */
final class StableHash {
  private long v0 = 0x736f6d6570736575L;
  private long v1 = 0x646f72616e646f6dL ^ 0xee;
  private long v2 = 0x6c7967656e657261L;
  private long v3 = 0x7465646279746573L;

  private StableHash() {}

  /** The hash of a string, as Rust hashes one. */
  static String of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new StableHash().hash(ByteBuffer.allocate(bytes.length + 1).put(bytes).put((byte) 0xff));
  }

  /**
   * The hash of an enum variant that is followed by a string.
   *
   * @param variant the variant's number, less than 255
   */
  static String of(int variant, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new StableHash()
        .hash(
            ByteBuffer.allocate(bytes.length + 2).put((byte) variant).put(bytes).put((byte) 0xff));
  }

  private String hash(ByteBuffer buffer) {
    ByteBuffer input = buffer.flip().order(ByteOrder.LITTLE_ENDIAN);
    int length = input.remaining();
    while (input.remaining() >= Long.BYTES) {
      mix(input.getLong());
    }
    long last = (long) length << 56;
    for (int shift = 0; input.hasRemaining(); shift += 8) {
      last |= Byte.toUnsignedLong(input.get()) << shift;
    }
    mix(last);
    v2 ^= 0xee;
    long low = finish();
    v1 ^= 0xdd;
    long high = finish();
    ByteBuffer result = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    return HexFormat.of().formatHex(result.putLong(low * 3 + high).array());
  }

  private void mix(long word) {
    v3 ^= word;
    round();
    v0 ^= word;
  }

  private long finish() {
    round();
    round();
    round();
    return v0 ^ v1 ^ v2 ^ v3;
  }

  private void round() {
    v0 += v1;
    v2 += v3;
    v1 = Long.rotateLeft(v1, 13) ^ v0;
    v3 = Long.rotateLeft(v3, 16) ^ v2;
    v0 = Long.rotateLeft(v0, 32);
    v2 += v1;
    v0 += v3;
    v1 = Long.rotateLeft(v1, 17) ^ v2;
    v3 = Long.rotateLeft(v3, 21) ^ v0;
    v2 = Long.rotateLeft(v2, 32);
  }
}
