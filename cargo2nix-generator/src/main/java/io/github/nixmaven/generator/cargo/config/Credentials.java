package io.github.nixmaven.generator.cargo.config;

import io.github.nixmaven.generator.cargo.lock.SourceId;
import io.github.nixmaven.generator.net.Secret;
import io.github.nixmaven.generator.text.Addresses;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.TomlTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The credentials in cargo's configuration for a registry that needs a token. */
public final class Credentials {
  private static final String PROVIDER = "cargo:token";
  private static final String PREFIX = "CARGO_REGISTRIES_";

  private final List<ConfigFile> files;
  private final Map<String, String> environment;
  private final String address;

  /**
   * @param address the address of the registry's index as cargo writes it, {@code sparse+} included
   */
  Credentials(List<ConfigFile> files, Map<String, String> environment, String address) {
    this.files = files;
    this.environment = environment;
    this.address = address;
  }

  /**
   * The registry's token.
   *
   * @throws InputException when there is none that cargo would use
   */
  public Secret token() throws IOException {
    String name = name();
    if (name == null) {
      throw new InputException(
          null,
          "the registry "
              + Addresses.withoutUser(address)
              + " needs a token, but it has no name in cargo's configuration",
          "Add `[registries.NAME]` with `index = \""
              + Addresses.withoutUser(address)
              + "\"` to `.cargo/config.toml`, and set CARGO_REGISTRIES_NAME_TOKEN.");
    }
    checkProvider(name);
    String variable = variable(name, "TOKEN");
    String token = environment.get(variable);
    if (token == null) {
      List<ConfigFile> places = new ArrayList<>(credentialFiles());
      places.addAll(files);
      token = registry(places, name, table -> Optional.ofNullable(table.string("token")));
    }
    if (token == null) {
      throw new InputException(
          null,
          "the registry `"
              + name
              + "` ("
              + Addresses.withoutUser(address)
              + ") needs a token, but none is set",
          "Set " + variable + ", or run `cargo login --registry " + name + "`.");
    }
    try {
      return new Secret(token);
    } catch (IllegalArgumentException e) {
      throw new InputException(
          null,
          "the token of the registry `"
              + name
              + "` contains characters that are not allowed in a token",
          "Set it again, as one line: see " + variable + " and `cargo login`.",
          e);
    }
  }

  /**
   * The error for a registry that denies access.
   *
   * @param tokenShown whether a token was sent
   */
  public InputException refused(boolean tokenShown, IOException cause) {
    String name = name();
    return new InputException(
        null,
        "the registry "
            + (name == null
                ? Addresses.withoutUser(address)
                : "`" + name + "` (" + Addresses.withoutUser(address) + ")")
            + (tokenShown ? " rejects the token: " : " denies access: ")
            + cause.getMessage(),
        tokenShown
            ? "Renew the token: see CARGO_REGISTRIES_NAME_TOKEN and `cargo login` in the Cargo Book."
            : "Ask the registry's operator: its config.json does not say that it needs a token.",
        cause);
  }

  /** The registry's name in the configuration, or null. */
  private @Nullable String name() {
    String wanted = SourceId.canonical(address);
    TreeSet<String> names = new TreeSet<>();
    environment.forEach(
        (variable, value) -> {
          if (variable.startsWith(PREFIX)
              && variable.endsWith("_INDEX")
              && SourceId.canonical(value).equals(wanted)) {
            String name =
                variable.substring(PREFIX.length(), variable.length() - "_INDEX".length());
            names.add(name.toLowerCase(Locale.ROOT));
          }
        });
    if (names.isEmpty()) {
      for (ConfigFile file : files) {
        TomlTable registries = file.table().tableOrEmpty("registries");
        for (String name : registries.keys()) {
          String index = registries.tableOrEmpty(name).string("index");
          if (index != null && SourceId.canonical(index).equals(wanted)) {
            names.add(name);
          }
        }
      }
    }
    if (names.size() > 1) {
      throw new InputException(
          null,
          "the registry "
              + Addresses.withoutUser(address)
              + " has several names: "
              + String.join(", ", names),
          "Keep only one of these `[registries.NAME]` tables in cargo's configuration.");
    }
    return names.isEmpty() ? null : names.first();
  }

  /** Cargo sends a token only if a credential provider is configured. */
  private void checkProvider(String name) {
    List<String> providers = providers(name);
    if (!providers.contains(PROVIDER)) {
      throw new InputException(
          null,
          "the registry `"
              + name
              + "` needs a token, but "
              + (providers.isEmpty()
                  ? "no credential provider is configured, so cargo sends none"
                  : "the credential provider `"
                      + String.join("`, `", providers)
                      + "` is not supported: only `cargo:token` is"),
          "Add `global-credential-providers = [\"cargo:token\"]` to `[registry]` in"
              + " `.cargo/config.toml`, and set "
              + variable(name, "TOKEN")
              + ".");
    }
  }

  private List<String> providers(String name) {
    String own = environment.get(variable(name, "CREDENTIAL_PROVIDER"));
    if (own == null) {
      own = registry(files, name, table -> first(table, "credential-provider"));
    }
    if (own != null) {
      return List.of(own);
    }
    String global = environment.get("CARGO_REGISTRY_GLOBAL_CREDENTIAL_PROVIDERS");
    List<String> result = new ArrayList<>();
    for (ConfigFile file : files) {
      TomlTable registry = file.table().tableOrEmpty("registry");
      if (registry.isArray("global-credential-providers")) {
        result.addAll(registry.strings("global-credential-providers"));
      }
    }
    if (global != null) {
      result.addAll(List.of(global.strip().split("\\s+")));
    }
    return result;
  }

  /** The program of a command that is a string or an array of strings. */
  private static Optional<String> first(TomlTable table, String key) {
    if (table.isArray(key)) {
      return table.strings(key).stream().findFirst();
    }
    return Optional.ofNullable(table.string(key)).map(command -> command.strip().split("\\s")[0]);
  }

  private static @Nullable String registry(
      List<ConfigFile> files, String name, Function<TomlTable, Optional<String>> setting) {
    for (ConfigFile file : files) {
      Optional<String> found =
          setting.apply(file.table().tableOrEmpty("registries").tableOrEmpty(name));
      if (found.isPresent()) {
        return found.get();
      }
    }
    return null;
  }

  private List<ConfigFile> credentialFiles() throws IOException {
    return ConfigFile.in(CargoConfig.home(environment), "credentials");
  }

  static String variable(String name, String setting) {
    return PREFIX + name.replace('-', '_').toUpperCase(Locale.ROOT) + "_" + setting;
  }
}
