package io.github.nixmaven.builder.cache;

import static io.github.nixmaven.builder.realise.HandMadeProject.natively;
import static io.github.nixmaven.builder.realise.HandMadeProject.unit;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.github.nixmaven.builder.nix.NixFixture;
import io.github.nixmaven.builder.nix.PathInfo;
import io.github.nixmaven.builder.realise.BuildSettings;
import io.github.nixmaven.builder.realise.HandMadeProject;
import io.github.nixmaven.builder.realise.Preparation;
import io.github.nixmaven.builder.realise.RecordingConsole;
import io.github.nixmaven.builder.sign.NixKey;
import io.github.nixmaven.generator.net.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Something that was built, and a cache to push it to. */
abstract class PushFixture {
  final RecordingConsole console = new RecordingConsole();
  @TempDir Path folder;

  /** Nix makes the files of a store read-only, also for us who delete them. */
  @AfterEach
  void makeWritable() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isDirectory).toList()) {
        assertThat(file.toFile().setWritable(true)).isTrue();
      }
    }
  }

  /** A member that refers to a library, which refers to another and to itself. */
  static Preparation chain() throws Exception {
    Preparation prepared =
        new HandMadeProject()
            .with("base", unit("base", "0.1.0", "library"), "mkdir $out; echo $out > $out/self", "")
            .with(
                "helper", unit("helper", "0.1.0", "library"), "echo $base > $out", "inherit base;")
            .with(
                "app",
                unit("app", "1.0.0", "product"),
                "mkdir $out; echo $helper > $out/uses; printf '#!/bin/sh\\n' > $out/program;"
                    + " chmod +x $out/program; ln -s program $out/link",
                "inherit helper;")
            .member("app")
            .prepare();
    realise(prepared);
    return prepared;
  }

  static void realise(Preparation prepared) throws Exception {
    assertThat(
            NixFixture.realise(
                List.of(), List.of(prepared.project().members().get(natively("app")).path())))
        .isNotNull();
  }

  static String app(Preparation prepared) {
    return HandMadeProject.output(prepared, "app");
  }

  static List<PathInfo> closure(Preparation prepared) throws Exception {
    return PathInfo.closure(NixFixture.nix(), List.of(app(prepared)));
  }

  PushResult push(Preparation prepared, URI cache, Compression compression, NixKey key)
      throws Exception {
    return new PushService()
        .push(request(cache, compression, key, null), prepared, console.plain());
  }

  PushRequest request(URI cache, Compression compression, NixKey key, Secret secret) {
    BuildSettings settings = HandMadeProject.settings(folder);
    return new PushRequest(settings, cache, compression, key, secret, 2);
  }

  URI folderUri() {
    return URI.create("file://" + folder.resolve("cache"));
  }

  /** A new key, made by Nix. */
  NixKey key(String name) throws Exception {
    Path file = Files.createTempFile(folder, "key", ".secret");
    NixFixture.nix()
        .capture(
            "nix-store",
            List.of("--generate-binary-cache-key", name, file.toString(), file + ".public"));
    return NixKey.read(file);
  }

  List<String> leftovers() throws IOException {
    return files(folder.resolve("cache")).stream().filter(name -> name.contains(".part")).toList();
  }

  static List<String> files(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  static boolean isPut(HttpExchange exchange) {
    return exchange.getRequestMethod().equals("PUT");
  }
}
