package io.github.nixmaven.builder.cache;

import io.github.nixmaven.generator.net.Secret;
import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The credentials for a cache on a server. */
public final class Credentials {
  /** The variable that holds a token. */
  public static final String TOKEN = "NIX_CACHE_TOKEN";

  private static final Set<String> FIELDS = Set.of("login", "password", "account");
  private static final Pattern MACRO = Pattern.compile("(?m)^\\s*macdef .*\\n(?:.+\\n)*");

  private Credentials() {}

  /**
   * The header for a user and a password (RFC 7617), or for a token (RFC 6750) where there is no
   * user.
   *
   * @param place what to call the place that they are from
   * @throws InputException when a token has characters that no header may have; it is not shown
   */
  public static Secret of(@Nullable String user, String password, String place) {
    if (user != null) {
      return new Secret(
          "Basic "
              + Base64.getEncoder()
                  .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)));
    }
    try {
      return new Secret("Bearer " + password.strip());
    } catch (IllegalArgumentException e) {
      throw new InputException(
          null,
          "the token of " + place + " contains characters that cannot be sent",
          "A token is one line of ASCII characters.");
    }
  }

  /**
   * Looks in the environment, and then in netrc, where Nix and curl look, too.
   *
   * @param host the server's name
   * @param environment the variables {@code NIX_CACHE_TOKEN}, and {@code NETRC} for the file if it
   *     is not {@code ~/.netrc}
   * @param home the user's home directory
   * @return null where there is nothing for this server
   */
  public static @Nullable Secret find(String host, Map<String, String> environment, Path home)
      throws IOException {
    String token = environment.get(TOKEN);
    if (token != null && !token.isBlank()) {
      return of(null, token, "the variable " + TOKEN);
    }
    String named = environment.get("NETRC");
    Path file = named == null ? home.resolve(".netrc") : Path.of(named);
    if (!Files.isRegularFile(file)) {
      return null;
    }
    return find(host, Files.readString(file), file);
  }

  /**
   * The first entry for a server, or the default one. No error if the file is not a netrc: curl and
   * Nix pass over it, too.
   */
  private static @Nullable Secret find(String host, String netrc, Path file) {
    // A macro is of any form up to an empty line.
    String text = MACRO.matcher(netrc).replaceAll("");
    boolean ours = false;
    String login = "";
    String password = null;
    Iterator<String> words = List.of(text.strip().split("\\s+")).iterator();
    while (words.hasNext()) {
      String word = words.next();
      if (word.equals("machine") || word.equals("default")) {
        if (password != null) {
          break;
        }
        login = "";
        ours = word.equals("default") || (words.hasNext() && words.next().equalsIgnoreCase(host));
      } else if (words.hasNext() && FIELDS.contains(word)) {
        String value = words.next();
        if (ours && word.equals("login")) {
          login = value;
        } else if (ours && word.equals("password")) {
          password = value;
        }
      }
    }
    return password == null ? null : of(login, password, file.toString());
  }
}
