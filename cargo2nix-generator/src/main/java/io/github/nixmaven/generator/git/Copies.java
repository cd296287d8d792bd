package io.github.nixmaven.generator.git;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Repositories that another program has fetched to this machine. They are read and not changed. */
public interface Copies {
  /** The directory that they are in, for messages. */
  Path directory();

  /**
   * The bare repositories that may be copies of one, best first. A copy that lacks the commit does
   * no harm.
   */
  List<Path> of(GitAddress address) throws IOException;
}
