package io.github.nixmaven.builder.realise;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Leads back from the paths that the compiler knows to the user's own files. The builder has it
 * know the workspace as {@link #WORKSPACE}; of what lies in it, messages give the path within.
 *
 * @param workspace the directory of Cargo.nix, absolute
 * @param here the directory that the user sees paths from, absolute
 */
record SourcePaths(Path workspace, Path here) {
  private static final String WORKSPACE = "/rust/workspace";
  private static final Pattern MAPPED =
      Pattern.compile(Pattern.quote(WORKSPACE) + "/(?<path>[^\\s:\"'`\u001b]+)");

  /** Where rustc says a message is about: an arrow, with colours around it, and a path. */
  private static final Pattern PLACE =
      Pattern.compile(
          "(?<arrow>(?:-->|:::) (?:\u001b\\[[0-9;]*m)*)(?<path>[^/\u001b:][^\u001b:]*)(?=:\\d+:\\d+)");

  /** A line of a compiler's message with the user's own paths. */
  String inLine(String line) {
    Matcher place = PLACE.matcher(line);
    String result =
        place.replaceFirst(
            match -> Matcher.quoteReplacement(place.group("arrow") + shown(place.group("path"))));
    Matcher mapped = MAPPED.matcher(result);
    return mapped.replaceAll(match -> Matcher.quoteReplacement(shown(mapped.group("path"))));
  }

  private String shown(String path) {
    Path file = workspace.resolve(path).normalize();
    return (file.startsWith(here) ? here.relativize(file) : file).toString();
  }

  /**
   * The map for debuggers and readers of a backtrace, a JSON object: the start of a path in a
   * program, and where that is here.
   */
  void write(Path file) throws IOException {
    SortedMap<String, String> map = new TreeMap<>();
    map.put(WORKSPACE, workspace.toString());
    OutputFile.write(file, OutputFile.json(map));
  }
}
