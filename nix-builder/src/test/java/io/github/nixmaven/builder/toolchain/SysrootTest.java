package io.github.nixmaven.builder.toolchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.builder.command.Command;
import io.github.nixmaven.builder.rust.Rust;
import io.github.nixmaven.generator.cargo.lock.CratesIo;
import io.github.nixmaven.generator.net.Progress;
import io.github.nixmaven.generator.text.InputException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A sysroot")
class SysrootTest {
  private static final Command NIX = new Command(null, System.getenv());
  private static final List<String> OPTIONS =
      List.of("--option", "build-users-group", "", "--option", "substitute", "false");

  /** What makes the tree, and so the store path, of each run a new one. */
  private final String unique = UUID.randomUUID().toString();

  @TempDir Path folder;
  private TestArchive archive;
  private Path lockFile;
  private final byte[] gcc = deb("gcc", unique);
  private final byte[] libc = deb("libc", "1");

  SysrootTest() throws Exception {}

  private static byte[] deb(String name, String content) throws Exception {
    return new TestDeb()
        .file("./usr/bin/" + name, 0755, content)
        .file("./usr/share/doc/" + name + "/copyright", 0644, "x")
        .xz();
  }

  @BeforeEach
  void makeArchive() throws Exception {
    archive = new TestArchive(folder);
    archive.add("gcc", "4:14-1", gcc, "Depends: libc").add("libc", "2.41-12+deb13u3", libc);
    archive.publish("test");
    lockFile = folder.resolve("nix-toolchain.lock.json");
  }

  @AfterEach
  void stop() {
    archive.close();
  }

  private Toolchain.Pinned pin(String... roots) throws Exception {
    return new Toolchain(folder.resolve("pin-cache"), System.getenv())
        .pin(
            new Toolchain.Request(
                List.of("test"),
                archive.mirrors(),
                archive.keyring,
                List.of(Rust.LANGUAGE),
                List.of(roots),
                lockFile),
            Progress.NONE);
  }

  private Sysroot sysroot() {
    return new Sysroot(folder.resolve("cache"), archive.mirrors(), System.getenv());
  }

  private String ensure(ToolchainLock lock) throws Exception {
    return sysroot().ensure(lock, NIX, OPTIONS, Progress.NONE, null);
  }

  @Test
  @DisplayName("is put into the store, where the lock says, and is not made a second time")
  void madeOnce() throws Exception {
    ToolchainLock lock = pin("gcc").lock();
    assertThat(lock.packages()).extracting(ToolchainLock.Pin::name).containsExactly("gcc", "libc");
    assertThat(lock.links()).isEqualTo(Map.of("usr/bin/cc", "gcc"));
    assertThat(lock).isEqualTo(ToolchainLock.read(lockFile));

    String path = ensure(lock);
    assertThat(path).isEqualTo(lock.sysroot().storePath());
    assertThat(Path.of(path, "usr/bin/cc")).hasContent(unique);
    assertThat(Path.of(path, "usr/share/doc")).doesNotExist();
    assertThat(NIX.capture("nix-store", List.of("--query", "--hash", path)))
        .isEqualTo(
            "sha256:"
                + io.github.nixmaven.generator.hash.Hash.parseSri(lock.sysroot().narHash())
                    .nix32());
    assertThat(NIX.capture("nix-store", List.of("--query", "--references", path))).isEmpty();
    assertThat(folder.resolve("cache/work")).doesNotExist();

    archive.requests.clear();
    List<String> steps = new ArrayList<>();
    Sysroot fresh = new Sysroot(folder.resolve("other-cache"), archive.mirrors(), System.getenv());
    assertThat(fresh.ensure(lock, NIX, OPTIONS, (what, n, of) -> steps.add(what), null))
        .isEqualTo(path);
    assertThat(archive.requests).isEmpty();
    assertThat(steps).isEmpty();
    assertThat(folder.resolve("other-cache")).doesNotExist();
  }

  @Test
  @DisplayName(
      "has of Rust's source the standard library's, and the lock the crates that one needs")
  void standardLibrary() throws Exception {
    String source = "./usr/src/rustc-1.85.1/";
    byte[] rust =
        new TestDeb()
            .link("./usr/lib/rustlib/src/rust", "../../../src/rustc-1.85.1")
            .file(source + "compiler/main.rs", 0644, "compiler")
            .file(source + "src/tools/tool.rs", 0644, "tool")
            .file(source + "library/std/src/lib.rs", 0644, "library " + unique)
            .file(
                source + "library/Cargo.lock",
                0644,
                """
                version = 4

                [[package]]
                name = "std"
                version = "0.0.0"
                dependencies = ["cfg-if"]

                [[package]]
                name = "cfg-if"
                version = "1.0.0"
                source = "registry+https://github.com/rust-lang/crates.io-index"
                checksum = "baf1de4339761588bc0619e3cbc0120ee582ebb74b53b4efbf79117bd2da40fd"
                """)
            .xz();
    archive.add("rust-src", "1.85.1+dfsg1-1", rust);
    archive.publish("test");

    ToolchainLock lock = pin("gcc", "rust-src").lock();

    assertThat(lock.standardLibrary())
        .containsExactly(
            new ToolchainLock.LibraryFile(
                "cfg-if",
                "1.0.0",
                CratesIo.FILES + "/cfg-if/cfg-if-1.0.0.crate",
                "baf1de4339761588bc0619e3cbc0120ee582ebb74b53b4efbf79117bd2da40fd"));
    assertThat(lock).isEqualTo(ToolchainLock.read(lockFile));
    Path tree = Path.of(ensure(lock));
    assertThat(tree.resolve("usr/lib/rustlib/src/rust/library/std/src/lib.rs"))
        .hasContent("library " + unique);
    assertThat(tree.resolve("usr/src/rustc-1.85.1").toFile().list()).containsExactly("library");
    assertThat(pin("gcc").lock().standardLibrary()).isEmpty();
  }

  @Test
  @DisplayName("is kept from the garbage collector by a link, where one is wanted")
  void gcRoot() throws Exception {
    Path link = folder.resolve("gc-root");
    String path = sysroot().ensure(pin("gcc").lock(), NIX, OPTIONS, Progress.NONE, link);
    assertThat(Files.readSymbolicLink(link)).hasToString(path);
    assertThat(NIX.capture("nix-store", List.of("--query", "--roots", path)))
        .contains(link.toString());
    Files.delete(link);
  }

  @Test
  @DisplayName("is made by one of several builds that want it at once")
  void concurrent() throws Exception {
    ToolchainLock lock = pin("gcc").lock();
    archive.requests.clear();
    var workers = Executors.newFixedThreadPool(4);
    List<Callable<String>> tasks = java.util.Collections.nCopies(4, () -> ensure(lock));
    for (var result : workers.invokeAll(tasks)) {
      assertThat(result.get()).isEqualTo(lock.sysroot().storePath());
    }
    workers.shutdown();
    assertThat(archive.requests).doesNotHaveDuplicates().hasSize(2);
  }

  @Test
  @DisplayName("starts from an empty work folder, whatever a killed build left there")
  void leftovers() throws Exception {
    ToolchainLock lock = pin("gcc").lock();
    Path left = folder.resolve("cache/work/" + lock.sysroot().name() + "/usr/bin");
    Files.createDirectories(left);
    Files.writeString(left.resolve("gcc"), "half");
    assertThat(ensure(lock)).isEqualTo(lock.sysroot().storePath());
    assertThat(folder.resolve("cache/work")).doesNotExist();
  }

  @Test
  @DisplayName(
      "comes from the snapshot archive of the pinned day, or of the next, where the mirror lacks a package")
  void snapshot() throws Exception {
    ToolchainLock lock = pin("gcc").lock();
    String poolOfGcc = TestArchive.pool("gcc", "4:14-1");
    String poolOfLibc = TestArchive.pool("libc", "2.41-12+deb13u3");
    archive.files.remove("/debian/" + poolOfGcc);
    archive.files.remove("/debian/" + poolOfLibc);
    archive.files.put("/snapshot/debian/20260301T120000Z/" + poolOfGcc, gcc);
    archive.files.put("/snapshot/debian/20260302T120000Z/" + poolOfLibc, libc);
    assertThat(ensure(lock)).isEqualTo(lock.sysroot().storePath());
  }

  @Test
  @DisplayName("may hold a library of another architecture beside its own, without what it needs")
  void foreignPackage() throws Exception {
    byte[] own = new TestDeb().file("./usr/lib/native/libstd", 0644, unique).xz();
    byte[] foreign = new TestDeb().file("./usr/lib/foreign/libstd", 0644, "foreign").xz();
    archive
        .add("std", "1.85", own)
        .addFor("arm64", "std", "1.85", foreign, "Depends: shared-std")
        .publish("test");

    ToolchainLock lock = pin("std", "std:arm64").lock();

    assertThat(lock.packages())
        .extracting(one -> one.name() + " " + one.architecture())
        .containsExactly("std amd64", "std arm64");
    assertThat(ToolchainLock.read(lockFile)).isEqualTo(lock);
    assertThat(Path.of(ensure(lock), "usr/lib/foreign/libstd")).hasContent("foreign");
    assertThat(Path.of(ensure(lock), "usr/lib/native/libstd")).hasContent(unique);
    assertThatThrownBy(() -> pin("std:arm64", "missing:arm64"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no suite has missing for that architecture");
  }

  @Test
  @DisplayName("has one version of a package for all architectures")
  void foreignVersion() throws Exception {
    archive.add("std", "1.86", deb("std", "1")).addFor("arm64", "std", "1.85", deb("arm", "1"));
    archive.publish("test");

    assertThatThrownBy(() -> pin("std", "std:arm64"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("the suites have std 1.86 for amd64 and 1.85 for arm64");
  }

  @Test
  @DisplayName("whose packages are nowhere any more says to pin anew")
  void gone() throws Exception {
    ToolchainLock lock = pin("gcc").lock();
    archive.files.remove("/debian/" + TestArchive.pool("libc", "2.41-12+deb13u3"));
    assertThatThrownBy(() -> ensure(lock))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("a pinned package is no longer on the mirror")
        .hasMessageContaining("libc 2.41-12+deb13u3")
        .hasMessageContaining("mvn nix:toolchain");
    assertThat(archive.requests)
        .contains("/snapshot/debian/20260301T120000Z/pool/main/libc_2.41-12+deb13u3_amd64.deb");
  }

  @Test
  @DisplayName("says so too where the snapshot archive cannot be reached")
  void goneWithoutSnapshot() throws Exception {
    ToolchainLock lock = pin("gcc").lock();
    archive.files.remove("/debian/" + TestArchive.pool("libc", "2.41-12+deb13u3"));
    Mirrors mirrors =
        new Mirrors(
            archive.mirrors().archive(),
            archive.mirrors().security(),
            URI.create("http://snapshot.invalid/debian"));
    Sysroot sysroot = new Sysroot(folder.resolve("cache"), mirrors, System.getenv());
    assertThatThrownBy(() -> sysroot.ensure(lock, NIX, OPTIONS, Progress.NONE, null))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("a pinned package is no longer on the mirror")
        .hasMessageContaining("snapshot.invalid")
        .hasMessageContaining("mvn nix:toolchain");
  }

  @Test
  @DisplayName("is not made from a package with other bytes than the pinned ones")
  void wrongDigest() throws Exception {
    ToolchainLock lock = pin("gcc").lock();
    byte[] other = gcc.clone();
    other[other.length / 2] ^= 1;
    archive.files.put("/debian/" + TestArchive.pool("gcc", "4:14-1"), other);
    assertThatThrownBy(() -> ensure(lock))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("gcc 4:14-1")
        .hasMessageContaining("expected SHA-256 " + TestArchive.sha256(gcc));
  }

  @Test
  @DisplayName("is not made from a package that is longer or shorter than the pinned size")
  void wrongSize() throws Exception {
    ToolchainLock lock = pin("gcc").lock();
    archive.files.put(
        "/debian/" + TestArchive.pool("gcc", "4:14-1"),
        java.util.Arrays.copyOf(gcc, gcc.length + 1));
    assertThatThrownBy(() -> ensure(lock))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("expected " + gcc.length + " bytes");
    archive.files.put(
        "/debian/" + TestArchive.pool("gcc", "4:14-1"),
        java.util.Arrays.copyOf(gcc, gcc.length - 1));
    assertThatThrownBy(() -> ensure(lock))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("gcc 4:14-1: expected");
  }

  @Test
  @DisplayName("that comes out otherwise than the lock says is not put into the store")
  void otherTree() throws Exception {
    ToolchainLock lock = pin("gcc").lock();
    Map<String, String> links = new TreeMap<>(lock.links());
    links.put("usr/bin/evil", "gcc");
    ToolchainLock edited =
        new ToolchainLock(
            lock.format(),
            lock.architecture(),
            lock.suites(),
            lock.roots(),
            links,
            lock.prune(),
            lock.sysroot(),
            lock.packages(),
            lock.standardLibrary());
    assertThatThrownBy(() -> ensure(edited))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("expected " + lock.sysroot().narHash() + " but got sha256-");
    assertThat(Path.of(lock.sysroot().storePath())).doesNotExist();
  }

  @Test
  @DisplayName("is not begun where there is not enough room")
  void noRoom() throws Exception {
    ToolchainLock lock = pin("gcc").lock();
    ToolchainLock huge =
        new ToolchainLock(
            lock.format(),
            lock.architecture(),
            lock.suites(),
            lock.roots(),
            lock.links(),
            lock.prune(),
            new ToolchainLock.Tree("huge", lock.sysroot().narHash(), 1L << 55),
            lock.packages(),
            lock.standardLibrary());
    archive.requests.clear();
    assertThatThrownBy(() -> ensure(huge))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("the sysroot needs ")
        .hasMessageContaining(" MiB are free");
    assertThat(archive.requests).isEmpty();
  }

  @Test
  @DisplayName("needs Nix, and says how to get it")
  void noNix() throws Exception {
    ToolchainLock lock = pin("gcc").lock();
    assertThatThrownBy(
            () ->
                sysroot()
                    .ensure(
                        lock, new Command(folder, System.getenv()), OPTIONS, Progress.NONE, null))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("`nix-store` is not installed");
  }

  @Test
  @DisplayName(
      "is pinned with the same bytes by the same index, and a file that is right stays untouched")
  void pinnedTwice() throws Exception {
    assertThat(pin("gcc").changes())
        .containsExactly(
            new Toolchain.Change("gcc", null, "4:14-1"),
            new Toolchain.Change("libc", null, "2.41-12+deb13u3"));
    byte[] first = Files.readAllBytes(lockFile);
    var time = Files.getLastModifiedTime(lockFile);
    assertThat(pin("gcc").changes()).isEmpty();
    assertThat(Files.getLastModifiedTime(lockFile)).isEqualTo(time);
    Files.delete(lockFile);
    pin("gcc");
    assertThat(lockFile).hasBinaryContent(first);
  }

  @Test
  @DisplayName("that is pinned anew tells what was added, removed and changed")
  void changes() throws Exception {
    pin("gcc");
    stop();
    archive = new TestArchive(folder);
    archive.add("gcc", "4:15-1", gcc, "Depends: musl").add("musl", "1.2", libc).publish("test");
    assertThat(pin("gcc").changes())
        .containsExactly(
            new Toolchain.Change("gcc", "4:14-1", "4:15-1"),
            new Toolchain.Change("libc", "2.41-12+deb13u3", null),
            new Toolchain.Change("musl", null, "1.2"));
  }

  @Test
  @DisplayName("is not pinned to an index older than the pinned one")
  void rollback() throws Exception {
    String lock = pin("gcc").lock().toJson().replace("2026-03-01", "2026-03-05");
    Files.writeString(lockFile, lock);
    assertThatThrownBy(() -> pin("gcc"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(
            "the mirror's test is from 2026-03-01T12:00:00Z, older than the pinned one from"
                + " 2026-03-05T12:00:00Z");
    assertThat(lockFile).hasContent(lock);
  }

  @Test
  @DisplayName("is pinned over a broken lock, which stays when pinning fails")
  void brokenLock() throws Exception {
    Files.writeString(lockFile, "<<<<<<< HEAD");
    assertThatThrownBy(() -> pin("none")).isInstanceOf(InputException.class);
    assertThat(lockFile).hasContent("<<<<<<< HEAD");
    pin("gcc");
    assertThat(ToolchainLock.read(lockFile).packages()).hasSize(2);
  }

  @Test
  @DisplayName("waits for the work folder until whoever holds it is done")
  void workFolder() throws Exception {
    Path cache = folder.resolve("cache");
    Thread other;
    try (Sysroot.WorkFolder held = new Sysroot.WorkFolder(cache)) {
      other =
          new Thread(
              () -> {
                try (Sysroot.WorkFolder next = new Sysroot.WorkFolder(cache)) {
                  Files.createFile(cache.resolve("entered"));
                } catch (Exception e) {
                  throw new AssertionError(e);
                }
              });
      other.start();
      other.join(Duration.ofMillis(600).toMillis());
      assertThat(cache.resolve("entered")).doesNotExist();
      assertThat(held.folder()).isEmptyDirectory();
    }
    other.join();
    assertThat(cache.resolve("entered")).exists();
  }
}
