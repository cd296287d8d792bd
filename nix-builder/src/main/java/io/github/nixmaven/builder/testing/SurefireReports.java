package io.github.nixmaven.builder.testing;

import io.github.nixmaven.builder.language.TestCase;
import io.github.nixmaven.builder.realise.OutputFile;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Reports as Surefire writes them, by the published schema {@code surefire-test-report}, for the
 * tools that read those: a file for each program, {@code TEST-SUITE.xml}. The class of a test is
 * the program's suite and the test's module, with dots.
 */
final class SurefireReports {
  private static final String SCHEMA =
      "https://maven.apache.org/surefire/maven-surefire-plugin/xsd/surefire-test-report-3.0.xsd";
  private static final String SCHEMA_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";

  private SurefireReports() {}

  static void write(TestResult result, Path folder) throws IOException {
    for (TestProgram program : result.programs()) {
      OutputFile.write(
          folder.resolve("TEST-" + program.suite() + ".xml"),
          text(program).getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String text(TestProgram program) throws IOException {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeCharacters("\n");
      xml.writeStartElement("testsuite");
      xml.writeAttribute("xmlns:xsi", SCHEMA_INSTANCE);
      xml.writeAttribute("xsi:noNamespaceSchemaLocation", SCHEMA);
      xml.writeAttribute("version", "3.0");
      xml.writeAttribute("name", program.suite());
      xml.writeAttribute("time", seconds(program.seconds()));
      xml.writeAttribute("tests", Integer.toString(program.cases().size()));
      xml.writeAttribute("errors", "0");
      xml.writeAttribute("skipped", count(program, TestCase.Outcome.IGNORED));
      xml.writeAttribute("failures", count(program, TestCase.Outcome.FAILED));
      for (TestCase test : program.cases()) {
        xml.writeCharacters("\n  ");
        write(xml, program, test);
      }
      xml.writeCharacters("\n");
      xml.writeEndElement();
      xml.writeCharacters("\n");
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IOException(e);
    }
    return text.toString();
  }

  private static void write(XMLStreamWriter xml, TestProgram program, TestCase test)
      throws XMLStreamException {
    // Names of documentation tests are sentences, not paths.
    int module = program.kind().equals("doc") ? -1 : test.name().lastIndexOf("::");
    String inSuite = module < 0 ? "" : "." + test.name().substring(0, module).replace("::", ".");
    xml.writeStartElement("testcase");
    xml.writeAttribute("name", legal(module < 0 ? test.name() : test.name().substring(module + 2)));
    xml.writeAttribute("classname", legal(program.suite() + inSuite));
    xml.writeAttribute("time", seconds(0));
    switch (test.outcome()) {
      case FAILED -> {
        xml.writeStartElement("failure");
        xml.writeAttribute("message", legal(test.message()));
        xml.writeAttribute("type", "failure");
        xml.writeCharacters(legal(test.output().isEmpty() ? test.message() : test.output()));
        xml.writeEndElement();
        output(xml, "system-out", program.standardOutput());
        output(xml, "system-err", program.standardError());
      }
      case IGNORED -> {
        xml.writeEmptyElement("skipped");
        if (!test.message().isEmpty()) {
          xml.writeAttribute("message", legal(test.message()));
        }
      }
      case PASSED -> {}
    }
    xml.writeEndElement();
  }

  private static void output(XMLStreamWriter xml, String element, String text)
      throws XMLStreamException {
    if (!text.isBlank()) {
      xml.writeStartElement(element);
      xml.writeCharacters(legal(text));
      xml.writeEndElement();
    }
  }

  private static String count(TestProgram program, TestCase.Outcome outcome) {
    return Integer.toString(program.count(outcome));
  }

  private static String seconds(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  /** Without colours, and without what XML 1.0 has no place for. */
  private static String legal(String text) {
    StringBuilder result = new StringBuilder();
    text.replaceAll("\u001b\\[[0-9;]*m", "")
        .codePoints()
        .forEach(
            c ->
                result.appendCodePoint(
                    c == '\t'
                            || c == '\n'
                            || c == '\r'
                            || (c >= 0x20 && c <= 0xD7FF)
                            || (c >= 0xE000 && c <= 0xFFFD)
                            || c >= 0x10000
                        ? c
                        : 0xFFFD));
    return result.toString();
  }
}
