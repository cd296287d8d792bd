package io.github.nixmaven.generator.git;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The address of a repository, apart from its credentials: the address may be shown and written to
 * files, user and password may not.
 *
 * @param written the original address, to which the user's git configuration applies
 * @param text the address without user and password
 * @param user the user, or null
 * @param password the password, or empty
 */
public record GitAddress(String written, String text, @Nullable String user, String password) {
  private static final Pattern URL =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://(?:([^/]*)@)?([^/@]*)(/.*)?");
  private static final Pattern SCP = Pattern.compile("(?:[^/:@]*@)?([^/:]+):(?!//)(.*)");

  /** Reads an address from a lock or a {@code .gitmodules}. */
  public static GitAddress parse(String address) {
    Matcher url = URL.matcher(address);
    if (url.matches()) {
      String path = url.group(4) == null ? "" : url.group(4);
      String bare = url.group(1).toLowerCase(Locale.ROOT) + "://" + url.group(3) + path;
      @Nullable String userInfo = url.group(2);
      if (userInfo == null) {
        return new GitAddress(address, bare, null, "");
      }
      int colon = userInfo.indexOf(':');
      return new GitAddress(
          address,
          bare,
          decoded(colon < 0 ? userInfo : userInfo.substring(0, colon)),
          colon < 0 ? "" : decoded(userInfo.substring(colon + 1)));
    }
    Matcher scp = SCP.matcher(address);
    if (scp.matches()) {
      return new GitAddress(address, "ssh://" + scp.group(1) + "/" + scp.group(2), null, "");
    }
    return new GitAddress(address, "file://" + address, null, "");
  }

  private static String decoded(String userInfo) {
    try {
      return URLDecoder.decode(userInfo.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // A percent sign without two digits means itself (the URL standard, "percent-decode"). The
      // exception is dropped because its message shows a part of the password.
      return userInfo;
    }
  }

  String scheme() {
    return text.substring(0, text.indexOf("://"));
  }

  boolean isLocal() {
    return scheme().equals("file");
  }

  /** The host with its port. */
  String authority() {
    int start = text.indexOf("://") + "://".length();
    int slash = text.indexOf('/', start);
    return slash < 0 ? text.substring(start) : text.substring(start, slash);
  }

  /** The last name of the path, without {@code .git}: the name of a clone. */
  public String name() {
    String path = text.replaceAll("/+$", "");
    String name = path.substring(path.lastIndexOf('/') + 1);
    return name.endsWith(".git") ? name.substring(0, name.length() - ".git".length()) : name;
  }

  /**
   * The address of a submodule. If it begins with {@code ./} or {@code ../}, it is relative to this
   * address, as to a directory (gitmodules(5)).
   */
  GitAddress submodule(String url) {
    if (!url.startsWith("./") && !url.startsWith("../")) {
      return parse(url);
    }
    String origin = scheme() + "://" + authority();
    Deque<String> path = new ArrayDeque<>();
    for (String part : (text.substring(origin.length()) + "/" + url).split("/")) {
      if (part.equals("..")) {
        path.pollLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        path.addLast(part);
      }
    }
    Matcher own = URL.matcher(written);
    String userInfo = own.matches() && own.group(2) != null ? own.group(2) + "@" : "";
    return parse(scheme() + "://" + userInfo + authority() + "/" + String.join("/", path));
  }

  /** The address without credentials. */
  @Override
  public String toString() {
    return text;
  }
}
