package io.github.nixmaven.generator.cargo.config;

import io.github.nixmaven.generator.text.Position;
import org.jspecify.annotations.Nullable;

/**
 * A setting of cargo's configuration that counts.
 *
 * @param name its name, such as {@code env.GREETING}
 * @param value what it is set to: strings, lists and maps of such
 * @param position where it is set, or null when that is in several places
 */
public record Setting(String name, Object value, @Nullable Position position) {}
