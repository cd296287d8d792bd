package io.github.nixmaven.builder.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nixmaven.builder.language.Cause;
import io.github.nixmaven.builder.nix.NixFixture;
import io.github.nixmaven.builder.realise.BuildSettings;
import io.github.nixmaven.builder.realise.HandMadeProject;
import io.github.nixmaven.builder.realise.RecordingConsole;
import io.github.nixmaven.generator.cargo.CargoRequest;
import io.github.nixmaven.generator.pin.Generator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Crates that do not build the same twice, of every kind that is known, each with a twin that does
 * the same work and builds the same. {@code ./test --full} visits all, {@code ./test} a few.
 */
class ZooTest {
  private static final boolean FULL = System.getProperty("its.full") != null;

  /**
   * A kind.
   *
   * @param name what the crate is called
   * @param daily whether it is visited every day
   * @param cause what it depends on
   * @param place what the output's file and place within it end with
   * @param wild what its build script does
   * @param tame what its twin's does
   */
  private record Kind(
      String name, boolean daily, Cause cause, String place, String wild, String tame) {}

  private static final String NOW =
      "std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap()";
  private static final String EPOCH =
      "std::env::var(\"SOURCE_DATE_EPOCH\").unwrap().parse::<u64>().unwrap()";

  /** Writes what an expression yields to the file {@code made}. */
  private static String made(String expression) {
    return "std::fs::write(out.join(\"made\"), format!(\"{}\", " + expression + ")).unwrap();";
  }

  /** Runs a shell script in the crate's folder, with the file to write as {@code $1}. */
  private static String shell(String script) {
    return "let status = std::process::Command::new(\"sh\").arg(\"-euc\").arg(r###\""
        + script
        + "\"###).arg(\"sh\").arg(out.join(\"made\")).status().unwrap(); assert!(status.success());";
  }

  private static String order(String collection) {
    return "let mut c = std::collections::"
        + collection
        + "::new(); for i in 0..50 { c.insert(i, i); }"
        + made("c.keys().map(|i| i.to_string()).collect::<Vec<_>>().join(\" \")");
  }

  private static String folder(String further) {
    return "let mut names: Vec<_> = std::fs::read_dir(\"data\").unwrap()"
        + ".map(|e| e.unwrap().file_name().into_string().unwrap()).collect(); "
        + further
        + made("names.join(\" \")");
  }

  private static String race(String end) {
    return "let all = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));"
        + "let threads: Vec<_> = (0..16).map(|i| { let all = all.clone(); std::thread::spawn(move ||"
        + " for j in 0..200 { std::thread::yield_now(); all.lock().unwrap().push(i * 1000 + j); })"
        + "}).collect(); for t in threads { t.join().unwrap(); } let mut all ="
        + " all.lock().unwrap().clone(); "
        + end
        + made("all.iter().map(|i| i.to_string()).collect::<Vec<_>>().join(\" \")");
  }

  private static final String C = "#include <stdio.h>\\nvoid f(void) { puts(%s); }\\n";

  private static String compile(String text, String command) {
    return shell("printf '" + C.formatted(text) + "' > code.c; " + command);
  }

  private static final List<Kind> KINDS =
      List.of(
          kind("clock-second", Cause.TIME, made(NOW + ".as_nanos()"), made(EPOCH)),
          daily("clock-day", Cause.TIME, made(NOW + ".as_secs() / 86400"), made(EPOCH + "/86400")),
          kind(
              "clock-year",
              Cause.TIME,
              shell("date +%Y > $1"),
              shell("date -d @$SOURCE_DATE_EPOCH +%Y > $1")),
          new Kind(
              "c-date",
              false,
              Cause.TIME,
              "made, section .rodata",
              compile("__DATE__", "env -u SOURCE_DATE_EPOCH gcc -c code.c -o $1"),
              compile("__DATE__", "gcc -c code.c -o $1")),
          kind(
              "file-time",
              Cause.TIME,
              "std::fs::write(\"fresh\", \"\").unwrap();"
                  + made("format!(\"{:?}\", std::fs::metadata(\"fresh\").unwrap().modified())"),
              "std::fs::write(\"fresh\", \"\").unwrap();"
                  + made("std::fs::metadata(\"fresh\").unwrap().len()")),
          kind(
              "archive-time",
              Cause.TIME,
              shell("echo > fresh; tar -cf $1 fresh"),
              shell("echo > fresh; tar --mtime=@1 -cf $1 fresh")),
          new Kind(
              "ar-time",
              false,
              Cause.TIME,
              "made, header of member fresh",
              shell("echo > fresh; env -u SOURCE_DATE_EPOCH ar rcU $1 fresh"),
              shell("echo > fresh; ar rcD $1 fresh")),
          kind(
              "gzip-time",
              Cause.TIME,
              shell("echo > fresh; gzip fresh; cp fresh.gz $1"),
              shell("echo > fresh; gzip -n fresh; cp fresh.gz $1")),
          kind(
              "git-describe",
              Cause.TIME,
              shell("git describe --always > $1 2>/dev/null || date +%F > $1"),
              shell("git describe --always > $1 2>/dev/null || echo unknown > $1")),
          kind(
              "temporary",
              Cause.PATH,
              made("std::env::temp_dir().display()"),
              made("std::path::Path::new(\"/tmp\").display()")),
          new Kind(
              "environment",
              false,
              Cause.PATH,
              "unit",
              "println!(\"cargo:rustc-env=ROOT={}\", std::env::current_dir().unwrap().display());",
              "println!(\"cargo:rustc-env=ROOT={}\", \"src\");"),
          new Kind(
              "c-file",
              false,
              Cause.PATH,
              "made, section .rodata",
              compile("__FILE__", "gcc -c $PWD/code.c -o $1"),
              compile("__FILE__", "gcc -c code.c -o $1")),
          new Kind(
              "c-debug-info",
              false,
              Cause.PATH,
              "made, section .debug_line_str",
              compile("\"a\"", "gcc -g -c code.c -o $1"),
              compile("\"a\"", "gcc -g -ffile-prefix-map=$PWD=. -c code.c -o $1")),
          kind("hash-map", Cause.RANDOM, order("HashMap"), order("BTreeMap")),
          kind(
              "random",
              Cause.RANDOM,
              shell("head -c 9 /dev/urandom > $1"),
              shell("head -c 9 /dev/zero > $1")),
          kind(
              "uuid",
              Cause.RANDOM,
              shell("cp /proc/sys/kernel/random/uuid $1"),
              shell("echo 123e4567-e89b-12d3-a456-426614174000 > $1")),
          kind(
              "random-name",
              Cause.RANDOM,
              shell("mktemp -u > $1"),
              shell("mktemp -u > /dev/null; echo > $1")),
          kind(
              "shuffle", Cause.RANDOM, shell("seq 99 | sort -R > $1"), shell("seq 99 | sort > $1")),
          kind("thread-race", Cause.RANDOM, race(""), race("all.sort();")),
          kind(
              "duration",
              Cause.RANDOM,
              "let t = std::time::Instant::now(); std::thread::sleep(std::time::Duration::from_millis(2));"
                  + made("t.elapsed().as_nanos()"),
              "let t = std::time::Instant::now(); std::thread::sleep(std::time::Duration::from_millis(2));"
                  + made("t.elapsed().as_secs() / 86400")),
          daily("read-dir", Cause.ORDER, folder(""), folder("names.sort();")),
          kind(
              "find",
              Cause.ORDER,
              shell("find data -type f > $1"),
              shell("find data -type f | sort > $1")),
          daily(
              "processors",
              Cause.CORES,
              made("std::thread::available_parallelism().unwrap()"),
              made("std::thread::available_parallelism().unwrap().get().min(1)")),
          kind(
              "jobs",
              Cause.CORES,
              made("std::env::var(\"NUM_JOBS\").unwrap()"),
              made("std::env::var(\"OPT_LEVEL\").unwrap()")),
          daily("kernel", Cause.KERNEL, shell("uname -r > $1"), shell("uname -s > $1")));

  /** What is in a library and not in what a build script makes. */
  private static final Map<String, Cause> LIBRARIES =
      Map.of("panic-path", Cause.PATH, "macro-order", Cause.RANDOM, "macro-clock", Cause.TIME);

  private static Kind kind(String name, Cause cause, String wild, String tame) {
    return new Kind(name, false, cause, "made", wild, tame);
  }

  private static Kind daily(String name, Cause cause, String wild, String tame) {
    return new Kind(name, true, cause, "made", wild, tame);
  }

  @TempDir private Path folder;
  private final StringBuilder members = new StringBuilder();
  private final StringBuilder lock = new StringBuilder("version = 4\n");
  private final List<String> tame = new ArrayList<>();

  @Test
  @DisplayName(
      "every planted kind is named with its crate, file and cause, and no twin raises an alarm")
  void zoo() throws Exception {
    Map<String, Kind> wild = new TreeMap<>();
    for (Kind kind : KINDS) {
      if (FULL || kind.daily()) {
        script("wild-" + kind.name(), kind.wild());
        script("tame-" + kind.name(), kind.tame());
        wild.put("wild-" + kind.name(), kind);
        tame.add("tame-" + kind.name());
      }
    }
    libraries();
    published("wild-published", made(NOW + ".as_secs() / 86400"));
    published("tame-published", made(EPOCH + "/86400"));
    member("user", "[dependencies]\nwild-published = \"1\"\ntame-published = \"1\"\n", "", "");
    lock.append("dependencies = [\n \"tame-published\",\n \"wild-published\",\n]\n");
    VerifyResult result = verify();

    Map<String, List<Cause>> expected = new TreeMap<>();
    wild.forEach((crate, kind) -> expected.put(crate, List.of(kind.cause())));
    LIBRARIES.forEach((name, cause) -> expected.put("wild-" + name, List.of(cause)));
    expected.put("wild-published", List.of(Cause.TIME));
    Map<String, List<Cause>> found = new TreeMap<>();
    SoftAssertions softly = new SoftAssertions();
    for (OutputResult output : result.outputs()) {
      String crate = String.valueOf(output.unit().packageName());
      if (output.verdict() != OutputResult.Verdict.IDENTICAL) {
        assertThat(output.verdict()).as(crate).isEqualTo(OutputResult.Verdict.DIFFERENT);
        assertThat(found.put(crate, output.causes())).as(crate).isNull();
        assertThat(output.advice()).as(crate).isNotEmpty();
        Kind kind = wild.get(crate);
        if (kind != null) {
          assertThat(output.unit().label()).isEqualTo(crate + " 1.0.0 (build script's run)");
          assertThat(output.reason()).as(crate).contains(kind.cause().label());
          softly.assertThat(where(output)).as(crate).endsWith(kind.place());
        }
      }
    }
    assertThat(found).isEqualTo(expected);
    softly.assertAll();
    // Its build script runs where its library is compiled.
    assertThat(advice(result, "wild-published")).startsWith("The build script reads the clock");
    assertThat(advice(result, "wild-macro-order"))
        .contains("expands the procedural macro shuffling 1.0.0");
    assertThat(where(output(result, "wild-panic-path"))).contains(".rlib, member ");
  }

  private static OutputResult output(VerifyResult result, String crate) {
    return result.outputs().stream()
        .filter(each -> crate.equals(each.unit().packageName()))
        .filter(each -> each.verdict() == OutputResult.Verdict.DIFFERENT)
        .findFirst()
        .orElseThrow();
  }

  private static String advice(VerifyResult result, String crate) {
    return output(result, crate).advice();
  }

  private static String where(OutputResult output) {
    OutputResult.Rebuilt rebuilt = output.rebuilt();
    return rebuilt.difference().path() + (rebuilt.place().isEmpty() ? "" : ", " + rebuilt.place());
  }

  private VerifyResult verify() throws Exception {
    Files.writeString(
        folder.resolve("Cargo.toml"),
        "[workspace]\nresolver = \"2\"\nmembers = [" + members + "]\n");
    Files.writeString(folder.resolve("Cargo.lock"), lock);
    Generator.generate(
        CargoRequest.of(folder.resolve("Cargo.toml"), folder.resolve("Cargo.nix")),
        NixFixture.CONTEXT.withOffline(true));
    BuildSettings settings = HandMadeProject.settings(folder);
    return new VerifyService()
        .verify(
            new VerifyRequest(
                settings, folder.resolve("verify.json"), null, Duration.ofMinutes(5), false, null),
            new RecordingConsole().plain());
  }

  /** A crate with a build script, and a folder of files. */
  private void script(String name, String body) throws Exception {
    Path crate = member(name, "", "", "pub fn nothing() {}\n");
    Files.writeString(crate.resolve("build.rs"), buildScript(body));
    Path data = Files.createDirectory(crate.resolve("data"));
    for (char c = 'a'; c <= 't'; c++) {
      Files.writeString(data.resolve(String.valueOf(c)), "");
    }
  }

  /** A vendored crate with a build script. */
  private void published(String name, String body) throws Exception {
    Path crate = folder.resolve("vendor/" + name);
    Files.createDirectories(crate.resolve("src"));
    Files.writeString(
        crate.resolve("Cargo.toml"),
        "[package]\nname = \"%s\"\nversion = \"1.0.0\"\n".formatted(name));
    Files.writeString(crate.resolve("src/lib.rs"), "");
    Files.writeString(crate.resolve("build.rs"), buildScript(body));
    String checksum = "1".repeat(64);
    Files.writeString(
        crate.resolve(".cargo-checksum.json"),
        "{\"files\":{},\"package\":\"%s\"}".formatted(checksum));
    lock.append(
        "\n[[package]]\nname = \"%s\"\nversion = \"1.0.0\"\nsource = \"%s\"\nchecksum = \"%s\"\n"
            .formatted(name, "registry+https://github.com/rust-lang/crates.io-index", checksum));
    Files.createDirectories(folder.resolve(".cargo"));
    Files.writeString(
        folder.resolve(".cargo/config.toml"),
        "[source.crates-io]\nreplace-with = \"vendored\"\n[source.vendored]\ndirectory = \"vendor\"\n");
  }

  private static String buildScript(String body) {
    return "fn main() {\nlet out = std::path::PathBuf::from(std::env::var(\"OUT_DIR\").unwrap());\n"
        + "let _ = &out;\n"
        + body
        + "\n}\n";
  }

  private void libraries() throws Exception {
    member(
        "wild-panic-path", "", "", "pub fn f() { panic!(\"{}\", env!(\"CARGO_MANIFEST_DIR\")) }\n");
    member("tame-panic-path", "", "", "pub fn f() { panic!(\"{}\", file!()) }\n");
    macro("shuffling", "HashMap");
    macro("sorting", "BTreeMap");
    member("wild-macro-order", depends("shuffling"), "shuffling", "shuffling::constants!();\n");
    member("tame-macro-order", depends("sorting"), "sorting", "sorting::constants!();\n");
    member(
        "telling",
        "[lib]\nproc-macro = true\n",
        "",
        "use proc_macro::TokenStream;\n#[proc_macro] pub fn time(_: TokenStream) -> TokenStream {"
            + "format!(\"pub static TIME: u64 = {};\", "
            + NOW
            + ".as_secs() / 86400).parse().unwrap() }\n"
            + "#[proc_macro] pub fn epoch(_: TokenStream) -> TokenStream {"
            + "format!(\"pub static TIME: u64 = {};\", "
            + EPOCH
            + ").parse().unwrap() }\n");
    member("wild-macro-clock", depends("telling"), "telling", "telling::time!();\n");
    member("tame-macro-clock", depends("telling"), "telling", "telling::epoch!();\n");
    for (String name : LIBRARIES.keySet()) {
      tame.add("tame-" + name);
    }
  }

  private void macro(String name, String collection) throws Exception {
    member(
        name,
        "[lib]\nproc-macro = true\n",
        "",
        "use proc_macro::TokenStream;\n#[proc_macro] pub fn constants(_: TokenStream) ->"
            + " TokenStream { let mut c = std::collections::"
            + collection
            + "::new(); for i in 0..50 { c.insert(i, i); } c.keys().map(|i| format!(\"#[no_mangle]"
            + " pub static S{}: u32 = {}{};\", i, i, i)).collect::<String>().parse().unwrap() }\n");
  }

  private static String depends(String name) {
    return "[dependencies]\n" + name + " = { path = \"../" + name + "\" }\n";
  }

  private Path member(String name, String manifest, String dependency, String library)
      throws Exception {
    Path crate = folder.resolve(name);
    Files.createDirectories(crate.resolve("src"));
    Files.writeString(
        crate.resolve("Cargo.toml"),
        "[package]\nname = \"%s\"\nversion = \"1.0.0\"\nedition = \"2021\"\n%s"
            .formatted(name, manifest));
    Files.writeString(crate.resolve("src/lib.rs"), library);
    members.append(String.format(Locale.ROOT, "\"%s\", ", name));
    lock.append("\n[[package]]\nname = \"%s\"\nversion = \"1.0.0\"\n".formatted(name));
    if (!dependency.isEmpty()) {
      lock.append("dependencies = [\n \"%s\",\n]\n".formatted(dependency));
    }
    return crate;
  }
}
