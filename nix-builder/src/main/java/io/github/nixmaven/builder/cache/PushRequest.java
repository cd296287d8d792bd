package io.github.nixmaven.builder.cache;

import io.github.nixmaven.builder.realise.BuildSettings;
import io.github.nixmaven.builder.sign.NixKey;
import io.github.nixmaven.generator.net.Secret;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The outputs to push, and the cache.
 *
 * @param settings what is built and how
 * @param cache where to: {@code file:}, {@code http:} or {@code https:}
 * @param compression how NARs are compressed
 * @param key signs, or null for paths without a signature of ours
 * @param authorization what a server is told in the header {@code Authorization}, or null
 * @param parallel how many paths are pushed at once; 0 for as many as there are processors
 */
public record PushRequest(
    BuildSettings settings,
    URI cache,
    Compression compression,
    @Nullable NixKey key,
    @Nullable Secret authorization,
    int parallel) {}
