package io.github.nixmaven.builder.toolchain;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.nixmaven.generator.text.AtomicFile;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.Position;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The file of a {@link ToolchainLock}: its JSON, read with the place of every mistake. */
final class ToolchainLockFile {
  private static final String REPIN = "Write the file again with `mvn nix:toolchain`.";

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .build();

  /** A field's value cannot be; caught where the file is known. */
  static final class WrongField extends IllegalArgumentException {
    private final JsonPointer field;

    /**
     * @param field the value's place below the object that is being read, as a JSON pointer (RFC
     *     6901) without its first slash
     */
    WrongField(String field, String problem) {
      super(problem);
      this.field = JsonPointer.compile("/" + field);
    }
  }

  private ToolchainLockFile() {}

  static ToolchainLock parse(InputStream in) throws IOException {
    return reader().readValue(in);
  }

  /**
   * Reads a lock.
   *
   * @throws InputException when there is no such file, or it is not a lock
   */
  static ToolchainLock read(Path file) throws IOException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new InputException(Position.of(file), "the toolchain lock does not exist", REPIN, e);
    }
    try {
      ToolchainLock lock = reader().readValue(bytes);
      if (lock == null) {
        throw new InputException(
            new Position(file.toString(), 1, 1), "null is not a toolchain lock", REPIN);
      }
      return lock;
    } catch (JsonProcessingException e) {
      JsonPointer field = field(e);
      throw new InputException(
          position(file, bytes, field, e),
          field.matches() ? problem(e) : describe(field) + " " + problem(e),
          REPIN,
          e);
    }
  }

  private static ObjectReader reader() {
    return MAPPER.readerFor(ToolchainLock.class);
  }

  /** The field that is to blame; empty where the text is no JSON. */
  private static JsonPointer field(JsonProcessingException e) {
    JsonPointer field = JsonPointer.empty();
    if (e instanceof JsonMappingException mapping
        && !(e.getCause() instanceof StreamReadException)) {
      for (JsonMappingException.Reference step : mapping.getPath()) {
        field =
            step.getFieldName() == null
                ? field.appendIndex(step.getIndex())
                : field.appendProperty(step.getFieldName());
      }
    }
    return e.getCause() instanceof WrongField wrong ? field.append(wrong.field) : field;
  }

  private static String describe(JsonPointer field) {
    return field.toString().substring(1).replace("~1", "/").replace("~0", "~") + ":";
  }

  private static String problem(JsonProcessingException e) {
    if (e.getCause() instanceof WrongField wrong) {
      return String.valueOf(wrong.getMessage());
    }
    if (e instanceof UnrecognizedPropertyException) {
      return "is not a field of a toolchain lock";
    }
    String problem = e.getOriginalMessage();
    return problem.startsWith("Missing creator property") ? "is missing" : problem;
  }

  /**
   * A field's place; if it is missing or the text is not JSON, the place where that was noticed.
   */
  private static Position position(
      Path file, byte[] bytes, JsonPointer field, JsonProcessingException e) {
    JsonLocation noticed = e.getLocation();
    if (!field.matches()) {
      try (JsonParser parser = MAPPER.createParser(bytes)) {
        while (parser.nextToken() != null) {
          if (parser.getParsingContext().pathAsPointer().equals(field)) {
            noticed = parser.currentTokenLocation();
            break;
          }
        }
      } catch (IOException notJson) {
        // Then the place of that is the one to show, and it is in e.
      }
    }
    return noticed == null
        ? Position.of(file)
        : new Position(
            file.toString(), Math.max(0, noticed.getLineNr()), Math.max(0, noticed.getColumnNr()));
  }

  /** The lock as text: the same lock gives the same bytes. */
  static String toJson(ToolchainLock lock) throws IOException {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter(
                Separators.createDefaultInstance()
                    .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                    .withObjectEmptySeparator("")
                    .withArrayEmptySeparator(""))
            .withArrayIndenter(indenter)
            .withObjectIndenter(indenter);
    return MAPPER.writer(printer).writeValueAsString(lock) + "\n";
  }

  /** Writes the lock, whole or not at all. */
  static void write(ToolchainLock lock, Path file) throws IOException {
    AtomicFile.write(file, toJson(lock));
  }
}
