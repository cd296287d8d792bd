package io.github.nixmaven.builder.attest;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nixmaven.builder.attest.CheckedClaim.Claim;
import io.github.nixmaven.builder.realise.Console;
import io.github.nixmaven.builder.realise.MemberOutput;
import io.github.nixmaven.builder.sign.Bundle;
import io.github.nixmaven.generator.hash.Hash;
import io.github.nixmaven.generator.nix.Nar;
import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.inject.Named;
import javax.inject.Singleton;

/**
 * Checks what {@link AttestService} wrote, each claim by itself, so that all that does not hold is
 * known. Nothing in a bundle says how it is to be checked: signer, builders and locks are the
 * verifier's.
 */
@Named
@Singleton
public final class VerifyAttestationService {
  private static final Pattern STORE_PATH =
      Pattern.compile("/nix/store/[0-9a-z]{32}-[A-Za-z0-9+._?=-]+");

  /** A member's label, and a file of its output. */
  private static final Pattern OUTPUT_FILE = Pattern.compile("([A-Za-z0-9_][A-Za-z0-9_.-]*)/(.+)");

  /** How many lines of one problem are shown. */
  private static final int SHOWN = 20;

  /**
   * Verifies.
   *
   * @return what was checked, whether or not it holds
   * @throws InputException when a bundle is not there or is none
   * @throws InputException when the lock or a manifest is not what it should be
   */
  public List<CheckedClaim> verify(VerifyAttestationRequest request, Console console)
      throws IOException, InterruptedException {
    if (request.bundles().isEmpty()) {
      throw new InputException(
          null, "there is no bundle to verify", "Write one with `mvn nix:attest`.");
    }
    List<CheckedClaim> claims = new ArrayList<>();
    for (Path file : request.bundles()) {
      Bundle bundle = Bundle.read(file);
      JsonNode statement = Statements.parse(bundle.payload());
      String type = statement.path("predicateType").asText();
      Map<Claim, List<String>> problems = new LinkedHashMap<>();
      problems.put(Claim.SIGNATURE, signature(request, bundle, statement));
      problems.put(Claim.SUBJECTS, subjects(request, statement));
      if (type.equals(Statements.PROVENANCE)) {
        problems.put(Claim.BUILDER, builder(request, statement));
        problems.put(
            Claim.PINS,
            Pins.read(request.settings())
                .differences(
                    request.settings(), statement.path("predicate").path("buildDefinition")));
      } else if (type.equals(Statements.TEST_RESULT)) {
        String result = statement.path("predicate").path("result").asText();
        problems.put(
            Claim.RESULT,
            result.equals("PASSED") || result.equals("WARNED")
                ? List.of()
                : List.of("the statement says " + (result.isEmpty() ? "nothing" : result)));
      }
      problems.forEach((claim, found) -> claims.add(new CheckedClaim(file, claim, found)));
    }
    print(claims, console);
    return claims;
  }

  private static void print(List<CheckedClaim> claims, Console console) {
    Path last = null;
    for (CheckedClaim each : claims) {
      if (!each.bundle().equals(last)) {
        console.info(each.bundle().toString());
        last = each.bundle();
      }
      console.info(
          "  "
              + each.claim().label()
              + ": "
              + (each.holds() ? console.good("good") : console.bad("does not hold")));
      each.problems().stream().limit(SHOWN).forEach(line -> console.info("    " + line));
      if (each.problems().size() > SHOWN) {
        console.info("    and " + (each.problems().size() - SHOWN) + " more");
      }
    }
  }

  private static List<String> signature(
      VerifyAttestationRequest request, Bundle bundle, JsonNode statement) throws IOException {
    List<String> problems = new ArrayList<>(request.signer().problems(bundle));
    String predicate = statement.path("predicateType").asText();
    if (!bundle.payloadType().equals(Bundle.IN_TOTO)
        || !statement.path("_type").asText().equals(Statements.STATEMENT)) {
      problems.add("the signed content is not an in-toto statement");
    } else if (!predicate.equals(Statements.PROVENANCE)
        && !predicate.equals(Statements.TEST_RESULT)) {
      problems.add("the statement is neither a provenance nor a test result: " + predicate);
    }
    return problems;
  }

  private static List<String> builder(VerifyAttestationRequest request, JsonNode statement) {
    List<String> problems = new ArrayList<>();
    JsonNode predicate = statement.path("predicate");
    String id = predicate.path("runDetails").path("builder").path("id").asText();
    if (!request.builderIds().contains(id)) {
      problems.add(
          "built by `" + id + "`, which is not one of " + String.join(", ", request.builderIds()));
    }
    String type = predicate.path("buildDefinition").path("buildType").asText();
    if (!type.equals(Statements.BUILD_TYPE)) {
      problems.add("the build is of another type: `" + type + "`");
    }
    return problems;
  }

  private static List<String> subjects(VerifyAttestationRequest request, JsonNode statement)
      throws IOException {
    // By name, the digests that the statement has.
    Map<String, JsonNode> subjects = new LinkedHashMap<>();
    statement
        .path("subject")
        .forEach(each -> subjects.put(each.path("name").asText(), each.path("digest")));
    List<String> problems = new ArrayList<>();
    if (subjects.isEmpty()) {
      problems.add("the statement has no subject");
    }
    if (!request.files().isEmpty()) {
      for (Path file : request.files()) {
        String digest = Files.isRegularFile(file) ? MemberOutput.sha256(file).hex() : null;
        if (digest == null) {
          problems.add(file + " does not exist");
        } else if (subjects.values().stream()
            .noneMatch(each -> each.path("sha256").asText().equals(digest))) {
          problems.add(file + ", sha256 " + digest + ", is not a subject of the statement");
        }
      }
      return problems;
    }
    // By the members' labels, the digests of their files.
    Map<String, Map<String, String>> outputs = new TreeMap<>();
    for (Map.Entry<String, JsonNode> subject : subjects.entrySet()) {
      Matcher file = OUTPUT_FILE.matcher(subject.getKey());
      if (file.matches()) {
        outputs
            .computeIfAbsent(file.group(1), label -> new TreeMap<>())
            .put(file.group(2), subject.getValue().path("sha256").asText());
      } else if (STORE_PATH.matcher(subject.getKey()).matches()) {
        nar(subject.getKey(), subject.getValue().path(Statements.NAR).asText(), problems);
      }
    }
    for (Map.Entry<String, Map<String, String>> output : outputs.entrySet()) {
      Path link = request.settings().workDirectory().resolve("result-" + output.getKey());
      if (Files.isDirectory(link)) {
        compare(link, output.getValue(), problems);
      } else {
        problems.add(
            link + ", a subject of the statement, does not exist; name other files with `files`");
      }
    }
    return problems;
  }

  private static void compare(Path output, Map<String, String> attested, List<String> problems)
      throws IOException {
    Map<String, String> unseen = new TreeMap<>(attested);
    for (Map.Entry<String, Hash> file : MemberOutput.files(output.toRealPath()).entrySet()) {
      String digest = unseen.remove(file.getKey());
      String own = file.getValue().hex();
      if (!own.equals(digest)) {
        problems.add(
            output.resolve(file.getKey()) + ", sha256 " + own + ", does not match the statement");
      }
    }
    unseen.keySet().forEach(name -> problems.add(output.resolve(name) + " does not exist"));
  }

  /** The verifying machine's store need not contain the path. */
  private static void nar(String path, String sha256, List<String> problems) throws IOException {
    if (Files.exists(Path.of(path), LinkOption.NOFOLLOW_LINKS)) {
      String digest = Nar.digest(Path.of(path)).hash().hex();
      if (!digest.equals(sha256)) {
        problems.add(path + ", NAR " + digest + ", does not match the statement");
      }
    }
  }
}
