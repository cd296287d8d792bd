package io.github.nixmaven.builder.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.builder.command.Command;
import io.github.nixmaven.builder.realise.HandMadeProject;
import io.github.nixmaven.builder.realise.Preparation;
import io.github.nixmaven.builder.realise.SmallDisk;
import io.github.nixmaven.builder.sign.NixKey;
import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
@DisplayName("A push")
class PushRefusalTest extends PushFixture {
  @Test
  @DisplayName(
      "that breaks off in the middle of a NAR fails, and the cache tells of no path it lacks")
  void halfANar() throws Exception {
    Preparation prepared = chain();
    try (CacheServer server = new CacheServer()) {
      server.breakWith(
          (exchange, name) -> {
            if (isPut(exchange) && name.startsWith("nar/")) {
              server.files().put(name, exchange.getRequestBody().readNBytes(10));
              exchange.close();
              return true;
            }
            return false;
          });

      assertThatThrownBy(() -> push(prepared, server.address(), Compression.NONE, null))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("/cache/nar/")
          .hasMessageContaining("(tried 5 times)");
      assertThat(server.files().keySet()).noneMatch(name -> name.endsWith(".narinfo"));
      assertThat(folder.resolve("target/nix/push")).isEmptyDirectory();

      server.breakWith((exchange, name) -> false);
      NixKey key = key("ours-1");
      push(prepared, server.address(), Compression.NONE, key);
      Command.Result taken =
          new OtherStore(folder.resolve("other"))
              .take(app(prepared), server.address().toString(), key.publicKey());
      assertThat(taken.status()).as("%s", taken.log()).isZero();
    }
  }

  @Test
  @DisplayName("onto a disk that fills fails with the space left, and leaves no part of a file")
  void diskFull() throws Exception {
    Path disk = folder.resolve("cache");
    try (SmallDisk mounted = SmallDisk.mount(disk, "2m")) {
      Preparation prepared = HandMadeProject.app("head -c 3000000 /dev/urandom > $out");
      realise(prepared);

      assertThatThrownBy(() -> push(prepared, folderUri(), Compression.NONE, null))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot write to " + disk.resolve("nar"))
          .hasMessageContaining("No space left on device")
          .hasMessageContaining("MB free there");
      assertThat(files(disk)).containsExactly("nix-cache-info");
    }
  }

  @Test
  @DisplayName(
      "to a server while our own disk fills fails with its place, and the server has nothing")
  void ownDiskFull() throws Exception {
    Preparation prepared = HandMadeProject.app("head -c 3000000 /dev/urandom > $out");
    realise(prepared);
    Path work = folder.resolve("target/nix");
    try (SmallDisk mounted = SmallDisk.mount(work, "2m");
        CacheServer server = new CacheServer()) {
      assertThatThrownBy(() -> push(prepared, server.address(), Compression.NONE, null))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot write to " + work.resolve("push"))
          .hasMessageContaining("No space left on device");
      assertThat(files(work)).isEmpty();
      assertThat(server.files().keySet()).containsOnly("nix-cache-info");
    }
  }

  @Test
  @DisplayName("to a folder that nobody may write to fails with the folder's name")
  void noPermission() throws Exception {
    Preparation prepared = chain();
    // Root may write to any folder of a disk, but nobody to one of the kernel's.
    assertThatThrownBy(() -> push(prepared, URI.create("file:///proc/cache"), Compression.XZ, null))
        .hasMessageContaining("/proc/cache");
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> push(prepared, file.toUri(), Compression.XZ, null))
        .isInstanceOf(Exception.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  @DisplayName("to a cache of another store is refused, and nothing is written")
  void otherStore() throws Exception {
    Preparation prepared = chain();
    Path cache = Files.createDirectories(folder.resolve("cache"));
    Files.writeString(cache.resolve("nix-cache-info"), "StoreDir: /gnu/store\n");

    assertThatThrownBy(() -> push(prepared, folderUri(), Compression.XZ, null))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is a cache for the store /gnu/store, not /nix/store");
    assertThat(files(cache)).containsExactly("nix-cache-info");
  }

  @Test
  @DisplayName("of a path that was changed in the store since it was built is refused")
  void damaged() throws Exception {
    Preparation prepared = HandMadeProject.app("echo right > $out");
    realise(prepared);
    Files.writeString(Path.of(app(prepared)), "wrong");

    assertThatThrownBy(() -> push(prepared, folderUri(), Compression.XZ, null))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(app(prepared) + " was changed after it was built")
        .hasMessageContaining("nix-store --verify");
    assertThat(leftovers()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/srv/cache",
        "cache",
        "file:cache",
        "ftp://cache.example",
        "file://server/cache",
        "https:///cache",
        "https://cache.example?compression=zstd",
        "file:///cache#x"
      })
  @DisplayName("to something that is not the address of a cache is refused")
  void noAddress(String address) {
    assertThatThrownBy(() -> PushService.check(URI.create(address)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("`" + address + "` is not the address of a binary cache")
        .hasMessageContaining("file:///srv/cache");
  }

  @Test
  @DisplayName("to an address with a password is refused, and the password is not shown")
  void passwordInAddress() {
    assertThatThrownBy(() -> PushService.check(URI.create("https://me:s3cr3t@cache.example")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("cache.example contains a password")
        .message()
        .doesNotContain("s3cr3t");
  }
}
