package io.github.nixmaven.builder.toy;

import io.github.nixmaven.generator.hash.Hash;
import io.github.nixmaven.generator.pin.Context;
import io.github.nixmaven.generator.pin.Ecosystem;
import io.github.nixmaven.generator.pin.LockRequest;
import io.github.nixmaven.generator.pin.Project;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What to generate from a toy's lock. */
record ToyRequest(Path lock, Path output) implements LockRequest {
  @Override
  public Ecosystem ecosystem() {
    return ToyEcosystem.TOY;
  }

  @Override
  public Path directory() {
    return lock.toAbsolutePath().getParent();
  }

  @Override
  public Project read(Path absoluteOutput, Context context) throws IOException {
    SortedMap<String, ToyPackage> packages = new TreeMap<>();
    List<String> lines = Files.readAllLines(lock);
    for (int number = 1; number <= lines.size(); number++) {
      String[] words = lines.get(number - 1).split(" ");
      if (words.length != 4) {
        throw new InputException(
            new Position(lock.toString(), number, 1),
            "a line has a name, a version, a hash and a file",
            "Lock the toys again.");
      }
      packages.put(
          words[0] + " " + words[1],
          new ToyPackage(words[0], words[1], Hash.parseSri(words[2]), words[3]));
    }
    return new ToyProject(lock, packages, context);
  }
}
