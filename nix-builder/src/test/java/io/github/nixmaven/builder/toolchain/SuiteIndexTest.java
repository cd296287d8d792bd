package io.github.nixmaven.builder.toolchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.builder.nix.NixFixture;
import io.github.nixmaven.generator.net.Downloader;
import io.github.nixmaven.generator.text.InputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A suite's index")
class SuiteIndexTest {
  private static final Instant NOW = TestArchive.DATE.plus(Duration.ofDays(1));

  @TempDir Path folder;
  private TestArchive archive;

  @BeforeEach
  void makeArchive() throws Exception {
    archive = new TestArchive(folder).add("a", "1:1.0-1", "Depends: b | c (>= 2)", "Provides: v");
    archive.add("b", "2", "Pre-Depends: c", "Depends: d,", " e").publish("test");
  }

  @AfterEach
  void stop() {
    archive.close();
  }

  private SuiteIndex fetch(Path keyring) throws Exception {
    return SuiteIndex.fetch(
        "test",
        "amd64",
        archive.mirrors(),
        Keyring.read(keyring),
        new Downloader(Duration.ofSeconds(10), 1, System.getenv()),
        folder.resolve("lists"),
        NOW);
  }

  private void assertRejected(ThrowingCallable fetch, String message) {
    assertThatThrownBy(fetch).isInstanceOf(InputException.class).hasMessageContaining(message);
  }

  private String inRelease() {
    return new String(archive.files.get(TestArchive.inRelease("test")), StandardCharsets.UTF_8);
  }

  private void setInRelease(String text) {
    archive.files.put(TestArchive.inRelease("test"), text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  @DisplayName("that is signed by the keyring gives the suite's date and packages")
  void good() throws Exception {
    SuiteIndex index = fetch(archive.keyring);
    assertThat(index.date()).isEqualTo(TestArchive.DATE);
    assertThat(index.packages()).extracting(BinaryPackage::name).containsExactly("a", "b");
    BinaryPackage a = index.packages().get(0);
    assertThat(a.version()).isEqualTo("1:1.0-1");
    assertThat(a.path()).isEqualTo("pool/main/a_1.0-1_amd64.deb");
    assertThat(a.depends()).isEqualTo("b | c (>= 2)");
    assertThat(a.provides()).isEqualTo("v");
    assertThat(index.packages().get(1).depends()).isEqualTo("c, d, e");
  }

  @Test
  @DisplayName("of Debian 13 is signed by the keys that the plugin ships")
  void trixie() throws Exception {
    SuiteIndex index =
        SuiteIndex.fetch(
            "trixie",
            "amd64",
            Mirrors.DEBIAN,
            Keyring.read(null),
            new Downloader(Duration.ofSeconds(30), 1, System.getenv()),
            NixFixture.CONTEXT.cache().resolve("lists"),
            Instant.now());
    assertThat(index.packages()).hasSizeGreaterThan(60_000);
    assertThat(index.packages()).extracting(BinaryPackage::name).contains("rustc", "gcc");
  }

  @Test
  @DisplayName("with one changed letter is refused")
  void tampered() {
    setInRelease(inRelease().replace("Origin: Test", "Origin: Tesu"));
    assertRejected(() -> fetch(archive.keyring), "has an invalid signature by key");
  }

  @Test
  @DisplayName("with a field slipped in before the signed text is read without it")
  void unsignedPrefix() throws Exception {
    setInRelease("Suite: evil\nSHA256:\n 00 0 x\n" + inRelease());
    assertThat(fetch(archive.keyring).packages()).hasSize(2);
  }

  @Test
  @DisplayName("without a signature is refused")
  void unsigned() {
    setInRelease("Origin: Test\nSuite: test\n");
    assertRejected(() -> fetch(archive.keyring), "is not signed");
    setInRelease("");
    assertRejected(() -> fetch(archive.keyring), "is not signed");
    String signed = inReleaseOfFreshArchive();
    setInRelease(signed.substring(0, signed.indexOf("-----BEGIN PGP SIGNATURE")));
    assertRejected(() -> fetch(archive.keyring), "has no signature at its end");
    setInRelease(signed.substring(0, signed.indexOf("-----BEGIN PGP SIGNATURE") + 120));
    assertThatThrownBy(() -> fetch(archive.keyring))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("InRelease");
  }

  private String inReleaseOfFreshArchive() {
    try {
      archive.publish("test");
      return inRelease();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  @DisplayName("signed by a key outside of the keyring is refused, and the key is named")
  void stranger() {
    assertRejected(
        () -> fetch(null),
        String.format("is signed by %016X", archive.key.pair.getKeyID())
            + ", none of which is in the archive keys of Debian 13");
  }

  @Test
  @DisplayName("signed over SHA-1 is refused")
  void weakDigest() throws Exception {
    archive.files.put(
        TestArchive.inRelease("test"),
        archive.key.clearSign("Suite: test\n", HashAlgorithmTags.SHA1));
    assertRejected(() -> fetch(archive.keyring), "is signed with a weak digest algorithm");
  }

  @Test
  @DisplayName("signed by an expired key is refused")
  void expiredKey() throws Exception {
    TestArchive.Key key =
        new TestArchive.Key(Instant.parse("2025-01-01T00:00:00Z"), Duration.ofDays(10));
    archive.close();
    archive = new TestArchive(folder, key).publish("test");
    assertRejected(() -> fetch(archive.keyring), "which has expired");
  }

  @Test
  @DisplayName("past its Valid-Until is refused")
  void expired() throws Exception {
    String until = TestArchive.debianDate(NOW.minusSeconds(1));
    archive.publish("test", "Valid-Until: " + until + "\n");
    assertRejected(() -> fetch(archive.keyring), "was only valid until " + until);
    archive.publish("test", "Valid-Until: " + TestArchive.debianDate(NOW.plusSeconds(1)) + "\n");
    assertThat(fetch(archive.keyring).packages()).hasSize(2);
  }

  @Test
  @DisplayName("of another suite is refused")
  void otherSuite() throws Exception {
    archive.publish("other");
    archive.files.put(
        TestArchive.inRelease("test"), archive.files.get(TestArchive.inRelease("other")));
    assertRejected(() -> fetch(archive.keyring), "is the index of 'other', not of 'test'");
  }

  @Test
  @DisplayName("that the mirror lacks says so")
  void noSuite() {
    archive.files.clear();
    assertRejected(() -> fetch(archive.keyring), "there is no suite 'test' here: http://127.0.0.1");
  }

  @Test
  @DisplayName("whose list of packages is missing, or not listed, says so")
  void noPackages() throws Exception {
    archive.files.remove("/debian/dists/test/main/binary-amd64/Packages.xz");
    assertRejected(
        () -> fetch(archive.keyring),
        "the mirror lists main/binary-amd64/Packages.xz of test but does not have it");
    archive.files.put(
        TestArchive.inRelease("test"),
        archive.key.clearSign(
            "Suite: test\nDate: " + TestArchive.debianDate(NOW) + "\n", HashAlgorithmTags.SHA512));
    assertRejected(() -> fetch(archive.keyring), "does not list main/binary-amd64/Packages.xz");
  }

  @Test
  @DisplayName("whose list of packages is not the signed one is refused")
  void wrongPackages() {
    byte[] other = archive.files.get("/debian/dists/test/main/binary-amd64/Packages.xz").clone();
    other[other.length / 2] ^= 1;
    archive.files.put("/debian/dists/test/main/binary-amd64/Packages.xz", other);
    assertRejected(() -> fetch(archive.keyring), "expected SHA-256");
  }

  @Test
  @DisplayName("cannot be checked with a file that is no keyring")
  void notAKeyring() throws Exception {
    Path text = Files.writeString(folder.resolve("text"), "hello");
    Path empty = Files.writeString(folder.resolve("empty"), "");
    assertRejected(() -> Keyring.read(text), text + ": not a file of OpenPGP public keys");
    assertRejected(() -> Keyring.read(empty), empty + ": not a file of OpenPGP public keys");
    assertRejected(() -> Keyring.read(folder.resolve("none")), "the keyring cannot be read");
  }

  @Test
  @DisplayName("can be checked with an armoured keyring")
  void armoredKeyring() throws Exception {
    Path armored = folder.resolve("archive.asc");
    try (var out = new org.bouncycastle.bcpg.ArmoredOutputStream(Files.newOutputStream(armored))) {
      archive.key.ring.encode(out);
    }
    assertThat(fetch(armored).packages()).hasSize(2);
  }
}
