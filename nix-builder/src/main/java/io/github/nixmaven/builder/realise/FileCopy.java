package io.github.nixmaven.builder.realise;

import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A file to copy out of a member's output.
 *
 * @param from the file, relative to the output, such as {@code lib/libfoo.so}
 * @param to where it goes, relative to the directory for copies; a directory if it ends in a slash
 *     or is empty
 * @param target the platform of the output that has it, in the ecosystem's words, or null where one
 *     output alone does
 */
public record FileCopy(String from, String to, @Nullable String target) {
  /**
   * Copies the file. A copy that is right already stays untouched.
   *
   * @param outputs the members' outputs
   * @param root the directory for copies
   * @param nativeTarget the platform of the machine that builds
   * @return the file that was written
   * @throws InputException when no member or several have the file, or a path leads out
   */
  Path copy(Map<Member, Path> outputs, Path root, String nativeTarget) throws IOException {
    Map<Member, Path> found = new TreeMap<>();
    for (Map.Entry<Member, Path> output : outputs.entrySet()) {
      if (target != null && !target.equals(output.getKey().target())) {
        continue;
      }
      Path file = inside(output.getValue(), from, "from");
      if (Files.isRegularFile(file)) {
        if (!file.toRealPath().startsWith(output.getValue().toRealPath())) {
          throw new InputException(
              null,
              "<from>" + from + "</from> is a link to a file outside of " + output.getValue(),
              "Name the file itself.");
        }
        found.put(output.getKey(), file);
      }
    }
    if (found.isEmpty()) {
      throw new InputException(
          null,
          "<from>"
              + from
              + "</from> is not a file of any output"
              + (target == null ? "" : " for " + target),
          "The files are: " + files(outputs) + notForThisMachine(outputs, nativeTarget));
    }
    if (found.size() > 1) {
      throw new InputException(
          null,
          "<from>"
              + from
              + "</from> is a file of several outputs: "
              + found.keySet().stream().map(Member::label).collect(Collectors.joining(", ")),
          found.keySet().stream().map(Member::target).distinct().count() > 1
              ? "Say which: <target>TRIPLE</target> in the <copy>."
              : "Build one of them in this execution: <members><member>NAME</member></members>.");
    }
    Path source = found.values().iterator().next();
    boolean folder = to.isEmpty() || to.endsWith("/");
    Path place = inside(root, folder ? to + source.getFileName() : to, "to");
    OutputFile.copy(source, place);
    return place;
  }

  private static Path inside(Path root, String path, String what) {
    Path result = root.resolve(path).normalize();
    if (Path.of(path).isAbsolute() || !result.startsWith(root) || result.equals(root)) {
      throw new InputException(
          null,
          "<" + what + ">" + path + "</" + what + "> is not a path inside " + root,
          "Give a relative path without `..`.");
    }
    return result;
  }

  /** Who adds a target often does not know that the list replaces the default. */
  private String notForThisMachine(Map<Member, Path> outputs, String nativeTarget) {
    return target != null || outputs.keySet().stream().anyMatch(member -> member.ownMachine())
        ? ""
        : "\n  <targets> replaces the default and does not contain this machine's target. Add <target>"
            + nativeTarget
            + "</target> to also build for this machine.";
  }

  private static String files(Map<Member, Path> outputs) throws IOException {
    List<String> result = new ArrayList<>();
    for (Path output : outputs.values()) {
      try (Stream<Path> files = Files.walk(output)) {
        files
            .filter(Files::isRegularFile)
            .map(file -> output.relativize(file).toString())
            .limit(20)
            .forEach(result::add);
      }
    }
    return result.isEmpty() ? "no files at all." : String.join(", ", result) + ".";
  }
}
