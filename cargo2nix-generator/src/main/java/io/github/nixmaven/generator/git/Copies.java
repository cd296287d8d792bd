package io.github.nixmaven.generator.git;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Repositories that another program has fetched to this machine. They are only read. */
public interface Copies {
  /** Their directory, for messages. */
  Path directory();

  /** The bare repositories that may be copies of one, best first. A copy may lack the commit. */
  List<Path> of(GitAddress address) throws IOException;
}
