package io.github.nixmaven.builder.language;

import io.github.nixmaven.generator.hash.Hash;
import java.net.URI;

/**
 * A published package that a language's own library is built with.
 *
 * @param name its name
 * @param version its version
 * @param url the address of its file
 * @param hash the digest of that file
 */
public record SourceFile(String name, String version, URI url, Hash hash) {}
