package io.github.nixmaven.generator.text;

import java.util.regex.Pattern;

/** How messages and files show addresses. */
public final class Addresses {
  /** An {@code @} in a password need not be written as {@code %40}: the last one counts. */
  private static final Pattern USER = Pattern.compile("://[^/]*@");

  private Addresses() {}

  /** A text whose addresses have lost user and password. */
  public static String withoutUser(String text) {
    return USER.matcher(text).replaceAll("://");
  }
}
