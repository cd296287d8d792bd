package io.github.nixmaven.builder.realise;

import java.nio.file.Path;
import java.util.List;

/**
 * What to build and where to put it.
 *
 * @param settings what is built and how
 * @param copies files to copy out of the outputs
 * @param copyRoot the folder that the targets of copies are relative to, usually {@code
 *     target/classes}
 */
public record BuildRequest(BuildSettings settings, List<FileCopy> copies, Path copyRoot) {}
