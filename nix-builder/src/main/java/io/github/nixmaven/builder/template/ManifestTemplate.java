package io.github.nixmaven.builder.template;

import freemarker.core.ParseException;
import freemarker.core.StopException;
import freemarker.core.XMLOutputFormat;
import freemarker.template.Configuration;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import io.github.nixmaven.builder.realise.Templates;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.Position;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The form of a manifest: a FreeMarker template in square brackets. In one that is called {@code
 * …json.ftl} or {@code …xml.ftl} what is written by {@code [=…]} is escaped for that.
 */
final class ManifestTemplate {
  private static final String ESTA_KERNEL = "esta-kernel.json.ftl";
  private static final String REMEDY = "Fix the template. docs/signing.md lists what it can use.";

  private final Template template;
  private final String name;

  private ManifestTemplate(Template template, String name) {
    this.template = template;
    this.name = name;
  }

  /**
   * Reads a template.
   *
   * @param file the template, or null for that of ESTA's kernel
   * @throws InputException when there is none, or it is not well-formed
   */
  static ManifestTemplate read(@Nullable Path file) throws IOException {
    if (file != null && !Files.isRegularFile(file)) {
      throw new InputException(
          Position.of(file),
          "no such template",
          "Omit `template` to use the template for ESTA's kernel.");
    }
    String name = file == null ? ESTA_KERNEL : file.toString();
    String text = file == null ? shipped() : Files.readString(file);
    try {
      return new ManifestTemplate(new Template(name, text, configuration(name)), name);
    } catch (ParseException e) {
      throw new InputException(
          new Position(name, e.getLineNumber(), e.getColumnNumber()),
          first(e.getEditorMessage()),
          REMEDY,
          e);
    }
  }

  private static String shipped() throws IOException {
    try (InputStream in = ManifestTemplate.class.getResourceAsStream(ESTA_KERNEL)) {
      if (in == null) {
        throw new IllegalStateException(ESTA_KERNEL + " is not in the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Configuration configuration(String name) {
    Configuration configuration = Templates.configuration();
    configuration.setRegisteredCustomOutputFormats(List.of(JsonOutputFormat.INSTANCE));
    configuration.setRecognizeStandardFileExtensions(false);
    if (name.endsWith(".json.ftl")) {
      configuration.setOutputFormat(JsonOutputFormat.INSTANCE);
    } else if (name.endsWith(".xml.ftl")) {
      configuration.setOutputFormat(XMLOutputFormat.INSTANCE);
    }
    return configuration;
  }

  /**
   * Fills the form in.
   *
   * @throws InputException when the template stops, or uses what there is not
   */
  String render(Map<String, Object> model) throws IOException {
    StringWriter out = new StringWriter();
    try {
      template.process(model, out);
    } catch (StopException e) {
      throw new InputException(null, first(e.getMessageWithoutStackTop()), "See " + name + ".", e);
    } catch (TemplateException e) {
      throw new InputException(
          new Position(name, line(e.getLineNumber()), line(e.getColumnNumber())),
          first(e.getMessageWithoutStackTop()),
          REMEDY,
          e);
    }
    return out.toString();
  }

  private static int line(@Nullable Integer number) {
    return number == null ? 0 : number;
  }

  private static String first(@Nullable String message) {
    return String.valueOf(message).lines().findFirst().orElse("").replaceAll("[.:]$", "");
  }
}
