package io.github.nixmaven.generator.text;

import java.util.regex.Pattern;

/** How messages and files show addresses. */
public final class Addresses {
  /** The last {@code @} counts, because one in a password need not be written as {@code %40}. */
  private static final Pattern USER = Pattern.compile("://[^/]*@");

  private Addresses() {}

  /** Removes user and password from the addresses in a text. */
  public static String withoutUser(String text) {
    return USER.matcher(text).replaceAll("://");
  }
}
