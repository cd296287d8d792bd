package io.github.nixmaven.builder.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * A build in the words of maven-artifact-plugin, for those who read its files: what {@code
 * artifact:buildinfo} and {@code artifact:compare} write, of the files that Nix built.
 *
 * <p>The form is that of reproducible-builds.org/docs/jvm, version 1.0-SNAPSHOT: properties, and in
 * a comparison values that a shell can read.
 */
final class BuildInfo {
  private BuildInfo() {}

  /** The {@code .buildinfo}: each file with its length and SHA-512. */
  static String of(ReportData data) {
    ReportRequest.Coordinates project = data.project();
    StringBuilder text = new StringBuilder("# https://reproducible-builds.org/docs/jvm/\n");
    line(text, "buildinfo.version", "1.0-SNAPSHOT");
    text.append('\n');
    line(text, "name", project.name());
    line(text, "group-id", project.groupId());
    line(text, "artifact-id", project.artifactId());
    line(text, "version", project.version());
    text.append("\n# build instructions\n");
    line(text, "build-tool", "mvn");
    text.append("\n# build environment information (that of Java; Nix's is in the derivations)\n");
    line(text, "java.version", Integer.toString(Runtime.version().feature()));
    line(text, "os.name", "Unix");
    text.append("\n# output\n");
    int n = 0;
    for (ReportData.Output member : data.members()) {
      for (ReportData.OutputFile file : member.files()) {
        String prefix = "outputs." + n++ + ".";
        text.append('\n');
        line(text, prefix + "groupId", project.groupId());
        line(text, prefix + "filename", name(data, member, file));
        line(text, prefix + "length", Long.toString(file.size()));
        line(text, prefix + "checksums.sha512", file.sha512());
      }
    }
    return text.toString();
  }

  /** The {@code .buildcompare}: which files every rebuild gave alike. */
  static String comparison(ReportData data) {
    Set<String> identical = new HashSet<>();
    JsonNode verification = Objects.requireNonNull(data.verification());
    for (JsonNode output : verification.path("outputs")) {
      if (output.path("verdict").asText().equals("identical")) {
        identical.add(output.path("output").asText());
      }
    }
    List<String> ok = new ArrayList<>();
    List<String> ko = new ArrayList<>();
    for (ReportData.Output member : data.members()) {
      for (ReportData.OutputFile file : member.files()) {
        (identical.contains(member.output()) ? ok : ko).add(name(data, member, file));
      }
    }
    StringBuilder text = new StringBuilder();
    line(text, "version", data.project().version());
    line(text, "ok", Integer.toString(ok.size()));
    line(text, "ko", Integer.toString(ko.size()));
    line(text, "ignored", "0");
    line(text, "okFiles", '"' + String.join(" ", ok) + '"');
    line(text, "koFiles", '"' + String.join(" ", ko) + '"');
    line(text, "ignoredFiles", "\"\"");
    line(text, "reference_java_version", '"' + Runtime.version().feature() + "\"");
    line(text, "reference_os_name", "\"Unix\"");
    return text.toString();
  }

  /** With the member in front where one name would stand for several files. */
  private static String name(
      ReportData data, ReportData.Output member, ReportData.OutputFile file) {
    boolean several = data.members().size() > 1;
    String target =
        member.target().isEmpty() || !several ? "" : member.member() + "-" + member.target() + "/";
    return target + file.path();
  }

  /** Escapes what a properties file reads otherwise. */
  private static void line(StringBuilder text, String name, String value) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\') {
        escaped.append("\\\\");
      } else if (c < ' ' || c > '~') {
        escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        escaped.append(c);
      }
    }
    text.append(name).append('=').append(escaped).append('\n');
  }
}
