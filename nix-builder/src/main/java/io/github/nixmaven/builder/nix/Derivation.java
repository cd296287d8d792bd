package io.github.nixmaven.builder.nix;

import io.github.nixmaven.generator.hash.Hash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A derivation in the store: its builder, its inputs and its outputs.
 *
 * <p>Read from the {@code .drv} file itself, an ATerm {@code Derive(outputs, inputDrvs, inputSrcs,
 * system, builder, args, env)} whose form has not changed since Nix 1; the JSON that Nix prints of
 * it has changed three times.
 *
 * @param path the store path of the {@code .drv} file
 * @param outputs the outputs by name, in the file's order; the default one is {@code out}
 * @param inputs the derivations it needs, by store path
 * @param environment its attributes as the builder gets them where it is a fixed output; empty for
 *     a build, whose attributes nobody asks for and which are many
 */
public record Derivation(
    String path,
    Map<String, Output> outputs,
    List<String> inputs,
    Map<String, String> environment) {

  /**
   * An output.
   *
   * @param path its store path
   * @param fixed whether its content is known beforehand by a hash, as with a download
   * @param file the digest of what is one file and known beforehand; absent for a tree
   */
  public record Output(String path, boolean fixed, Optional<Hash> file) {}

  /**
   * Reads a derivation.
   *
   * @param path the store path of the {@code .drv} file
   * @throws IOException when the file cannot be read or has another form
   */
  public static Derivation read(String path) throws IOException {
    return reader(path).derivation(false);
  }

  /**
   * The attributes of a derivation as its builder gets them, whatever it builds; read from its file
   * anew.
   *
   * @param path the store path of the {@code .drv} file
   * @throws IOException when the file cannot be read or has another form
   */
  public static Map<String, String> attributes(String path) throws IOException {
    return reader(path).derivation(true).environment();
  }

  private static Reader reader(String path) throws IOException {
    return new Reader(path, Files.readString(Path.of(path), StandardCharsets.ISO_8859_1));
  }

  /**
   * Reads derivations and all they need.
   *
   * @param roots store paths of derivations
   * @return by store path, what needs nothing first
   */
  public static Map<String, Derivation> closure(Collection<String> roots) throws IOException {
    Map<String, Derivation> done = new LinkedHashMap<>();
    Map<String, Derivation> open = new LinkedHashMap<>();
    Deque<String> stack = new ArrayDeque<>(roots);
    while (!stack.isEmpty()) {
      String path = stack.getFirst();
      Derivation derivation = open.get(path);
      if (derivation == null) {
        derivation = read(path);
        open.put(path, derivation);
        for (String input : derivation.inputs()) {
          if (!open.containsKey(input)) {
            stack.addFirst(input);
          }
        }
      } else {
        stack.removeFirst();
        done.put(path, derivation);
      }
    }
    return done;
  }

  /** Whether what it yields is known beforehand, so that it may use the network. */
  public boolean isFixedOutput() {
    return outputs.values().stream().anyMatch(Output::fixed);
  }

  /** The digest of the file that it yields, where that is known beforehand. */
  public Optional<Hash> file() {
    Output output = outputs.get("out");
    return output == null ? Optional.empty() : output.file();
  }

  /** The store paths of all outputs. */
  public List<String> outputPaths() {
    return outputs.values().stream().map(Output::path).toList();
  }

  /** The name: the store path without directory, hash and {@code .drv}. */
  public String name() {
    return nameOf(path);
  }

  /** The name of the derivation at a store path. */
  public static String nameOf(String path) {
    String file = path.substring(path.lastIndexOf('/') + 1);
    String name = file.substring(file.indexOf('-') + 1);
    return name.endsWith(".drv") ? name.substring(0, name.length() - ".drv".length()) : name;
  }

  private static final class Reader {
    private final String path;
    private final String text;
    private int at;

    Reader(String path, String text) {
      this.path = path;
      this.text = text;
    }

    /**
     * @param whole whether its attributes are wanted of a build, too
     */
    Derivation derivation(boolean whole) throws IOException {
      expect("Derive(");
      Map<String, Output> outputs = new LinkedHashMap<>();
      list(
          () -> {
            expect("(");
            String name = string();
            expect(",");
            String output = string();
            expect(",");
            String algorithm = string();
            expect(",");
            String digest = string();
            expect(")");
            outputs.put(name, new Output(output, !algorithm.isEmpty(), file(algorithm, digest)));
          });
      expect(",");
      List<String> inputs = new ArrayList<>();
      list(
          () -> {
            expect("(");
            inputs.add(string());
            expect(",");
            list(this::string);
            expect(")");
          });
      expect(",");
      Map<String, String> environment = new LinkedHashMap<>();
      if (whole || outputs.values().stream().anyMatch(Output::fixed)) {
        list(this::string); // sources
        expect(",");
        string(); // system
        expect(",");
        string(); // builder
        expect(",");
        list(this::string); // arguments
        expect(",");
        list(
            () -> {
              expect("(");
              String name = string();
              expect(",");
              environment.put(name, string());
              expect(")");
            });
      }
      return new Derivation(path, outputs, inputs, environment);
    }

    /** A tree has {@code r:} before the algorithm. */
    private static Optional<Hash> file(String algorithm, String digest) {
      for (Hash.Algorithm each : Hash.Algorithm.values()) {
        if (each.nixName().equals(algorithm)) {
          return Optional.of(Hash.parse(each, digest));
        }
      }
      return Optional.empty();
    }

    private interface Element {
      void read() throws IOException;
    }

    private void list(Element element) throws IOException {
      expect("[");
      while (!next("]")) {
        element.read();
        if (next(",")) {
          at++;
        }
      }
      at++;
    }

    /** A string. The file's bytes are UTF-8 and only its quotes and escapes are ASCII. */
    private String string() throws IOException {
      expect("\"");
      StringBuilder result = new StringBuilder();
      while (at < text.length() && text.charAt(at) != '"') {
        char c = text.charAt(at++);
        if (c == '\\' && at < text.length()) {
          c = text.charAt(at++);
          c = c == 'n' ? '\n' : c == 'r' ? '\r' : c == 't' ? '\t' : c;
        }
        result.append(c);
      }
      expect("\"");
      return new String(
          result.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private boolean next(String token) {
      return text.startsWith(token, at);
    }

    private void expect(String token) throws IOException {
      if (!next(token)) {
        throw new IOException(
            path + ": not a derivation: expected `" + token + "` at offset " + at);
      }
      at += token.length();
    }
  }
}
