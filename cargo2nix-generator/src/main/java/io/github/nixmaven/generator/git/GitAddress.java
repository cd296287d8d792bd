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
 * Where a repository is, apart from what opens it: the address may be shown and written down, the
 * user and the password may not.
 *
 * @param written the address as somebody wrote it, for what the user's git makes of it
 * @param text the address without user and password
 * @param user who asks, or null
 * @param password what proves it; empty without one
 */
public record GitAddress(String written, String text, @Nullable String user, String password) {
  private static final Pattern URL =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://(?:([^/]*)@)?([^/@]*)(/.*)?");
  private static final Pattern SCP = Pattern.compile("(?:[^/:@]*@)?([^/:]+):(?!//)(.*)");

  /** Reads an address as a lock or a {@code .gitmodules} has it. */
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
      // A percent sign without two digits stands for itself (the URL standard, "percent-decode"),
      // and the exception's message shows a part of the password.
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

  /** The last name of the path, without {@code .git}: what a clone would be called. */
  public String name() {
    String path = text.replaceAll("/+$", "");
    String name = path.substring(path.lastIndexOf('/') + 1);
    return name.endsWith(".git") ? name.substring(0, name.length() - ".git".length()) : name;
  }

  /**
   * The address of a submodule. One that begins with {@code ./} or {@code ../} is relative to this
   * one taken as a folder (gitmodules(5)).
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

  /** The address as it may be shown. */
  @Override
  public String toString() {
    return text;
  }
}
