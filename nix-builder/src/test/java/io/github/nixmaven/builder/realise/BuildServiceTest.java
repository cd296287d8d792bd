package io.github.nixmaven.builder.realise;

import static io.github.nixmaven.builder.realise.HandMadeProject.natively;
import static io.github.nixmaven.builder.realise.HandMadeProject.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.github.nixmaven.builder.nix.HermeticOptions;
import io.github.nixmaven.builder.nix.NixFixture;
import io.github.nixmaven.generator.text.InputException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildServiceTest {
  private final RecordingConsole console = new RecordingConsole();
  @TempDir private Path folder;
  private HttpServer server;

  @Test
  @DisplayName("a first build builds every crate once, says so, and links the output")
  void firstBuild() throws Exception {
    BuildResult result = build(program().prepare(), List.of());

    assertThat(result.counts()).isEqualTo(new Realisation.Counts(2, 0, 0));
    assertThat(console.lines())
        .contains("  built helper 0.1.0 (1 of 2)", "  built app 1.0.0 (2 of 2)")
        .anyMatch(line -> line.matches("2 crates built, 0 reused in \\d+\\.\\d s"));
    Path link = folder.resolve("target/nix/result-app");
    assertThat(Files.readString(link.resolve("lib/libapp.so"))).isEqualTo("helped\n");
    assertThat(result.links()).containsEntry(natively("app"), link);
    assertThat(result.outputs().get(natively("app"))).isEqualTo(link.toRealPath());
  }

  @Test
  @DisplayName("a member that has nothing to build is named, and so is an output that is a file")
  void nothingToBuild() throws Exception {
    build(
        new HandMadeProject()
            .with("tests", unit("tests", "1.0.0", "product"), "mkdir $out", "")
            .with("file", unit("file", "1.0.0", "product"), "echo > $out", "")
            .member("tests")
            .member("file")
            .prepare(),
        List.of());

    assertThat(console.lines())
        .contains(
            "  tests: nothing to build",
            "    It has no library, and no program whose required-features are on.")
        .anyMatch(line -> line.matches("  file: .*/result-file"));
  }

  @Test
  @DisplayName(
      "a second build reuses everything, needs no sandbox, and the outputs are roots for the garbage collector")
  void secondBuild() throws Exception {
    Preparation prepared = program().prepare();
    build(prepared, List.of());
    Preparation withoutSandbox =
        new Preparation(
            prepared.nix(),
            HermeticOptions.withoutSysroot(),
            prepared.library(),
            Path.of("/nonexistent"),
            prepared.project(),
            prepared.directory(),
            prepared.warning(),
            NixFixture.CONTEXT);

    BuildResult result = build(withoutSandbox, List.of());

    assertThat(result.counts()).isEqualTo(new Realisation.Counts(0, 2, 0));
    assertThat(
            NixFixture.nix()
                .capture(
                    "nix-store",
                    List.of(
                        "--query", "--roots", result.outputs().get(natively("app")).toString())))
        .contains(result.links().get(natively("app")).toString());
  }

  @Test
  @DisplayName("a crate of several parts is built when its last part is")
  void partsOfOneCrate() throws Exception {
    Preparation prepared =
        new HandMadeProject()
            .with("script", unit("app", "1.0.0", "script-run"), "echo > $out", "")
            .with("lib", unit("app", "1.0.0", "library"), "cat $script > $out", "inherit script;")
            .with("facts", "rust-target-x", "echo > $out", "")
            .with("app", unit("app", "1.0.0", "product"), "cat $lib > $out", "inherit lib facts;")
            .member("app")
            .prepare();

    assertThat(build(prepared, List.of()).counts()).isEqualTo(new Realisation.Counts(1, 0, 0));
    assertThat(console.lines()).containsOnlyOnce("  built app 1.0.0 (1 of 1)");
  }

  @Test
  @DisplayName(
      "a failing crate is named, with the end of its log but without its commands, and how to see all of it")
  void failingCrate() throws Exception {
    Preparation prepared =
        new HandMadeProject()
            .with(
                "bad",
                unit("bad", "0.3.0+x", "script-run"),
                "for i in $(seq 30); do echo line $i; done; echo 'Running `rustc`'; echo oops >&2; exit 3",
                "")
            .with("app", unit("app", "1.0.0", "product"), "cat $bad > $out", "inherit bad;")
            .member("app")
            .prepare();
    String derivation =
        prepared.project().closure().keySet().stream()
            .filter(path -> path.contains("bad"))
            .findFirst()
            .orElseThrow();

    assertThatThrownBy(() -> build(prepared, List.of()))
        .isInstanceOf(BuildFailedException.class)
        .hasMessageStartingWith("bad 0.3.0+x (build script's run) does not build\n")
        .hasMessageContaining("failed with exit code 3")
        .hasMessageContaining("\n    line 30\n    oops\n")
        .hasMessageContaining("\n    line 12\n")
        .hasMessageNotContaining("line 11\n")
        .hasMessageNotContaining("Running")
        .hasMessageEndingWith("The whole log: nix-store --read-log " + derivation);
    assertThat(NixFixture.nix().capture("nix-store", List.of("--read-log", derivation)))
        .contains("line 1\n")
        .contains("oops");
    assertThat(folder.resolve("target/nix/result-app")).doesNotExist();
  }

  @Test
  @DisplayName("what the compiler says of a crate that builds is shown once, with the user's paths")
  void messages() throws Exception {
    String warn =
        "printf '\\033[33mwarning\\033[0m: unused\\n \\033[94m--> \\033[0mapp/src/main.rs:1:17\\n' >&2; ";
    HandMadeProject project =
        new HandMadeProject()
            .with(
                "script",
                unit("app", "1.0.0", "script-run"),
                "echo '[app 1.0.0] from the script'; " + warn + "echo > $out",
                "")
            .with(
                "lib",
                unit("app", "1.0.0", "library"),
                "echo 'Running `rustc`'; " + warn + "cat $script > $out",
                "inherit script;")
            .with("app", unit("app", "1.0.0", "product"), "cat $lib > $out", "inherit lib;")
            .member("app");

    build(project.prepare(), List.of());

    String shown = "warning: unused\n --> /home/me/project/app/src/main.rs:1:17";
    assertThat(console.lines())
        .containsOnlyOnce("WARNING " + shown)
        .noneMatch(line -> line.contains("from the script") || line.contains("Running"));
    assertThat(folder.resolve("target/nix/path-map.json"))
        .content()
        .contains("\"/rust/workspace\" : \"/home/me/project\"");
  }

  @Test
  @DisplayName("on a terminal it keeps its colours")
  void coloursOfMessages() throws Exception {
    Preparation prepared =
        HandMadeProject.one(
            "app",
            unit("app", "1.0.0", "library"),
            "printf '\\033[94m--> \\033[0mapp/src/lib.rs:1:17\\n' >&2; echo > $out");

    build(prepared, List.of(), console.terminal());

    assertThat(console.lines())
        .contains("WARNING \u001b[94m--> \u001b[0m/home/me/project/app/src/lib.rs:1:17");
  }

  @Test
  @DisplayName("a source whose bytes are not the pinned ones is named, with both digests")
  void wrongSource() throws Exception {
    Preparation prepared = withSource(200);

    assertThatThrownBy(() -> build(prepared, List.of()))
        .isInstanceOf(BuildFailedException.class)
        .hasMessageStartingWith("foo-1.0.0.crate cannot be fetched\n")
        .hasMessageContaining("hash mismatch")
        .hasMessageContaining("specified: sha256-ERERER")
        .hasMessageContaining("got:");
  }

  @Test
  @DisplayName("a source that is not there is named, with the address and the server's answer")
  void missingSource() throws Exception {
    Preparation prepared = withSource(404);

    assertThatThrownBy(() -> build(prepared, List.of()))
        .isInstanceOf(BuildFailedException.class)
        .hasMessageStartingWith("foo-1.0.0.crate cannot be fetched\n")
        .hasMessageContaining("/foo-1.0.0.crate")
        .hasMessageContaining("404");
  }

  @Test
  @DisplayName("what a failed build leaves at its output's place is not announced as built")
  void remainsAreNotBuilt() throws Exception {
    Preparation prepared =
        new HandMadeProject()
            .with("good", unit("good", "1.0.0", "product"), "echo > $out", "")
            .with(
                "bad", unit("bad", "1.0.0", "product"), "echo half > $out; exit 1", "inherit good;")
            .member("bad")
            .prepare();

    assertThatThrownBy(() -> build(prepared, List.of())).isInstanceOf(BuildFailedException.class);

    assertThat(console.lines())
        .anyMatch(line -> line.contains("built good 1.0.0"))
        .noneMatch(line -> line.contains("built bad"));
  }

  @Test
  @DisplayName("where Nix stops at the first failure, crates it cut short are not blamed")
  void onlyTheFailingCrateIsBlamed() throws Exception {
    Preparation prepared =
        new HandMadeProject()
            .with("slow", unit("slow", "1.0.0", "product"), "sleep 20; echo > $out", "")
            .with("bad", unit("bad", "1.0.0", "product"), "sleep 1; exit 1", "")
            .with("app", unit("app", "1.0.0", "product"), "echo > $out", "inherit slow bad;")
            .member("app")
            .prepare();

    assertThatThrownBy(() -> build(prepared, List.of()))
        .isInstanceOf(BuildFailedException.class)
        .hasMessageStartingWith("bad 1.0.0 does not build\n")
        .hasMessageNotContaining("slow");
  }

  @Test
  @DisplayName("nothing is built where the sandbox does not hold")
  void noSandboxNoBuild() throws Exception {
    Preparation prepared = program().prepare();
    Preparation open =
        new Preparation(
            prepared.nix(),
            prepared.options().withSandboxPath("/home"),
            prepared.library(),
            prepared.sysroot(),
            prepared.project(),
            prepared.directory(),
            prepared.warning(),
            NixFixture.CONTEXT);

    assertThatThrownBy(() -> build(open, List.of()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("so they would not be hermetic");
    assertThat(prepared.project().members().get(natively("app")).outputPaths())
        .noneMatch(path -> Files.exists(Path.of(path)));
  }

  @Test
  @DisplayName(
      "a copy lands in the folder its target names, writable, and is not touched when right")
  void copies() throws Exception {
    Preparation prepared = program().prepare();
    List<FileCopy> copies =
        List.of(
            new FileCopy("lib/libapp.so", "native/", null), new FileCopy("bin/app", "tool", null));
    build(prepared, copies);
    Path library = folder.resolve("target/classes/native/libapp.so");
    Path tool = folder.resolve("target/classes/tool");
    assertThat(library).hasContent("helped\n").isWritable();
    assertThat(tool).isExecutable();
    FileTime longAgo = FileTime.fromMillis(1000);
    Files.setLastModifiedTime(library, longAgo);
    Files.writeString(tool, "spoilt");

    build(prepared, copies);

    assertThat(Files.getLastModifiedTime(library)).isEqualTo(longAgo);
    assertThat(Files.size(tool)).isGreaterThan("spoilt".length());
  }

  @Test
  @DisplayName("a copy from or to a place outside is refused, and so is one that no output has")
  void badCopies() throws Exception {
    Preparation prepared = program().prepare();

    assertThatThrownBy(() -> build(prepared, List.of(new FileCopy("../x", "x", null))))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("<from>../x</from> is not a path inside /nix/store/");
    assertThatThrownBy(() -> build(prepared, List.of(new FileCopy("bin/app", "../../x", null))))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("<to>../../x</to> is not a path inside");
    assertThatThrownBy(() -> build(prepared, List.of(new FileCopy("bin/app", "/tmp/x", null))))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("Give a relative path");
    assertThatThrownBy(() -> build(prepared, List.of(new FileCopy("lib/passwd", "x", null))))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is a link to a file outside of");
    assertThatThrownBy(() -> build(prepared, List.of(new FileCopy("lib/libap.so", "x", null))))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is not a file of any output")
        .hasMessageContaining("lib/libapp.so");
  }

  @Test
  @DisplayName("what is built for several targets is linked by target, and a copy says which")
  void targets() throws Exception {
    Preparation prepared =
        new HandMadeProject()
            .with(
                "app",
                unit("app", "1.0.0", "product"),
                "mkdir -p $out/lib; echo native > $out/lib/app",
                "")
            .with(
                "wasm",
                unit("app", "1.0.0", "product"),
                "mkdir -p $out/lib; echo wasm > $out/lib/app",
                "")
            .member("app")
            .memberFor("wasm32-wasip1", "app", "wasm")
            .prepare();

    build(prepared, List.of(new FileCopy("lib/app", "", "wasm32-wasip1")));

    assertThat(folder.resolve("target/classes/app")).hasContent("wasm\n");
    assertThat(folder.resolve("target/nix/result-app/lib/app")).hasContent("native\n");
    assertThat(folder.resolve("target/nix/result-app-wasm32-wasip1/lib/app")).hasContent("wasm\n");
    assertThatThrownBy(() -> build(prepared, List.of(new FileCopy("lib/app", "", null))))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is a file of several outputs: app-wasm32-wasip1, app\n")
        .hasMessageContaining("<target>TRIPLE</target>");
  }

  /** A crate that is built for this machine and for another, whose units tell as rustc's do. */
  private static HandMadeProject forTwoMachines(String script) throws Exception {
    return new HandMadeProject()
        .with("macros", unit("macros", "1.0.0", "library"), "echo > $out", "")
        .with("app", unit("app", "1.0.0", "library"), "echo $macros > $out", "inherit macros;")
        .with("run", unit("app", "1.0.0", "script-run", "wasm32-wasip1"), "echo > $out", "")
        .with(
            "wasm",
            unit("app", "1.0.0", "library", "wasm32-wasip1"),
            "echo > $out; " + script,
            "inherit macros run;")
        .member("app")
        .with(
            "linked",
            unit("app", "1.0.0", "product", "wasm32-wasip1"),
            "echo $wasm > $out",
            "inherit wasm;")
        .memberFor("wasm32-wasip1", "app", "linked");
  }

  @Test
  @DisplayName("where units are built for another machine, progress and failures say for which")
  void namedTargets() throws Exception {
    build(forTwoMachines("").prepare(), List.of());

    assertThat(console.lines())
        .containsOnlyOnce("  built macros 1.0.0 (1 of 2)")
        .containsOnlyOnce("  built app 1.0.0 for wasm32-wasip1 (2 of 2)");
    Preparation bad = forTwoMachines("exit 1").prepare();
    assertThatThrownBy(() -> build(bad, List.of()))
        .isInstanceOf(BuildFailedException.class)
        .hasMessageStartingWith("app 1.0.0 for wasm32-wasip1 does not build\n");
    assertThat(
            bad.project().closure().keySet().stream()
                .map(path -> bad.project().unit(path).labelWithTarget()))
        .containsExactlyInAnyOrder(
            "macros 1.0.0",
            "app 1.0.0",
            "app 1.0.0 (build script's run) for wasm32-wasip1",
            "app 1.0.0 for wasm32-wasip1",
            "app 1.0.0 for wasm32-wasip1");
  }

  @Test
  @DisplayName(
      "on a terminal one line is rewritten and taken away, and no crate has a line of its own")
  void terminal() throws Exception {
    Preparation prepared = HandMadeProject.app("sleep 1; echo > $out");
    new BuildService()
        .build(
            new BuildRequest(HandMadeProject.settings(folder), List.of(), folder),
            prepared,
            Instant.now(),
            console.terminal());

    assertThat(console.lines()).noneMatch(line -> line.contains("(1 of 1)"));
    assertThat(console.written())
        .containsPattern("\r\\[0/1\\] \\d\\.\\d s  app 1\\.0\\.0\u001b\\[K")
        .endsWith("\r\u001b[K");
  }

  /** A crate whose source comes from a server that answers with a status and the wrong bytes. */
  private Preparation withSource(int status) throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(status, 5);
          exchange.getResponseBody().write("wrong".getBytes(StandardCharsets.UTF_8));
          exchange.close();
        });
    server.start();
    String source =
        """
        source = import <nix/fetchurl.nix> {
          name = "foo-1.0.0.crate";
          url = "http://127.0.0.1:%d/foo-1.0.0.crate";
          sha256 = "%s";
        };
        """
            .formatted(server.getAddress().getPort(), "1".repeat(64));
    return new HandMadeProject()
        .with("app", unit("app", "1.0.0", "product"), "cat $source > $out", source)
        .member("app")
        .prepare();
  }

  @AfterEach
  void stopServer() {
    if (server != null) {
      server.stop(0);
    }
  }

  private HandMadeProject program() throws Exception {
    return new HandMadeProject()
        .with("helper", unit("helper", "0.1.0", "product"), "echo helped > $out", "")
        .with(
            "app",
            unit("app", "1.0.0", "product"),
            "mkdir -p $out/lib $out/bin; cp $helper $out/lib/libapp.so; cp /usr/bin/true"
                + " $out/bin/app; ln -s $sysroot/usr/bin/true $out/lib/passwd",
            "inherit helper; sysroot = builtins.storePath \"" + NixFixture.sysroot() + "\";")
        .member("app");
  }

  private BuildResult build(Preparation prepared, List<FileCopy> copies) throws Exception {
    return build(prepared, copies, console.plain());
  }

  private BuildResult build(Preparation prepared, List<FileCopy> copies, Console shown)
      throws Exception {
    return new BuildService()
        .build(
            new BuildRequest(
                HandMadeProject.settings(folder), copies, folder.resolve("target/classes")),
            prepared,
            Instant.now(),
            shown);
  }
}
