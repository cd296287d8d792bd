package io.github.nixmaven.builder.sign;

import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.Position;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The first block of a text in PEM (RFC 7468). No message repeats any of it. */
final class Pem {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s*?\\n(.*?)-----END \\1-----", Pattern.DOTALL);

  private final String label;
  private final byte[] content;

  private Pem(String label, byte[] content) {
    this.label = label;
    this.content = content;
  }

  static Pem parse(String text, Position place, String remedy) {
    Matcher block = BLOCK.matcher(text);
    if (!block.find()) {
      throw new InputException(place, "this is not a key in PEM", remedy);
    }
    if (block.group(2).contains("Proc-Type: 4,ENCRYPTED")) {
      return new Pem("ENCRYPTED PRIVATE KEY", new byte[0]);
    }
    try {
      return new Pem(
          block.group(1), Base64.getDecoder().decode(block.group(2).replaceAll("\\s", "")));
    } catch (IllegalArgumentException e) {
      // Without the cause, whose message repeats a character.
      throw new InputException(place, "the text between the PEM lines is not base-64", remedy);
    }
  }

  /** The block's label, such as {@code PRIVATE KEY}. */
  String label() {
    return label;
  }

  /** The decoded base-64. */
  byte[] content() {
    return content.clone();
  }
}
