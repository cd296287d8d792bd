package io.github.nixmaven.builder.toolchain;

import com.sun.net.httpserver.HttpServer;
import io.github.nixmaven.generator.hash.Hash;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.bouncycastle.bcpg.ArmoredOutputStream;
import org.bouncycastle.bcpg.BCPGOutputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyPacket;
import org.bouncycastle.crypto.generators.RSAKeyPairGenerator;
import org.bouncycastle.crypto.params.RSAKeyGenerationParameters;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.PGPKeyRingGenerator;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;
import org.bouncycastle.openpgp.operator.bc.BcPGPKeyPair;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** A small Debian archive and snapshot archive on loopback, signed with a key of its own. */
final class TestArchive implements AutoCloseable {
  static final Instant DATE = Instant.parse("2026-03-01T12:00:00Z");

  /** A key of an archive. */
  static final class Key {
    final PGPKeyPair pair;
    final PGPPublicKeyRing ring;

    Key(Instant created, Duration validity) throws PGPException, IOException {
      RSAKeyPairGenerator generator = new RSAKeyPairGenerator();
      generator.init(
          new RSAKeyGenerationParameters(
              BigInteger.valueOf(0x10001), new SecureRandom(), 2048, 64));
      pair =
          new BcPGPKeyPair(
              PublicKeyPacket.VERSION_4,
              PublicKeyAlgorithmTags.RSA_GENERAL,
              generator.generateKeyPair(),
              Date.from(created));
      PGPSignatureSubpacketGenerator subpackets = new PGPSignatureSubpacketGenerator();
      subpackets.setKeyExpirationTime(false, validity.toSeconds());
      ring =
          new PGPKeyRingGenerator(
                  PGPSignature.POSITIVE_CERTIFICATION,
                  pair,
                  "Test Archive",
                  new BcPGPDigestCalculatorProvider().get(HashAlgorithmTags.SHA1),
                  subpackets.generate(),
                  null,
                  new BcPGPContentSignerBuilder(
                      PublicKeyAlgorithmTags.RSA_GENERAL, HashAlgorithmTags.SHA256),
                  null)
              .generatePublicKeyRing();
    }

    byte[] clearSign(String text, int digest) throws PGPException, IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      ArmoredOutputStream armor = new ArmoredOutputStream(bytes);
      armor.beginClearText(digest);
      armor.write(text.getBytes(StandardCharsets.UTF_8));
      armor.endClearText();
      PGPSignatureGenerator generator =
          new PGPSignatureGenerator(
              new BcPGPContentSignerBuilder(PublicKeyAlgorithmTags.RSA_GENERAL, digest),
              pair.getPublicKey());
      generator.init(PGPSignature.CANONICAL_TEXT_DOCUMENT, pair.getPrivateKey());
      generator.update(
          text.stripTrailing()
              .replaceAll("(?m)[ \t]+$", "")
              .replace("\n", "\r\n")
              .getBytes(StandardCharsets.UTF_8));
      generator.generate().encode(new BCPGOutputStream(armor));
      armor.close();
      return bytes.toByteArray();
    }
  }

  /** What the server gives, by path. */
  final Map<String, byte[]> files = new ConcurrentHashMap<>();

  /** The paths that were asked for. */
  final List<String> requests = new CopyOnWriteArrayList<>();

  final Path keyring;
  final Key key;
  private final HttpServer server;

  /** By architecture. */
  private final Map<String, StringBuilder> indexes = new TreeMap<>();

  TestArchive(Path folder) throws Exception {
    this(folder, new Key(Instant.parse("2025-01-01T00:00:00Z"), Duration.ofDays(36500)));
  }

  TestArchive(Path folder, Key key) throws Exception {
    this.key = key;
    keyring = folder.resolve("archive.gpg");
    try (OutputStream out = Files.newOutputStream(keyring)) {
      key.ring.encode(out);
    }
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "test-archive");
              thread.setDaemon(true);
              return thread;
            }));
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          requests.add(path);
          byte[] file = files.get(path);
          try (exchange) {
            if (file == null) {
              exchange.sendResponseHeaders(404, -1);
            } else {
              exchange.sendResponseHeaders(200, file.length == 0 ? -1 : file.length);
              exchange.getResponseBody().write(file);
            }
          }
        });
    server.start();
  }

  Mirrors mirrors() {
    String base = "http://127.0.0.1:" + server.getAddress().getPort();
    return new Mirrors(
        URI.create(base + "/debian"),
        URI.create(base + "/debian-security"),
        URI.create(base + "/snapshot/debian"));
  }

  /** Where a package's file is, below the archive. */
  static String pool(String name, String version) {
    return pool(name, version, "amd64");
  }

  private static String pool(String name, String version, String architecture) {
    String file = name + "_" + version.replaceFirst("^[0-9]+:", "") + "_" + architecture + ".deb";
    return "pool/main/" + file;
  }

  /** Adds a package; fields are lines such as {@code Depends: libc6}. */
  TestArchive add(String name, String version, byte[] deb, String... fields) {
    return addFor("amd64", name, version, deb, fields);
  }

  /** The same for another architecture. */
  TestArchive addFor(
      String architecture, String name, String version, byte[] deb, String... fields) {
    String path = pool(name, version, architecture);
    files.put("/debian/" + path, deb);
    StringBuilder index = indexes.computeIfAbsent(architecture, key -> new StringBuilder());
    index.append("Package: ").append(name).append('\n');
    index.append("Version: ").append(version).append('\n');
    index.append("Architecture: ").append(architecture).append("\nInstalled-Size: 1\n");
    for (String field : fields) {
      index.append(field).append('\n');
    }
    index.append("Filename: ").append(path).append('\n');
    index.append("Size: ").append(deb.length).append('\n');
    index.append("SHA256: ").append(sha256(deb)).append("\n\n");
    return this;
  }

  /** Adds a package with nothing in it. */
  TestArchive add(String name, String version, String... fields) throws IOException {
    return add(name, version, new TestDeb().folder("./usr").xz(), fields);
  }

  /** Writes and signs the index of what was added so far. */
  TestArchive publish(String suite) throws Exception {
    return publish(suite, "");
  }

  /** As above, with further lines such as {@code Valid-Until: …}. */
  TestArchive publish(String suite, String moreFields) throws Exception {
    StringBuilder digests = new StringBuilder();
    for (Map.Entry<String, StringBuilder> index : indexes.entrySet()) {
      ByteArrayOutputStream compressed = new ByteArrayOutputStream();
      try (XZOutputStream xz = new XZOutputStream(compressed, new LZMA2Options(0))) {
        xz.write(index.getValue().toString().getBytes(StandardCharsets.UTF_8));
      }
      byte[] packages = compressed.toByteArray();
      String list = "main/binary-" + index.getKey() + "/Packages.xz";
      files.put("/debian/dists/" + suite + "/" + list, packages);
      digests.append(" ").append(sha256(packages)).append(" ").append(packages.length);
      digests.append(" ").append(list).append("\n");
    }
    String release =
        "Origin: Test\nSuite: stable\nCodename: "
            + suite
            + "\nDate: "
            + debianDate(DATE)
            + "\n"
            + moreFields
            + "Description: a suite with trailing blanks  \n"
            + "MD5Sum:\n d41d8cd98f00b204e9800998ecf8427e 0 main/binary-amd64/Packages.xz\n"
            + "SHA256:\n"
            + digests;
    files.put(inRelease(suite), key.clearSign(release, HashAlgorithmTags.SHA256));
    return this;
  }

  static String inRelease(String suite) {
    return "/debian/dists/" + suite + "/InRelease";
  }

  static String debianDate(Instant time) {
    return DateTimeFormatter.RFC_1123_DATE_TIME
        .format(ZonedDateTime.ofInstant(time, ZoneOffset.UTC))
        .replace("GMT", "UTC");
  }

  static String sha256(byte[] content) {
    return Hash.digest(Hash.Algorithm.SHA256, content).hex();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
