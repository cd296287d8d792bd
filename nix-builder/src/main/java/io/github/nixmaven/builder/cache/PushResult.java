package io.github.nixmaven.builder.cache;

import java.util.List;

/**
 * The paths that were pushed.
 *
 * @param pushed the store paths that the cache did not have
 * @param there the store paths that it had, with the same bits
 * @param signed of those, the ones that got our signature
 * @param other the store paths that it has with other bits; they were left as they are
 * @param narBytes the size of the NARs that were pushed
 * @param fileBytes the same compressed: what went over the wire or onto the disk
 */
public record PushResult(
    List<String> pushed,
    List<String> there,
    List<String> signed,
    List<String> other,
    long narBytes,
    long fileBytes) {}
