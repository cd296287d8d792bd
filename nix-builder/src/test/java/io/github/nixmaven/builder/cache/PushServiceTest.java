package io.github.nixmaven.builder.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.builder.command.Command;
import io.github.nixmaven.builder.nix.NixFixture;
import io.github.nixmaven.builder.nix.PathInfo;
import io.github.nixmaven.builder.realise.Preparation;
import io.github.nixmaven.builder.sign.NixKey;
import io.github.nixmaven.generator.net.Secret;
import io.github.nixmaven.generator.text.InputException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(300)
@DisplayName("A push")
class PushServiceTest extends PushFixture {
  @ParameterizedTest
  @EnumSource(Compression.class)
  @DisplayName("to a folder gives a store that trusts our key alone the member and its closure")
  void folder(Compression compression) throws Exception {
    Preparation prepared = chain();
    NixKey key = key("ours-1");
    PushResult result = push(prepared, folderUri(), compression, key);

    assertThat(result.pushed()).hasSize(3);
    assertThat(result.there()).isEmpty();
    assertThat(console.lines())
        .anyMatch(
            line ->
                line.matches(
                    "3 paths pushed to file:///.*/cache, 0 already there, .* in \\d+\\.\\d s"))
        .contains("  To trust this cache, set: trusted-public-keys = " + key.publicKey());
    OtherStore other = new OtherStore(folder.resolve("other"));
    Command.Result taken = other.take(app(prepared), folderUri().toString(), key.publicKey());
    assertThat(taken.status()).as("%s", taken.log()).isZero();
    assertThat(other.file(app(prepared)).resolve("program")).hasContent("#!/bin/sh\n");
    assertThat(other.file(app(prepared)).resolve("program")).isExecutable();
    for (PathInfo path : closure(prepared)) {
      assertThat(other.file(path.path())).exists();
    }
    assertThat(leftovers()).isEmpty();
  }

  @Test
  @DisplayName("writes byte for byte what Nix itself would write and sign")
  void asNixDoes() throws Exception {
    Preparation prepared = chain();
    Path secret = folder.resolve("secret");
    NixFixture.nix()
        .capture(
            "nix-store",
            List.of("--generate-binary-cache-key", "ours-1", secret.toString(), secret + ".pub"));
    Path byNix = folder.resolve("by-nix");
    NixFixture.nix()
        .capture(
            "nix",
            List.of(
                "--extra-experimental-features",
                "nix-command",
                "copy",
                "--to",
                "file://" + byNix + "?compression=none&secret-key=" + secret,
                app(prepared)));

    push(prepared, folderUri(), Compression.NONE, NixKey.read(secret));

    Path byUs = folder.resolve("cache");
    assertThat(files(byUs)).hasSize(7).containsAll(files(byNix));
    for (String file : files(byNix)) {
      if (!file.equals("nix-cache-info")) {
        assertThat(byUs.resolve(file)).hasSameBinaryContentAs(byNix.resolve(file));
      }
    }
  }

  @Test
  @DisplayName("that was signed by another key, or by none, is refused by that store")
  void wrongKey() throws Exception {
    Preparation prepared = chain();
    push(prepared, folderUri(), Compression.XZ, null);
    NixKey key = key("ours-1");

    Command.Result unsigned =
        new OtherStore(folder.resolve("other"))
            .take(app(prepared), folderUri().toString(), key.publicKey());
    assertThat(unsigned.status()).isNotZero();
    assertThat(String.join("\n", unsigned.log()))
        .contains("is not signed by any of the keys in 'trusted-public-keys'");
    assertThat(console.lines()).anyMatch(line -> line.startsWith("WARNING Nothing is signed"));

    push(prepared, folderUri(), Compression.XZ, key("theirs-1"));
    Command.Result signedByAnother =
        new OtherStore(folder.resolve("other"))
            .take(app(prepared), folderUri().toString(), key.publicKey());
    assertThat(signedByAnother.status()).isNotZero();
    // The same name with another key: the signature is there and wrong.
    NixKey impostor = key("ours-1");
    push(prepared, folderUri(), Compression.XZ, impostor);
    Command.Result forged =
        new OtherStore(folder.resolve("other"))
            .take(app(prepared), folderUri().toString(), key.publicKey());
    assertThat(forged.status()).isNotZero();
  }

  @Test
  @DisplayName("of what is there sends nothing, and adds our signature where it is missing")
  void again() throws Exception {
    Preparation prepared = chain();
    push(prepared, folderUri(), Compression.XZ, null);
    NixKey key = key("ours-1");

    PushResult signed = push(prepared, folderUri(), Compression.XZ, key);

    assertThat(signed.pushed()).isEmpty();
    assertThat(signed.there()).hasSize(3);
    assertThat(signed.signed()).hasSize(3);
    assertThat(console.lines())
        .anyMatch(
            line ->
                line.contains("0 paths pushed")
                    && line.contains("3 already there (3 signed again)"));
    Command.Result taken =
        new OtherStore(folder.resolve("other"))
            .take(app(prepared), folderUri().toString(), key.publicKey());
    assertThat(taken.status()).as("%s", taken.log()).isZero();
    PushResult third = push(prepared, folderUri(), Compression.XZ, key);
    assertThat(third.signed()).isEmpty();
    assertThat(third.pushed()).isEmpty();
  }

  @Test
  @DisplayName("to a server puts NARs before what tells of them, and Nix reads from that server")
  void http() throws Exception {
    Preparation prepared = chain();
    NixKey key = key("ours-1");
    try (CacheServer server = new CacheServer()) {
      push(prepared, server.address(), Compression.XZ, key);

      List<String> puts = server.puts();
      assertThat(puts.get(0)).isEqualTo("nix-cache-info");
      for (PathInfo path : closure(prepared)) {
        int told = puts.indexOf(NarInfo.fileOf(path.path()));
        NarInfo info =
            NarInfo.parse(
                new String(
                    server.files().get(NarInfo.fileOf(path.path())), StandardCharsets.UTF_8));
        assertThat(puts.indexOf(info.url())).isBetween(0, told);
        for (String reference : path.references()) {
          assertThat(puts.indexOf(NarInfo.fileOf(reference))).isBetween(0, told);
        }
      }
      assertThat(server.mostAtOnce()).isLessThanOrEqualTo(2);
      OtherStore other = new OtherStore(folder.resolve("other"));
      Command.Result taken =
          other.take(app(prepared), server.address().toString(), key.publicKey());
      assertThat(taken.status()).as("%s", taken.log()).isZero();
      assertThat(other.file(app(prepared)).resolve("program")).hasContent("#!/bin/sh\n");
      assertThat(folder.resolve("target/nix/push")).isEmptyDirectory();
    }
  }

  @Test
  @DisplayName("tells the server who we are, and tells nobody else")
  void authorization() throws Exception {
    Preparation prepared = chain();
    try (CacheServer server = new CacheServer()) {
      server.breakWith(
          (exchange, name) -> {
            if ("Basic bWU6czNjcjN0"
                .equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
              return false;
            }
            CacheServer.answer(exchange, 401);
            return true;
          });
      Secret secret = Credentials.of("me", "s3cr3t", "the test");
      PushRequest request = request(server.address(), Compression.XZ, null, secret);

      PushResult result = new PushService().push(request, prepared, console.plain());

      assertThat(result.pushed()).hasSize(3);
      assertThat(server.authorizations()).containsOnly("Basic bWU6czNjcjN0");
      assertThat(console.lines()).noneMatch(line -> line.contains("s3cr3t"));
      assertThat(request.toString()).doesNotContain("s3cr3t").doesNotContain("bWU6czNjcjN0");

      assertThatThrownBy(() -> push(prepared, server.address(), Compression.XZ, null))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("nix-cache-info needs a password")
          .hasMessageContaining("-Dnix.push.server=ID");
      PushRequest wrong =
          request(
              server.address(), Compression.XZ, null, Credentials.of(null, "t0ken", "the test"));
      assertThatThrownBy(() -> new PushService().push(wrong, prepared, console.plain()))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("denies access")
          .message()
          .doesNotContain("t0ken");
    }
  }

  @Test
  @DisplayName("to a server that stumbles is tried again, and succeeds")
  void stumbles() throws Exception {
    Preparation prepared = chain();
    try (CacheServer server = new CacheServer()) {
      AtomicInteger faults = new AtomicInteger();
      server.breakWith(
          (exchange, name) -> {
            if (isPut(exchange) && name.startsWith("nar/") && faults.incrementAndGet() <= 3) {
              CacheServer.answer(exchange, 500);
              return true;
            }
            return false;
          });

      assertThat(push(prepared, server.address(), Compression.XZ, null).pushed()).hasSize(3);
      assertThat(faults.get()).isGreaterThan(3);
    }
  }

  @Test
  @DisplayName("does not replace other bits of the same path, and says so")
  void otherBits() throws Exception {
    Preparation prepared = chain();
    push(prepared, folderUri(), Compression.XZ, null);
    Path info = folder.resolve("cache").resolve(NarInfo.fileOf(app(prepared)));
    String before = Files.readString(info).replaceFirst("NarSize: \\d+", "NarSize: 1");
    Files.writeString(info, before);

    PushResult result = push(prepared, folderUri(), Compression.XZ, key("ours-1"));

    assertThat(result.other()).containsExactly(app(prepared));
    assertThat(info).hasContent(before.stripTrailing());
    assertThat(console.lines())
        .anyMatch(line -> line.startsWith("WARNING 1 path with other contents in the cache"))
        .contains("WARNING   " + app(prepared));
  }

  @Test
  @DisplayName("to a store that Nix reaches by itself is signed by us and copied by Nix")
  void byNix() throws Exception {
    Preparation prepared = chain();
    NixKey key = key("ours-1");
    Path other = folder.resolve("other");
    Path daemon = Files.writeString(folder.resolve("daemon"), "");
    assertThat(daemon.toFile().setExecutable(true)).isTrue();
    // ssh-ng://localhost needs no ssh: Nix starts the other side as a child.
    URI address =
        URI.create("ssh-ng://localhost?remote-program=" + daemon + "&remote-store=" + other);
    Files.writeString(daemon, "#!/bin/sh\nexec nix-daemon \"$@\"\n");
    assertThatThrownBy(() -> push(prepared, address, Compression.XZ, key))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("accepts only paths that are signed with a key it trusts")
        .hasMessageContaining(key.publicKey());
    Files.writeString(
        daemon,
        "#!/bin/sh\nexec nix-daemon --option trusted-public-keys '"
            + key.publicKey()
            + "' \"$@\"\n");

    PushResult result = push(prepared, address, Compression.XZ, key);

    assertThat(result.pushed()).hasSize(3);
    assertThat(new OtherStore(other).file(app(prepared)).resolve("program")).exists();
    assertThat(console.lines())
        .anyMatch(line -> line.startsWith("3 paths copied by Nix to ssh-ng:"));
    assertThat(folder.resolve("target/nix/push")).doesNotExist();
    NixFixture.nix()
        .capture(
            "nix",
            List.of(
                "--extra-experimental-features",
                "nix-command",
                "--store",
                other.toString(),
                "store",
                "verify",
                "--sigs-needed",
                "1",
                "--trusted-public-keys",
                key.publicKey(),
                app(prepared)));
  }
}
