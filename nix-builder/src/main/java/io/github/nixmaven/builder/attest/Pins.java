package io.github.nixmaven.builder.attest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.nixmaven.builder.realise.Build;
import io.github.nixmaven.builder.realise.BuildSettings;
import io.github.nixmaven.builder.realise.MemberOutput;
import io.github.nixmaven.builder.sbom.PackageUrls;
import io.github.nixmaven.builder.toolchain.ToolchainLock;
import io.github.nixmaven.generator.hash.Hash;
import io.github.nixmaven.generator.pin.Pin;
import io.github.nixmaven.generator.pin.PinnedPackage;
import io.github.nixmaven.generator.pin.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The inputs of a build, as the locks pin them: in-toto's resource descriptors.
 *
 * @param dependencies published packages, commits and the toolchain's packages, by their URI
 * @param files the locks and other files that decide what is built, by their names
 */
record Pins(Map<String, ObjectNode> dependencies, Map<String, ObjectNode> files) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Reads the locks as they are now. */
  static Pins read(BuildSettings settings) throws IOException, InterruptedException {
    Map<String, ObjectNode> dependencies = new TreeMap<>();
    Build build = settings.build();
    Project project = build.request().read(build.file().toAbsolutePath(), settings.context());
    for (PinnedPackage one : project.packages(settings.members())) {
      if (one.pin() instanceof Pin.File file) {
        digest(add(dependencies, PackageUrls.of(one, build.language()).orElseThrow()), file.hash());
      } else if (one.pin() instanceof Pin.Commit git) {
        // One commit may hold several packages.
        ObjectNode digest = add(dependencies, "git+" + git.url() + "@" + git.commit());
        digest.put("gitCommit", git.commit());
        git.narHash().ifPresent(hash -> digest.put(Statements.NAR, hash.hex()));
      }
    }
    ToolchainLock toolchain = settings.toolchain();
    for (ToolchainLock.Pin one : toolchain.packages()) {
      digest(add(dependencies, PackageUrls.of(one)), one.hash());
    }
    add(dependencies, "nix:" + toolchain.sysroot().name())
        .put(Statements.NAR, Hash.parseSri(toolchain.sysroot().narHash()).hex());
    Map<String, ObjectNode> files = new TreeMap<>();
    List<Path> locks = new ArrayList<>(List.of(build.file(), project.lock()));
    if (settings.toolchainLock() != null) {
      locks.add(settings.toolchainLock());
    }
    if (settings.overrides() != null) {
      locks.add(settings.overrides());
    }
    for (Path file : locks) {
      if (Files.isRegularFile(file)) {
        files.put(String.valueOf(file.getFileName()), file(file));
      }
    }
    return new Pins(dependencies, files);
  }

  private static ObjectNode add(Map<String, ObjectNode> dependencies, String uri) {
    ObjectNode descriptor = JSON.createObjectNode().put("uri", uri);
    dependencies.put(uri, descriptor);
    return descriptor.putObject("digest");
  }

  /** A file's descriptor: its name and SHA-256. */
  static ObjectNode file(Path file) throws IOException {
    ObjectNode descriptor = JSON.createObjectNode().put("name", String.valueOf(file.getFileName()));
    digest(descriptor.putObject("digest"), MemberOutput.sha256(file));
    return descriptor;
  }

  /** Adds to a digest set of in-toto's, whose names of algorithms are those of Nix. */
  static void digest(ObjectNode set, Hash hash) {
    set.put(hash.algorithm().nixName(), hash.hex());
  }

  /**
   * How the pins of a provenance differ from these.
   *
   * @return a line each; empty where they are the same
   */
  List<String> differences(BuildSettings settings, JsonNode buildDefinition) {
    List<String> result = new ArrayList<>();
    Map<String, JsonNode> attested = new TreeMap<>();
    for (JsonNode each : buildDefinition.path("resolvedDependencies")) {
      String uri = each.path("uri").asText();
      if (!uri.startsWith(Statements.DERIVATION)) {
        attested.put(uri, each.path("digest"));
      }
    }
    dependencies.forEach(
        (uri, descriptor) -> {
          JsonNode digest = attested.remove(uri);
          if (digest == null) {
            result.add(uri + " is in the lock but not in the statement");
          } else if (!digest.equals(descriptor.path("digest"))) {
            result.add(
                uri
                    + " is "
                    + descriptor.path("digest")
                    + " in the lock but "
                    + digest
                    + " in the statement");
          }
        });
    attested.keySet().forEach(uri -> result.add(uri + " is in the statement but not in the lock"));
    parameters(
        Statements.parameters(settings, this), buildDefinition.path("externalParameters"), result);
    return result;
  }

  private static void parameters(JsonNode own, JsonNode attested, List<String> result) {
    Set<String> names = new TreeSet<>();
    own.fieldNames().forEachRemaining(names::add);
    attested.fieldNames().forEachRemaining(names::add);
    for (String name : names) {
      JsonNode mine = own.path(name);
      JsonNode theirs = attested.path(name);
      if (name.equals("files") && theirs.isObject()) {
        mine.fieldNames()
            .forEachRemaining(
                file -> {
                  if (!theirs.path(file).equals(mine.path(file))) {
                    result.add(file + " differs from the file that the statement lists");
                  }
                });
      } else if (!mine.equals(theirs)) {
        result.add(
            "the parameter " + name + " is " + mine + " here but " + theirs + " in the statement");
      }
    }
  }
}
