package io.github.nixmaven.builder.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.builder.language.Unit;
import io.github.nixmaven.builder.realise.HandMadeProject;
import io.github.nixmaven.generator.hash.Hash;
import io.github.nixmaven.generator.nix.Nar;
import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyTest {
  private static final LocalDate TODAY = LocalDate.parse("2026-11-21");
  private static final Unit UNIT = HandMadeProject.unit("stamp", "1.0.0", "library");

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("reproducibility.toml");
  }

  private Policy policy(String text) throws IOException {
    Files.writeString(file(), text);
    return Policy.read(file(), "crate", TODAY);
  }

  private static String entry(String crate, String until) {
    return "[[allow]]\ncrate = \"%s\"\nuntil = \"%s\"\nreason = \"issue 7\"\n"
        .formatted(crate, until);
  }

  @Test
  @DisplayName(
      "an entry allows the crate it names, to the last day, in any version or in the one it names")
  void allows() throws Exception {
    Allowance allowance = policy(entry("stamp", "2026-11-21")).of(UNIT);
    assertThat(allowance.reason()).isEqualTo("issue 7");
    assertThat(allowance.position()).hasToString(file() + ":2:1");
    assertThat(policy(entry("stamp", "2027-01-01") + "version = \"1.0.0\"\n").of(UNIT)).isNotNull();
    assertThat(policy(entry("stamp", "2027-01-01") + "version = \"1.0.1\"\n").of(UNIT)).isNull();
    assertThat(policy(entry("stamps", "2027-01-01")).of(UNIT)).isNull();
    assertThat(Policy.read(null, "crate", TODAY).of(UNIT)).isNull();
  }

  @Test
  @DisplayName("an entry whose last day has passed allows nothing, and speaks against the build")
  void expired() throws Exception {
    Policy policy = policy(entry("stamp", "2026-11-20"));
    assertThat(policy.of(UNIT)).isNull();
    AllowanceResult ruling = ruling(policy, output(OutputResult.Verdict.DIFFERENT, null));
    assertThat(ruling.state()).isEqualTo(AllowanceResult.State.EXPIRED);
    assertThat(ruling.isFault()).isTrue();
    assertThat(ruling.problem())
        .isEqualTo(
            file()
                + ":2:1: `stamp` was allowed to differ until 2026-11-20: fix it and remove"
                + " the entry, or set a later date");
    Policy renewed = policy(entry("stamp", "2026-11-20") + entry("stamp", "2027-01-01"));
    assertThat(renewed.of(UNIT).until()).isEqualTo("2027-01-01");
  }

  @Test
  @DisplayName(
      "an entry for a crate that the project does not have is a mistake, with the name that may be meant")
  void unknownCrate() throws Exception {
    Policy policy = policy(entry("stanp", "2027-01-01"));
    assertThatThrownBy(() -> policy.requirePackages(List.of(UNIT)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(file() + ":2:1: the project has no crate `stanp`")
        .hasMessageContaining("Did you mean `stamp`?");
    assertThatCode(() -> policy(entry("stamp", "2027-01-01")).requirePackages(List.of(UNIT)))
        .doesNotThrowAnyException();
  }

  @Test
  @DisplayName(
      "an entry whose crate does not differ speaks against the build; one that is needed not")
  void needed() throws Exception {
    Policy policy = policy(entry("stamp", "2027-01-01"));
    AllowanceResult unused = ruling(policy, output(OutputResult.Verdict.IDENTICAL, null));
    assertThat(unused.state()).isEqualTo(AllowanceResult.State.NOT_NEEDED);
    assertThat(unused.isFault()).isTrue();
    assertThat(unused.problem())
        .startsWith(file() + ":2:1: `stamp` is allowed to differ but is reproducible");
    AllowanceResult used = ruling(policy, output(OutputResult.Verdict.DIFFERENT, policy.of(UNIT)));
    assertThat(used.state()).isEqualTo(AllowanceResult.State.NEEDED);
    assertThat(used.isFault()).isFalse();
  }

  @Test
  @DisplayName("whether an entry is needed is not known of a crate that does not rebuild")
  void unknown() throws Exception {
    Policy policy = policy(entry("stamp", "2027-01-01"));
    assertThat(policy.results(List.of(), null))
        .extracting(AllowanceResult::state)
        .containsExactly(AllowanceResult.State.UNKNOWN);
    AllowanceResult ruling = ruling(policy, output(OutputResult.Verdict.FAILED, null));
    assertThat(ruling.state()).isEqualTo(AllowanceResult.State.UNKNOWN);
    assertThat(ruling.isFault()).isFalse();
  }

  @Test
  @DisplayName(
      "what is no policy is refused with its place: other keys, no reason, no date, no file")
  void malformed() {
    assertThatThrownBy(() -> policy("[[alow]]\n")).hasMessageContaining("Did you mean `allow`?");
    assertThatThrownBy(() -> policy(entry("a", "2027-01-01") + "since = \"1\"\n"))
        .hasMessageContaining(file() + ":5:1: `since` is not a key of an entry");
    assertThatThrownBy(() -> policy("[[allow]]\ncrate = \"a\"\nuntil = \"2027-01-01\"\n"))
        .hasMessageContaining(file() + ":1:1: `reason` is missing");
    assertThatThrownBy(() -> policy(entry("a", "2027-01-01").replace("issue 7", " ")))
        .hasMessageContaining(file() + ":4:1: the reason is empty");
    assertThatThrownBy(() -> policy(entry("a", "next year")))
        .hasMessageContaining(file() + ":3:1: `next year` is not a date")
        .hasMessageContaining("until = \"2027-02-21\"");
    assertThatThrownBy(() -> Policy.read(folder.resolve("none.toml"), "crate", TODAY))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("none.toml: no such file");
  }

  private static AllowanceResult ruling(Policy policy, OutputResult output) {
    return policy.results(List.of(output), null).get(0);
  }

  private static OutputResult output(OutputResult.Verdict verdict, Allowance allowance) {
    return new OutputResult(
        UNIT,
        "/nix/store/d.drv",
        "/nix/store/o",
        new Nar.Digest(Hash.of(Hash.Algorithm.SHA256, new byte[32]), 1),
        verdict,
        List.of(),
        1,
        "",
        "",
        null,
        List.of(),
        allowance);
  }
}
