package io.github.nixmaven.builder.realise;

import java.nio.file.Path;
import java.util.List;

/**
 * The members to build, and where to put them.
 *
 * @param settings what is built and how
 * @param copies files to copy out of the outputs
 * @param copyRoot the directory that the targets of copies are relative to, usually {@code
 *     target/classes}
 */
public record BuildRequest(BuildSettings settings, List<FileCopy> copies, Path copyRoot) {}
