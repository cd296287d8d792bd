package io.github.nixmaven.generator.cargo.resolve;

import io.github.nixmaven.generator.cargo.lock.SourceId;
import io.github.nixmaven.generator.cargo.source.Pin;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The sources of packages, as in cargo's package ids. */
final class SourceUrl {
  /**
   * The characters that a URL's path may contain unescaped, besides letters and digits (the URL
   * standard, "path").
   */
  private static final String PLAIN = "-._~!$&'()*+,;=:@[]|^";

  private SourceUrl() {}

  static String of(PackageGraph.Node node) {
    SourceId source = node.locked().source();
    if (source == null) {
      if (node.pin() instanceof Pin.Folder folder) {
        return "path+file://" + encoded(folder.directory());
      }
      throw new IllegalStateException(node + " has neither directory nor source");
    }
    return switch (source.kind()) {
      case REGISTRY -> "registry+" + source.url();
      case SPARSE -> "sparse+" + source.url();
      case GIT -> "git+" + source.url() + query(source.reference());
    };
  }

  /** A git reference as in a URL: {@code ?branch=a%2Fb}. */
  private static String query(@Nullable String reference) {
    if (reference == null) {
      return "";
    }
    int equals = reference.indexOf('=');
    return "?"
        + reference.substring(0, equals + 1)
        + URLEncoder.encode(reference.substring(equals + 1), StandardCharsets.UTF_8);
  }

  private static String encoded(Path folder) {
    StringBuilder result = new StringBuilder();
    for (Path name : folder) {
      result.append('/');
      for (byte octet : name.toString().getBytes(StandardCharsets.UTF_8)) {
        char c = (char) Byte.toUnsignedInt(octet);
        boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (letter || (c >= '0' && c <= '9') || PLAIN.indexOf(c) >= 0) {
          result.append(c);
        } else {
          result.append(String.format(Locale.ROOT, "%%%02X", (int) c));
        }
      }
    }
    return result.toString();
  }
}
