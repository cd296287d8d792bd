package io.github.nixmaven.builder.report;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import freemarker.cache.ClassTemplateLoader;
import freemarker.core.HTMLOutputFormat;
import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import io.github.nixmaven.builder.realise.BuildFailedException;
import io.github.nixmaven.builder.realise.Console;
import io.github.nixmaven.builder.realise.OutputFile;
import io.github.nixmaven.builder.realise.Preparation;
import io.github.nixmaven.builder.realise.Templates;
import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.inject.Named;
import javax.inject.Singleton;

/**
 * Writes what was built and verified: {@code report.html}, which needs nothing beside it, {@code
 * report.json} with the same data, and for users of maven-artifact-plugin a {@code .buildinfo} and
 * a {@code .buildcompare}.
 */
@Named
@Singleton
public final class ReportService {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Fails where no report could be written: for before the work that it is about.
   *
   * @throws InputException when the folder is a link, or may not be written to
   */
  public void requireFolder(ReportRequest request) throws IOException {
    refuseLink(request.folder());
    OutputFile.requireReport(page(request));
  }

  /**
   * Writes the report: all its files or, where the disk is full, none of them. Builds nothing.
   *
   * @return the page
   * @throws BuildFailedException when Nix cannot evaluate the generated file
   * @throws InputException when the folder is a link, or may not be written to
   */
  public Path write(ReportRequest request, Console console)
      throws IOException, InterruptedException, BuildFailedException {
    requireFolder(request);
    return write(request, Preparation.prepare(request.settings(), console), console);
  }

  Path write(ReportRequest request, Preparation prepared, Console console)
      throws IOException, InterruptedException {
    refuseLink(request.folder());
    ReportData data = new ReportCollector(request, prepared).collect();
    String name = request.project().artifactId() + "-" + request.project().version();
    Path comparison = request.folder().resolve(name + ".buildcompare");
    Map<Path, byte[]> files = new LinkedHashMap<>();
    files.put(request.folder().resolve("report.json"), OutputFile.json(data));
    files.put(request.folder().resolve(name + ".buildinfo"), bytes(BuildInfo.of(data)));
    if (data.verification() != null) {
      files.put(comparison, bytes(BuildInfo.comparison(data)));
    }
    files.put(page(request), bytes(page(data)));
    OutputFile.writeReports(files);
    if (data.verification() == null) {
      // That of an earlier build says nothing of this one.
      Files.deleteIfExists(comparison);
    }
    console.info("Page: " + page(request));
    return page(request);
  }

  private static Path page(ReportRequest request) {
    return request.folder().resolve("report.html");
  }

  /** Following it would write to, and perhaps over, what somebody else put there. */
  private static void refuseLink(Path folder) throws IOException {
    if (Files.isSymbolicLink(folder)) {
      throw new InputException(
          null,
          "the report's directory, " + folder + ", is a link to " + Files.readSymbolicLink(folder),
          "Remove the link, or give another directory with -Dnix.report.directory.");
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String page(ReportData data) throws IOException {
    Configuration configuration = Templates.configuration();
    configuration.setTemplateLoader(new ClassTemplateLoader(ReportService.class, ""));
    configuration.setDefaultEncoding("UTF-8");
    configuration.setOutputFormat(HTMLOutputFormat.INSTANCE);
    Map<String, Object> model = new HashMap<>();
    model.put("report", map(data));
    model.put("graph", map(Graph.of(data.packages())));
    StringWriter page = new StringWriter();
    try {
      configuration.getTemplate("report.html.ftl").process(model, page);
    } catch (TemplateException e) {
      throw new IllegalStateException("the template of the report is wrong", e);
    }
    return page.toString();
  }

  private static Map<String, Object> map(Object data) {
    return JSON.convertValue(data, new TypeReference<Map<String, Object>>() {});
  }
}
