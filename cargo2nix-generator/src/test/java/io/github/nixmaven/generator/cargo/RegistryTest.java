package io.github.nixmaven.generator.cargo;

import static io.github.nixmaven.generator.net.Server.bytes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.generator.cargo.git.TestRepository;
import io.github.nixmaven.generator.cargo.lock.CratesIo;
import io.github.nixmaven.generator.cargo.registry.TestCrate;
import io.github.nixmaven.generator.text.DirectoryTree;
import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Packages of other registries are read as cargo reads them")
class RegistryTest extends RegistryFixture {
  @Test
  @DisplayName("A sparse registry without markers in `dl`")
  void sparse() throws Exception {
    openPlain();
    lock();
    assertSame();
    String text = cargoNix();
    String name = server.address() + "/index";
    assertThat(text)
        .contains("\"cfg-if 1.0.0\" = ")
        .contains("\"cfg-if 1.0.0 [" + name + "]\" = ")
        .contains("registry = \"" + name + "\";");
    assertThat(addressOf(text, "cfg-if 1.0.0 [" + name + "]"))
        .contains("\"http://" + server.address() + "/dl/cfg-if/1.0.0/download\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "registry+CRATES_IO#cfg-if",
        "registry+CRATES_IO#cfg-if@1.0",
        "CRATES_IO#cfg-if@1",
        "CRATES_IO#cfg-if@2",
        "sparse+CRATES_IO#cfg-if",
        "sparse+MINE#cfg-if",
        "sparse+MINE#cfg-if:1.0.0",
        "registry+MINE#cfg-if",
        "MINE#cfg-if",
      })
  @DisplayName("An address in an override of a profile means that registry's package only")
  void packageSpecification(String spec) throws Exception {
    openPlain();
    String key =
        spec.replace("CRATES_IO", CratesIo.INDEX)
            .replace("MINE", "http://" + server.address() + "/index/");
    Files.writeString(
        directory.resolve("Cargo.toml"),
        "\n[profile.release.package.\"%s\"]\nopt-level = 1\n".formatted(key),
        StandardOpenOption.APPEND);
    lock();
    assertSame();
  }

  @Test
  @DisplayName("All markers of `dl` are filled in, here and in Cargo.nix")
  void markers() throws Exception {
    String address = "http://" + server.address();
    serveConfiguration(
        "{\"dl\":\"%s/f/{prefix}/{lowerprefix}/{crate}-{version}-{sha256-checksum}.crate\"}"
            .formatted(address));
    crates.forEach(
        (name, crate) -> {
          String prefix =
              name.length() == 3 ? "3/a" : name.substring(0, 2) + "/" + name.substring(2, 4);
          server.on(
              "/f/%s/%s/%s-1.0.0-%s.crate"
                  .formatted(
                      prefix, prefix.toLowerCase(Locale.ROOT), name, TestCrate.sha256(crate)),
              bytes(crate));
        });
    lock();
    assertSame();
    String text = cargoNix();
    assertThat(addressOf(text, "Upper 1.0.0"))
        .contains(
            "\"%s/f/Up/pe/up/pe/Upper-1.0.0-%s.crate\""
                .formatted(address, TestCrate.sha256(crates.get("Upper"))));
    assertThat(addressOf(text, "abc 1.0.0"))
        .contains(
            "\"%s/f/3/a/3/a/abc-1.0.0-%s.crate\""
                .formatted(address, TestCrate.sha256(crates.get("abc"))));
  }

  @Test
  @DisplayName(
      "A registry whose index is a git repository, without and with a token for its crate files")
  void git() throws Exception {
    TestRepository repository = TestRepository.create(parent.resolve("index.git"));
    lines.forEach(
        (path, line) -> {
          try {
            repository.write(path, line.replace(index(), repository.url()));
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
    String dl = "{\"dl\":\"http://%s/dl\"%s}";
    repository.write("config.json", dl.formatted(server.address(), "")).commit();
    Path config = directory.resolve(".cargo/config.toml");
    String configured = Files.readString(config);
    Files.writeString(config, configured.replace(index(), "file:../index.git"));
    openPlain();
    lock();
    assertThat(Files.readString(directory.resolve("Cargo.lock")))
        .contains("source = \"registry+" + repository.url() + "\"");
    assertSame();

    DirectoryTree.delete(parent.resolve("cache"));
    DirectoryTree.delete(parent.resolve("home"));
    repository.write("config.json", dl.formatted(server.address(), ",\"auth-required\":true"));
    repository.commit();
    Files.writeString(config, configured.replace(index(), repository.url()));
    guarded = true;
    environment.put("CARGO_REGISTRIES_MINE_TOKEN", TOKEN);
    assertSame();
    assertThat(cargoNix()).contains("registry = \"" + parent.resolve("index") + "\";");

    DirectoryTree.delete(parent.resolve("cache"));
    repository.git("rm", "--quiet", "config.json");
    repository.commit();
    assertRefused(
        "the repository " + repository.url() + " has no file config.json",
        "Check the registry's address");
    DirectoryTree.delete(repository.directory());
    assertRefused("there is no repository at " + repository.url(), "Fix the address");
  }

  @Test
  @DisplayName("What was read once is not asked for again")
  void offline() throws Exception {
    openPlain();
    lock();
    graph(false);
    int before = server.requests().size();
    graph(false);
    graph(true);
    assertThat(server.requests()).hasSize(before);
    DirectoryTree.delete(parent.resolve("cache"));
    assertThatThrownBy(() -> graph(true))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("offline");
  }

  @Test
  @DisplayName(
      "A mirror that stands in for crates.io serves its crates, and Cargo.nix does not tell")
  void mirror() throws Exception {
    openPlain();
    lock();
    byte[] crate =
        java.net
            .URI
            .create(CratesIo.FILES + "/cfg-if/cfg-if-1.0.0.crate")
            .toURL()
            .openStream()
            .readAllBytes();
    server.on(
        "/mirror/config.json",
        bytes(
            "{\"dl\":\"http://%s/mirror/{crate}.crate\"}"
                .formatted(server.address())
                .getBytes(UTF_8)));
    server.on("/mirror/cfg-if.crate", bytes(crate));
    String direct = cargoNix();
    DirectoryTree.delete(parent.resolve("cache"));
    configure(
        """
        [source.crates-io]
        replace-with = "mirror"
        [source.mirror]
        registry = "sparse+http://%s/mirror/"
        """
            .formatted(server.address()));
    assertThat(cargoNix()).isEqualTo(direct);
    assertThat(server.requests())
        .extracting(request -> request.getRequestURI().getPath())
        .contains("/mirror/cfg-if.crate");
  }

  @Test
  @DisplayName("A source is replaced with a registry by the name of that, too")
  void mirrorByName() throws Exception {
    openPlain();
    lock();
    configure(
        """
        [source.other]
        registry = "%s"
        replace-with = "mirror"
        [registries.mirror]
        index = "sparse+http://%s/mirror/"
        """
            .formatted(index(), server.address()));
    server.on(
        "/mirror/config.json",
        bytes("{\"dl\":\"http://%s/dl\"}".formatted(server.address()).getBytes(UTF_8)));
    assertThat(cargoNix()).contains("registry = \"" + server.address() + "/index\";");
    assertThat(server.requests())
        .extracting(request -> request.getRequestURI().getPath())
        .contains("/mirror/config.json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Cargo.toml", ".cargo/config.toml"})
  @DisplayName("A patch puts a registry's package in the place of one of crates.io")
  void patch(String place) throws Exception {
    openPlain();
    Path manifest = directory.resolve("Cargo.toml");
    Files.writeString(manifest, Files.readString(manifest).replaceAll("other = .*\n", ""));
    Path patched = directory.resolve(place);
    Files.writeString(
        patched,
        Files.readString(patched)
            + "\n[patch.crates-io]\ncfg-if = { version = \"1\", registry = \"mine\" }\n");
    lock();
    assertThat(Files.readString(directory.resolve("Cargo.lock"))).doesNotContain("crates.io-index");
    assertSame();
    assertThat(cargoNix()).doesNotContain("crates-io = ");
  }
}
