package io.github.nixmaven.builder.overrides;

import io.github.nixmaven.builder.language.Language;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something of the system that a build looked for in vain, as its log tells.
 *
 * @param file what would have been found: a file of pkg-config such as {@code openssl.pc}, a
 *     library such as {@code libssl.so}, a header such as {@code openssl/ssl.h}, or a program with
 *     its directory, {@code bin/protoc}
 */
public record MissingPart(String file) {
  private static final String FILES =
      "/io/github/nixmaven/builder/library/overrides/debian-files.txt";

  private record Symptom(Pattern pattern, String file) {
    static Symptom of(String pattern, String file) {
      return new Symptom(Pattern.compile(pattern), file);
    }
  }

  /** Messages of tools, and the missing file that each means. */
  private static final List<Symptom> SYMPTOMS =
      List.of(
          // pkg-config
          Symptom.of("The file `([\\w.+-]+\\.pc)` needs to be installed", "$1"),
          Symptom.of("Package '?([\\w.+-]+?)'? was not found in the pkg-config", "$1.pc"),
          Symptom.of("Package '([\\w.+-]+)'(?:, required by '[^']*',)? not found", "$1.pc"),
          Symptom.of("No package '([\\w.+-]+)' found", "$1.pc"),
          // GNU ld and lld
          Symptom.of("cannot find -l:?([\\w.+-]+)", "lib$1.so"),
          Symptom.of("unable to find library -l([\\w.+-]+)", "lib$1.so"),
          // gcc and clang
          Symptom.of("fatal error: '?([\\w./+-]+\\.(?:h|hpp|hh))'?(?::| file not)", "$1"),
          // shells and env
          Symptom.of("([\\w.+-]+): (?:command )?not found$", "bin/$1"),
          Symptom.of("env: ['‘]([\\w.+-]+)['’]: No such file or directory", "bin/$1"));

  /**
   * The missing file that a line of a log is about.
   *
   * @param language of what was built, whose own tools may say it
   */
  public static Optional<MissingPart> in(String line, Language language) {
    for (Symptom symptom : SYMPTOMS) {
      Matcher matcher = symptom.pattern.matcher(line);
      if (matcher.find()) {
        String file =
            matcher.groupCount() == 0 ? symptom.file : symptom.file.replace("$1", matcher.group(1));
        return Optional.of(new MissingPart(file));
      }
    }
    return language.tools().missingFile(line).map(MissingPart::new);
  }

  /** The Debian package that holds it, where the plugin knows exactly one. */
  public Optional<String> debianPackage() throws IOException {
    int slash = file.indexOf('/');
    Set<String> names =
        slash < 0 || file.startsWith("bin/")
            ? Set.of(file)
            : Set.of(file, file.substring(0, slash + 1));
    Set<String> holders = new HashSet<>();
    try (InputStream stream =
        Objects.requireNonNull(MissingPart.class.getResourceAsStream(FILES), FILES)) {
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.lines().toList()) {
        List<String> words = List.of(line.split(" "));
        if (words.subList(1, words.size()).stream().anyMatch(names::contains)) {
          holders.add(words.get(0));
        }
      }
    }
    return holders.size() == 1 ? holders.stream().findFirst() : Optional.empty();
  }

  /**
   * The remedy, in lines: a row ready to paste.
   *
   * @param packageName the name of the package that missed it
   * @param language its language
   */
  public String remedy(String packageName, Language language) throws IOException {
    Optional<String> holder = debianPackage();
    String name = file.substring(file.startsWith("bin/") ? "bin/".length() : 0);
    return (holder.isPresent()
            ? name + " is in the Debian package " + holder.get() + ". "
            : "No package that the plugin knows contains "
                + name
                + ". `apt-file search "
                + name
                + "` finds the Debian package that does. ")
        + "Add this row to nix-overrides.toml and run `mvn nix:toolchain`:\n"
        + "\n    [["
        + language.packageNoun()
        + "]]"
        + "\n    name = \""
        + packageName
        + "\"\n    debian.packages = [\""
        + holder.orElse("PACKAGE")
        + "\"]";
  }
}
