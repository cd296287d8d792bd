package io.github.nixmaven.builder.verify.rebuild;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The processors this process may run on. */
final class Processors {
  private static final String KEY = "Cpus_allowed_list:";

  private Processors() {}

  /** Their numbers, as {@code taskset} takes them. */
  static List<Integer> allowed() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith(KEY)) {
        return parse(line.substring(KEY.length()).strip());
      }
    }
    throw new IOException("/proc/self/status has no line " + KEY);
  }

  /** Reads a list such as {@code 0-3,8}: proc(5), the form of cpuset(7). */
  static List<Integer> parse(String list) {
    List<Integer> result = new ArrayList<>();
    for (String range : list.split(",")) {
      int dash = range.indexOf('-');
      int first = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
      int last = Integer.parseInt(dash < 0 ? range : range.substring(dash + 1));
      for (int i = first; i <= last; i++) {
        result.add(i);
      }
    }
    return result;
  }
}
