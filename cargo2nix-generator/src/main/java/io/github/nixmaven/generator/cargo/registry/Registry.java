package io.github.nixmaven.generator.cargo.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nixmaven.generator.cargo.config.Credentials;
import io.github.nixmaven.generator.cargo.lock.CratesIo;
import io.github.nixmaven.generator.hash.Hash;
import io.github.nixmaven.generator.net.Secret;
import io.github.nixmaven.generator.text.Addresses;
import io.github.nixmaven.generator.text.AtomicFile;
import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A registry that serves crate files. The lock names its crates (the Cargo Book, "Registry Index",
 * "Index Configuration").
 */
public final class Registry {
  /** The file of an index that has the address of the crate files. */
  public static final String CONFIGURATION = "config.json";

  public static final Registry CRATES_IO =
      ofFiles("crates-io", CratesIo.FILES + "/{crate}/{crate}-{version}.crate");

  private static final List<String> MARKERS =
      List.of("{crate}", "{version}", "{prefix}", "{lowerprefix}", "{sha256-checksum}");

  private final String name;
  private final String address;
  private final Index index;
  private final @Nullable Path folder;
  private final @Nullable Path remembered;
  private final @Nullable Credentials credentials;
  private @Nullable Configuration configuration;

  /** The source of a registry's configuration. */
  public interface Index {
    /**
     * Reads {@code config.json}.
     *
     * @throws InputException when the registry does not exist, or needs a token that we do not have
     */
    byte[] configuration() throws IOException, InterruptedException;
  }

  /**
   * The contents of {@code config.json}.
   *
   * @param files the address of the crate files, with the markers of {@code dl}
   * @param wantsToken whether they need a token
   */
  private record Configuration(String files, boolean wantsToken) {}

  private Registry(
      String name,
      String address,
      Index index,
      @Nullable Path folder,
      @Nullable Path remembered,
      @Nullable Credentials credentials) {
    this.name = name;
    this.address = address;
    this.index = index;
    this.folder = folder;
    this.remembered = remembered;
    this.credentials = credentials;
  }

  /**
   * A public registry that needs no configuration.
   *
   * @param files the address of the crate files, with markers
   */
  static Registry ofFiles(String name, String files) {
    Registry result = new Registry(name, files, () -> new byte[0], null, null, null);
    result.configuration = new Configuration(files, false);
    return result;
  }

  /** A directory on this disk. Nix can get its files only from us. */
  static Registry ofFolder(Path folder) {
    String files = "file:///{crate}-{version}.crate is in a local registry: run `mvn nix:build`";
    Registry result =
        new Registry("local", folder.toString(), () -> new byte[0], folder, null, null);
    result.configuration = new Configuration(files, false);
    return result;
  }

  /**
   * A registry with an index.
   *
   * @param address the address of its index as cargo writes it, {@code sparse+} included
   * @param cache our cache, which contains its configuration
   */
  static Registry of(String address, Index index, Path cache, Credentials credentials) {
    byte[] identity = address.getBytes(StandardCharsets.UTF_8);
    Path file =
        cache
            .resolve("registries")
            .resolve(Hash.digest(Hash.Algorithm.SHA256, identity).hex() + ".json");
    return new Registry(
        nameOf(address), Addresses.withoutUser(address), index, null, file, credentials);
  }

  /**
   * A registry's name in Cargo.nix: the address of its index without the protocol, so that it is
   * the same on every machine.
   */
  public static String nameOf(String address) {
    return Addresses.withoutUser(address)
        .replaceFirst("^[A-Za-z+.-]+://", "")
        .replaceFirst("/+$", "")
        .replaceFirst("\\.git$", "");
  }

  /** Its name in Cargo.nix. */
  public String name() {
    return name;
  }

  /** The directory of its files, if it is local. */
  @Nullable Path folder() {
    return folder;
  }

  /** Whether its files need a token. */
  public boolean wantsToken() throws IOException, InterruptedException {
    return known().wantsToken();
  }

  /**
   * The address of its crate files, with the markers that {@link
   * io.github.nixmaven.generator.cargo.source.Pin.CrateFile} explains.
   *
   * @throws InputException when no cache has it and we are offline, or its configuration is not
   *     valid
   */
  public String files() throws IOException, InterruptedException {
    return known().files();
  }

  /** Its configuration: the cached one, or the current one. */
  private synchronized Configuration known() throws IOException, InterruptedException {
    return configuration == null && remembered != null && Files.exists(remembered)
        ? parse(Files.readAllBytes(remembered))
        : configuration();
  }

  /** The current address of a crate's file. */
  public URI location(CrateId id) throws IOException, InterruptedException {
    String prefix = prefix(id.name());
    String location =
        configuration()
            .files()
            .replace("{crate}", id.name())
            .replace("{version}", id.version())
            .replace("{prefix}", prefix)
            .replace("{lowerprefix}", prefix.toLowerCase(Locale.ROOT))
            .replace("{sha256-checksum}", id.checksum());
    return URI.create(location);
  }

  /** The directories for a crate's name in an index. */
  private static String prefix(String name) {
    return switch (name.length()) {
      case 1, 2 -> String.valueOf(name.length());
      case 3 -> "3/" + name.charAt(0);
      default -> name.substring(0, 2) + "/" + name.substring(2, 4);
    };
  }

  /** The value of the header {@code Authorization} for a crate's file, or null. */
  @Nullable Secret authorization() throws IOException, InterruptedException {
    return credentials != null && configuration().wantsToken() ? credentials.token() : null;
  }

  /**
   * Reports that it denies access to a crate's file.
   *
   * @throws InputException always, unless it is a registry without tokens
   */
  void refuse(IOException cause) throws IOException, InterruptedException {
    if (credentials != null) {
      throw credentials.refused(authorization() != null, cause);
    }
  }

  private synchronized Configuration configuration() throws IOException, InterruptedException {
    if (configuration == null) {
      byte[] bytes = index.configuration();
      configuration = parse(bytes);
      if (remembered != null) {
        Files.createDirectories(remembered.getParent());
        AtomicFile.write(remembered, bytes);
      }
    }
    return configuration;
  }

  private Configuration parse(byte[] bytes) throws IOException {
    JsonNode json;
    try {
      json = new ObjectMapper().readTree(bytes);
    } catch (JsonProcessingException e) {
      throw noConfiguration("it is not JSON", e);
    }
    String dl = json.path("dl").textValue();
    if (dl == null) {
      throw noConfiguration("it has no `dl`", null);
    }
    String files =
        MARKERS.stream().anyMatch(dl::contains) ? dl : dl + "/{crate}/{version}/download";
    String plain = files;
    for (String marker : MARKERS) {
      plain = plain.replace(marker, "x");
    }
    try {
      URI uri = new URI(plain);
      if (uri.getHost() == null
          || uri.getRawUserInfo() != null
          || !("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
        throw noConfiguration(
            "its `dl` must begin with https:// or http:// and must not contain a password", null);
      }
    } catch (URISyntaxException e) {
      throw noConfiguration("its `dl` is not an address", null);
    }
    return new Configuration(files, json.path("auth-required").asBoolean(false));
  }

  private InputException noConfiguration(String problem, @Nullable Throwable cause) {
    return new InputException(
        null,
        "the config.json of the registry " + address + " cannot be used: " + problem,
        "Report it to the registry. Meanwhile, `[source]` replacement can point to another one.",
        cause);
  }
}
