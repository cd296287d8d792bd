package io.github.nixmaven.plugin.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.builder.realise.BuildRequest;
import io.github.nixmaven.builder.realise.BuildSettings;
import io.github.nixmaven.builder.realise.FileCopy;
import io.github.nixmaven.builder.rust.PostSteps;
import io.github.nixmaven.builder.rust.Rust;
import io.github.nixmaven.builder.rust.RustBuild;
import io.github.nixmaven.builder.testing.TestRequest;
import io.github.nixmaven.builder.toolchain.Mirrors;
import io.github.nixmaven.builder.toolchain.Toolchain;
import io.github.nixmaven.builder.toolchain.ToolchainLock;
import io.github.nixmaven.builder.verify.VerifyRequest;
import io.github.nixmaven.generator.pin.Context;
import io.github.nixmaven.generator.pin.GenerateResult;
import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RequestsTest extends ModuleTest {
  @BeforeEach
  void lock() throws Exception {
    LocksTest.workspace(folder);
  }

  @Test
  @InjectMojo(goal = "build")
  @DisplayName(
      "without configuration all members are built with the plugin's own toolchain into target/nix")
  void defaults(BuildMojo mojo) {
    assertThat(mojo.request(lock(mojo)))
        .isEqualTo(
            new BuildRequest(
                new BuildSettings(
                    new RustBuild(
                        folder.resolve("Cargo.toml"),
                        folder.resolve("Cargo.nix"),
                        List.of("x86_64-unknown-linux-gnu"),
                        PostSteps.NONE),
                    null,
                    Mirrors.DEBIAN,
                    List.of(),
                    folder.resolve("target/nix"),
                    null,
                    0,
                    0,
                    mojo.context(),
                    null),
                List.of(),
                folder.resolve("target/classes")));
  }

  @Test
  @InjectMojo(
      goal = "build",
      pom =
          BEFORE
              + "<toolchainLock>sub/../nix-toolchain.lock.json</toolchainLock>"
              + "<overrides>sub/../nix-overrides.toml</overrides>"
              + AFTER)
  @DisplayName("what need not be there need not be, however Maven was led to the POM")
  void usualFilesByAnotherPath(BuildMojo mojo) {
    assertThat(mojo.request(lock(mojo)).settings().toolchainLock()).isNull();
    assertThat(mojo.request(lock(mojo)).settings().overrides()).isNull();
  }

  @Test
  @InjectMojo(goal = "build")
  @DisplayName("a project's own build and output directories count")
  void projectDirectories(BuildMojo mojo) {
    session.getCurrentProject().getBuild().setDirectory(folder.resolve("out").toString());
    session.getCurrentProject().getBuild().setOutputDirectory(folder.resolve("out/c").toString());
    BuildRequest request = mojo.request(lock(mojo));

    assertThat(request.settings().workDirectory()).isEqualTo(folder.resolve("out/nix"));
    assertThat(request.copyRoot()).isEqualTo(folder.resolve("out/c"));
  }

  /** The parameters of nix:build that are not part of a {@code <cargo>}. */
  private static final String NEUTRAL =
      "<toolchainLock>/x/lock.json</toolchainLock><overrides>/x/overrides.toml</overrides>"
          + "<mirror>http://m/debian</mirror><securityMirror>http://m/security</securityMirror>"
          + "<snapshotMirror>http://m/snapshot</snapshotMirror>"
          + "<workDirectory>/x/work</workDirectory><nixDirectory>/x/bin</nixDirectory>"
          + "<maxJobs>3</maxJobs><cores>4</cores>"
          + "<copies><copy><from>lib/liba.so</from><to>native/</to>"
          + "<target>x86_64-unknown-linux-gnu</target></copy>"
          + "<copy><from>bin/a</from></copy></copies>";

  private static final String CARGO =
      "<members><member>a</member><member>b</member></members>"
          + "<wasmOpt> -Oz  --enable-simd </wasmOpt><strip>true</strip>"
          + "<component><world>w</world><wit>.</wit><assets>.</assets></component>"
          + "<targets><target>x86_64-unknown-linux-gnu</target>"
          + "<target>wasm32-unknown-unknown</target></targets>";

  @Test
  @InjectMojo(
      goal = "build",
      pom = BEFORE + NEUTRAL + "<cargoNix>/x/Cargo.nix</cargoNix>" + CARGO + AFTER)
  @DisplayName("every parameter of nix:build reaches the request")
  void everyParameter(BuildMojo mojo) {
    assertThat(mojo.request(lock(mojo)))
        .isEqualTo(everything(Path.of("/x/Cargo.nix"), mojo.context()));
  }

  @Test
  @InjectMojo(
      goal = "build",
      pom =
          BEFORE
              + NEUTRAL
              + "<locks><cargo><lock>Cargo.lock</lock>"
              + CARGO
              + "</cargo></locks>"
              + AFTER)
  @DisplayName("every element of a <cargo> reaches the request")
  void everyElement(BuildMojo mojo) {
    assertThat(mojo.request(lock(mojo)))
        .isEqualTo(everything(folder.resolve("Cargo.nix"), mojo.context()));
  }

  private BuildRequest everything(Path cargoNix, Context context) {
    return new BuildRequest(
        new BuildSettings(
            new RustBuild(
                folder.resolve("Cargo.toml"),
                cargoNix,
                List.of("wasm32-unknown-unknown", "x86_64-unknown-linux-gnu"),
                new PostSteps(
                    List.of("-Oz", "--enable-simd"),
                    true,
                    new PostSteps.Component("w", folder, null, folder, null))),
            Path.of("/x/lock.json"),
            new Mirrors(
                URI.create("http://m/debian"),
                URI.create("http://m/security"),
                URI.create("http://m/snapshot")),
            List.of("a", "b"),
            Path.of("/x/work"),
            Path.of("/x/bin"),
            3,
            4,
            context,
            Path.of("/x/overrides.toml")),
        List.of(
            new FileCopy("lib/liba.so", "native/", "x86_64-unknown-linux-gnu"),
            new FileCopy("bin/a", "", null)),
        folder.resolve("target/classes"));
  }

  @Test
  @InjectMojo(goal = "build")
  @DisplayName("the project's own toolchain lock is used as soon as it is there")
  void ownLock(BuildMojo mojo) throws Exception {
    Path lock = Files.writeString(folder.resolve("nix-toolchain.lock.json"), "{}");

    assertThat(mojo.request(lock(mojo)).settings().toolchainLock()).isEqualTo(lock);
  }

  @Test
  @InjectMojo(goal = "build")
  @DisplayName("Nix's directory is found by the former name of its property")
  void formerProperty(BuildMojo mojo) {
    session.getUserProperties().setProperty("nix.executables", "/x/bin");

    assertThat(mojo.request(lock(mojo)).settings().nixDirectory()).isEqualTo(Path.of("/x/bin"));
  }

  @Test
  @InjectMojo(goal = "build", pom = BEFORE + "<copies><copy/></copies>" + AFTER)
  @DisplayName("a copy without a source is refused with what to write")
  void copyWithoutFrom(BuildMojo mojo) {
    assertThatThrownBy(() -> mojo.request(lock(mojo)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("<from>lib/libfoo.so</from>");
  }

  @Test
  @InjectMojo(
      goal = "build",
      pom =
          BEFORE
              + "<skip>true</skip><copies><copy><from>lib/libfoo.so</from></copy></copies>"
              + AFTER)
  @DisplayName("nix:build that is skipped says which files are then not copied")
  void skippedCopies(BuildMojo mojo) throws Exception {
    assertThat(execute(mojo))
        .containsExactly(
            "Skipped by <skip>: not copied to "
                + folder.resolve("target/classes")
                + ": lib/libfoo.so");
  }

  @Test
  @InjectMojo(goal = "test")
  @DisplayName("nix:test reports where Surefire does")
  void tests(TestMojo mojo) {
    assertThat(mojo.request(lock(mojo)).reports())
        .isEqualTo(folder.resolve("target/surefire-reports"));
    assertThat(mojo.request(lock(mojo)).arguments()).isEmpty();
  }

  @Test
  @InjectMojo(
      goal = "test",
      pom =
          BEFORE
              + "<reports>/x/reports</reports><cores>2</cores><maxJobs>5</maxJobs>"
              + "<arguments><argument>--skip</argument><argument>slow</argument></arguments>"
              + AFTER)
  @DisplayName("nix:test does as it is told")
  void toldTests(TestMojo mojo) {
    TestRequest request = mojo.request(lock(mojo));
    assertThat(request.reports()).isEqualTo(Path.of("/x/reports"));
    assertThat(request.arguments()).containsExactly("--skip", "slow");
    assertThat(request.settings().cores()).isEqualTo(2);
    assertThat(request.settings().maxJobs()).isEqualTo(5);
  }

  @Test
  @InjectMojo(goal = "build", pom = BEFORE + "<component/>" + AFTER)
  @DisplayName("a component without a world is refused with what to write")
  void worldless(BuildMojo mojo) {
    assertThatThrownBy(() -> mojo.request(lock(mojo)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("<world>my-world</world>");
  }

  @Test
  @InjectMojo(goal = "build", pom = BEFORE + "<component><world>chat</world></component>" + AFTER)
  @DisplayName("a component without WIT files is refused with what to write")
  void witless(BuildMojo mojo) {
    assertThatThrownBy(() -> mojo.request(lock(mojo)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(folder.resolve("wit") + ": no such file or directory")
        .hasMessageContaining("<wit>");
  }

  @Test
  @InjectMojo(goal = "verify")
  @DisplayName("nix:verify reports beside the links; its policy counts where there is one")
  void verify(VerifyMojo mojo) {
    VerifyRequest request = mojo.request(lock(mojo));
    assertThat(request.report()).isEqualTo(folder.resolve("target/nix/verify.json"));
    assertThat(request.policy()).isNull();
    assertThat(request.limit()).isEqualTo(Duration.ofMinutes(60));
  }

  @Test
  @InjectMojo(
      goal = "verify",
      pom = BEFORE + "<report>/x/r.json</report><policy>/x/p.toml</policy>" + AFTER)
  @DisplayName("nix:verify takes a policy and a report that are named")
  void toldVerify(VerifyMojo mojo) {
    assertThat(mojo.request(lock(mojo)).report()).isEqualTo(Path.of("/x/r.json"));
    assertThat(mojo.request(lock(mojo)).policy()).isEqualTo(Path.of("/x/p.toml"));
  }

  @Test
  @InjectMojo(goal = "verify", pom = BEFORE + "<timeout>0</timeout>" + AFTER)
  @DisplayName("a rebuild has time")
  void noTime(VerifyMojo mojo) {
    assertThatThrownBy(() -> mojo.request(lock(mojo)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("`timeout` is 0 minutes, too short for any rebuild");
  }

  @Test
  @InjectMojo(goal = "verify", pom = BEFORE + "<reportDirectory>file</reportDirectory>" + AFTER)
  @DisplayName("nix:verify says that its page cannot be written before it looks at anything else")
  void noPlaceForThePage(VerifyMojo mojo) throws Exception {
    Files.writeString(folder.resolve("file"), "");

    assertThatThrownBy(mojo::run)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("file/report.html: the file cannot be written: ")
        .hasMessageContaining("is not a directory");
    assertThat(folder.resolve("target")).doesNotExist();
  }

  @Test
  @InjectMojo(goal = "toolchain")
  @DisplayName("nix:toolchain asks for the newest Rust of Debian 13")
  void toolchain(ToolchainMojo mojo) throws Exception {
    assertThat(mojo.request(mojo.locks(), Set.of()))
        .isEqualTo(
            new Toolchain.Request(
                List.of("trixie"),
                Mirrors.DEBIAN,
                null,
                List.of(Rust.LANGUAGE),
                ToolchainLock.standard().roots(),
                folder.resolve("nix-toolchain.lock.json")));
  }

  @Test
  @InjectMojo(goal = "toolchain")
  @DisplayName("nix:toolchain asks for the Rust that the project asks for")
  void askedToolchain(ToolchainMojo mojo) throws Exception {
    Path file = folder.resolve("rust-toolchain.toml");
    Files.writeString(file, "[toolchain]\nchannel = \"1.90\"\n");
    assertThat(mojo.request(mojo.locks(), Set.of()).suites())
        .containsExactly("trixie", "trixie-backports");

    Files.writeString(file, "[toolchain]\nchannel = \"1.85\"\n");
    assertThat(mojo.request(mojo.locks(), Set.of()).suites()).containsExactly("trixie");
  }

  @Test
  @InjectMojo(
      goal = "toolchain",
      pom =
          BEFORE
              + "<suites><suite>forky</suite></suites><packages><package>rustc</package></packages>"
              + "<targets><target>wasm32-wasip1</target>"
              + "<target>x86_64-unknown-linux-gnu</target></targets>"
              + "<keyring>/x/keys.gpg</keyring><mirror>http://m/debian</mirror>"
              + AFTER)
  @DisplayName("nix:toolchain asks for what it is told")
  void toldToolchain(ToolchainMojo mojo) throws Exception {
    assertThat(mojo.request(mojo.locks(), Set.of("libssl-dev")))
        .isEqualTo(
            new Toolchain.Request(
                List.of("forky"),
                new Mirrors(
                    URI.create("http://m/debian"),
                    Mirrors.DEBIAN.security(),
                    Mirrors.DEBIAN.snapshot()),
                Path.of("/x/keys.gpg"),
                List.of(Rust.LANGUAGE),
                List.of(
                    "binaryen",
                    "clang",
                    "libssl-dev",
                    "libstd-rust-dev-wasm32",
                    "lld",
                    "rustc",
                    "wasi-libc"),
                folder.resolve("nix-toolchain.lock.json")));
  }

  @Test
  @DisplayName("a pinned toolchain is described by what changed")
  void pinned() throws Exception {
    ToolchainLock lock = ToolchainLock.standard();
    String count = lock.packages().size() + " packages";

    assertThat(ToolchainMojo.describe("L", new Toolchain.Pinned(lock, List.of())))
        .containsExactly("Nothing changed: L pins " + count);
    assertThat(
            ToolchainMojo.describe(
                "L",
                new Toolchain.Pinned(
                    lock,
                    List.of(
                        new Toolchain.Change("a", null, "1"),
                        new Toolchain.Change("b", "1", "2"),
                        new Toolchain.Change("c", "1", null)))))
        .containsExactly(
            "Wrote L: " + count,
            "  added   a 1",
            "  changed b 1 -> 2",
            "  removed c 1",
            "The next build builds everything again, once: the toolchain is an input of all.");
    assertThat(
            ToolchainMojo.describe(
                "L", new Toolchain.Pinned(lock, List.of(new Toolchain.Change("a", null, "1")))))
        .containsExactly("Wrote L: " + count);
  }

  @Test
  @DisplayName("a generated file is described by what changed, and a first one by its size")
  void generated() {
    assertThat(
            GenerateMojo.describe(
                "C", new GenerateResult(false, false, 1, List.of(), List.of(), List.of())))
        .containsExactly("Nothing changed: C pins 1 crate");
    assertThat(
            GenerateMojo.describe(
                "C",
                new GenerateResult(true, true, 2, List.of("a 1", "b 1"), List.of(), List.of())))
        .containsExactly(
            "Wrote C: 2 crates", "  Changes made to it by hand or by a merge are lost.");
    assertThat(
            GenerateMojo.describe(
                "C",
                new GenerateResult(
                    true,
                    false,
                    3,
                    List.of("a 1.0.0"),
                    List.of("b 1.0.0"),
                    List.of("c 1.0.0 -> 1.1.0"))))
        .containsExactly(
            "Wrote C: 3 crates",
            "  added   a 1.0.0",
            "  removed b 1.0.0",
            "  changed c 1.0.0 -> 1.1.0");
  }

  @Test
  @DisplayName(
      "a user's mistake fails the build with its whole message, and nothing is appended to it")
  void mistakes() {
    assertThatThrownBy(
            () ->
                failing(new InputException(null, "wrong", "Mend it.", new IOException("inner")))
                    .execute())
        .isInstanceOf(MojoFailureException.class)
        .hasMessage("wrong\n  Mend it.")
        .hasNoCause();
  }

  @Test
  @DisplayName("a fault of the machine is an error that says which fault")
  void faults() {
    assertThatThrownBy(() -> failing(new AccessDeniedException("/x")).execute())
        .isInstanceOf(MojoExecutionException.class)
        .hasMessage("AccessDeniedException: /x");
    assertThatThrownBy(() -> failing(new IOException("No space left on device")).execute())
        .isInstanceOf(MojoExecutionException.class)
        .hasMessage("No space left on device");
  }

  @Test
  @DisplayName("an interruption is an error, and the thread stays interrupted")
  void interruption() {
    assertThatThrownBy(() -> failing(new InterruptedException()).execute())
        .isInstanceOf(MojoExecutionException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  private AbstractNixMojo failing(Exception fault) {
    return new AbstractNixMojo(session) {
      @Override
      @Nullable String skippedBy() {
        return null;
      }

      @Override
      void run() throws IOException, InterruptedException {
        if (fault instanceof IOException e) {
          throw e;
        }
        if (fault instanceof InterruptedException e) {
          throw e;
        }
        throw (RuntimeException) fault;
      }
    };
  }
}
