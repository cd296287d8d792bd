package io.github.nixmaven.builder.template;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import freemarker.core.CommonMarkupOutputFormat;
import freemarker.core.CommonTemplateMarkupOutputModel;
import java.io.IOException;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/**
 * Escapes what a template writes between the quotes of a JSON string. FreeMarker's own format of
 * this name escapes nothing.
 */
final class JsonOutputFormat extends CommonMarkupOutputFormat<JsonOutputFormat.Output> {
  /** Text that is JSON already, or that has to be escaped. */
  static final class Output extends CommonTemplateMarkupOutputModel<Output> {
    Output(@Nullable String plain, @Nullable String markup) {
      super(plain, markup);
    }

    @Override
    public JsonOutputFormat getOutputFormat() {
      return INSTANCE;
    }
  }

  static final JsonOutputFormat INSTANCE = new JsonOutputFormat();

  private JsonOutputFormat() {}

  @Override
  public String getName() {
    return "JSON";
  }

  @Override
  public String getMimeType() {
    return "application/json";
  }

  @Override
  public void output(String plain, Writer out) throws IOException {
    out.write(escapePlainText(plain));
  }

  @Override
  public String escapePlainText(String plain) {
    return String.valueOf(JsonStringEncoder.getInstance().quoteAsString(plain));
  }

  @Override
  public boolean isLegacyBuiltInBypassed(String name) {
    return name.equals("json_string");
  }

  @Override
  protected Output newTemplateMarkupOutputModel(@Nullable String plain, @Nullable String markup) {
    return new Output(plain, markup);
  }
}
