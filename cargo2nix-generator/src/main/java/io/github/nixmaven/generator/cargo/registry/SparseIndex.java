package io.github.nixmaven.generator.cargo.registry;

import io.github.nixmaven.generator.cargo.config.Credentials;
import io.github.nixmaven.generator.net.Downloader;
import io.github.nixmaven.generator.text.Addresses;
import io.github.nixmaven.generator.text.InputException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;

/** An index that is served over HTTP, file by file (the Cargo Book, "Sparse Protocol"). */
final class SparseIndex implements Registry.Index {
  private static final int LARGEST_CONFIGURATION = 1 << 20;

  private final String address;
  private final Downloader downloader;
  private final boolean offline;
  private final Credentials credentials;

  /**
   * @param address with a slash at its end
   */
  SparseIndex(String address, Downloader downloader, boolean offline, Credentials credentials) {
    this.address = address;
    this.downloader = downloader;
    this.offline = offline;
    this.credentials = credentials;
  }

  @Override
  public byte[] configuration() throws IOException, InterruptedException {
    URI file = file();
    if (offline) {
      throw new InputException(
          null,
          "the configuration of the registry "
              + address
              + " is not in any cache, and this run is offline",
          "Run once online.");
    }
    try {
      return read(file);
    } catch (FileNotFoundException e) {
      throw new InputException(
          null,
          "there is no registry at " + address + ": nothing at " + file,
          "Compare the address of the index in Cargo.lock and in `.cargo/config.toml` with the one"
              + " that the registry documents.",
          e);
    }
  }

  /**
   * Like cargo, this first tries without a token, so that a registry that needs none never gets
   * one.
   */
  private byte[] read(URI file) throws IOException, InterruptedException {
    try {
      return downloader.read(file, LARGEST_CONFIGURATION);
    } catch (Downloader.Refused first) {
      try {
        return downloader.read(file, LARGEST_CONFIGURATION, credentials.token());
      } catch (Downloader.Refused second) {
        throw credentials.refused(true, second);
      }
    }
  }

  private URI file() {
    try {
      URI file = new URI(address + Registry.CONFIGURATION);
      boolean http = "https".equals(file.getScheme()) || "http".equals(file.getScheme());
      if (http
          && file.getHost() != null
          && file.getRawUserInfo() == null
          && address.endsWith("/")) {
        return file;
      }
    } catch (URISyntaxException e) {
      // The message below is clearer, and the address may contain a password.
    }
    throw new InputException(
        null,
        Addresses.withoutUser(address) + " is not the address of a sparse index",
        "Write `sparse+https://HOST/PATH/`, with a slash at the end and without a password.");
  }
}
