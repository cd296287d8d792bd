package io.github.nixmaven.plugin.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.builder.realise.BuildRequest;
import io.github.nixmaven.builder.realise.BuildService;
import io.github.nixmaven.builder.realise.BuildSettings;
import io.github.nixmaven.builder.realise.FileCopy;
import io.github.nixmaven.builder.realise.PostSteps;
import io.github.nixmaven.builder.report.ReportService;
import io.github.nixmaven.builder.testing.TestRequest;
import io.github.nixmaven.builder.testing.TestService;
import io.github.nixmaven.builder.toolchain.Mirrors;
import io.github.nixmaven.builder.toolchain.Targets;
import io.github.nixmaven.builder.toolchain.Toolchain;
import io.github.nixmaven.builder.toolchain.ToolchainLock;
import io.github.nixmaven.builder.verify.VerifyService;
import io.github.nixmaven.generator.api.GenerateResult;
import io.github.nixmaven.generator.text.InputException;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestsTest {
  @TempDir private Path folder;

  @Test
  @DisplayName(
      "without configuration all members are built with the plugin's own toolchain into target/nix")
  void defaults() throws Exception {
    BuildRequest request = build(MojoFixture.session(folder)).request();

    assertThat(request)
        .isEqualTo(
            new BuildRequest(
                new BuildSettings(
                    folder.resolve("Cargo.nix"),
                    null,
                    Mirrors.DEBIAN,
                    List.of(),
                    List.of(Targets.NATIVE),
                    PostSteps.NONE,
                    folder.resolve("target/nix"),
                    null,
                    0,
                    0,
                    false,
                    null),
                List.of(),
                folder.resolve("target/classes")));
  }

  @Test
  @DisplayName("what need not be there need not be, however Maven was led to the POM")
  void usualFilesByAnotherPath() throws Exception {
    BuildMojo mojo = build(MojoFixture.session(folder));
    mojo.toolchainLock = folder.resolve("sub/../nix-toolchain.lock.json").toFile();
    mojo.overrides = folder.resolve("sub/../nix-overrides.toml").toFile();

    assertThat(mojo.request().settings().toolchainLock()).isNull();
    assertThat(mojo.request().settings().overrides()).isNull();
  }

  @Test
  @DisplayName("in a project its own build and output directories count")
  void projectDirectories() throws Exception {
    BuildRequest request = build(projectSession()).request();

    assertThat(request.settings().workDirectory()).isEqualTo(folder.resolve("out/nix"));
    assertThat(request.copyRoot()).isEqualTo(folder.resolve("out/c"));
  }

  @Test
  @DisplayName("every parameter of nix:build reaches the request")
  void everyParameter() throws Exception {
    BuildMojo mojo = build(MojoFixture.session(folder));
    mojo.cargoNix = new File("/x/Cargo.nix");
    mojo.toolchainLock = new File("/x/lock.json");
    mojo.overrides = new File("/x/overrides.toml");
    mojo.mirror = URI.create("http://m/debian");
    mojo.securityMirror = URI.create("http://m/security");
    mojo.snapshotMirror = URI.create("http://m/snapshot");
    mojo.members = List.of("a", "b");
    mojo.wasmOpt = " -Oz  --enable-simd ";
    mojo.strip = true;
    mojo.component = new Component();
    mojo.component.world = "w";
    mojo.component.wit = folder.toFile();
    mojo.component.assets = folder.toFile();
    mojo.targets = List.of("x86_64-unknown-linux-gnu", "wasm32-unknown-unknown");
    mojo.workDirectory = new File("/x/work");
    mojo.nixDirectory = new File("/x/bin");
    mojo.maxJobs = 3;
    mojo.cores = 4;
    Copy copy = new Copy();
    copy.from = "lib/liba.so";
    copy.to = "native/";
    copy.target = "x86_64-unknown-linux-gnu";
    Copy plain = new Copy();
    plain.from = "bin/a";
    mojo.copies = List.of(copy, plain);

    assertThat(mojo.request())
        .isEqualTo(
            new BuildRequest(
                new BuildSettings(
                    Path.of("/x/Cargo.nix"),
                    Path.of("/x/lock.json"),
                    new Mirrors(
                        URI.create("http://m/debian"),
                        URI.create("http://m/security"),
                        URI.create("http://m/snapshot")),
                    List.of("a", "b"),
                    List.of("wasm32-unknown-unknown", "x86_64-unknown-linux-gnu"),
                    new PostSteps(
                        List.of("-Oz", "--enable-simd"),
                        true,
                        new PostSteps.Component("w", folder, null, folder, null)),
                    Path.of("/x/work"),
                    Path.of("/x/bin"),
                    3,
                    4,
                    false,
                    Path.of("/x/overrides.toml")),
                List.of(
                    new FileCopy("lib/liba.so", "native/", "x86_64-unknown-linux-gnu"),
                    new FileCopy("bin/a", "", null)),
                folder.resolve("target/classes")));
  }

  @Test
  @DisplayName("the project's own toolchain lock is used as soon as it is there")
  void ownLock() throws Exception {
    Path lock = Files.writeString(folder.resolve("nix-toolchain.lock.json"), "{}");

    assertThat(build(MojoFixture.session(folder)).request().settings().toolchainLock())
        .isEqualTo(lock);
  }

  @Test
  @DisplayName("a copy without a source is refused with what to write")
  void copyWithoutFrom() throws Exception {
    BuildMojo mojo = build(MojoFixture.session(folder));
    mojo.copies = List.of(new Copy());

    assertThatThrownBy(mojo::request)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("<from>lib/libfoo.so</from>");
  }

  @Test
  @DisplayName("nix:test reports where Surefire does, unless it is told where")
  void tests() throws Exception {
    TestMojo mojo = goal(new TestMojo(MojoFixture.session(folder), new TestService()));
    assertThat(mojo.request().reports()).isEqualTo(folder.resolve("target/surefire-reports"));
    assertThat(mojo.request().arguments()).isEmpty();

    mojo.reports = new File("/x/reports");
    mojo.arguments = List.of("--skip", "slow");
    assertThat(mojo.request().reports()).isEqualTo(Path.of("/x/reports"));
    assertThat(mojo.request().arguments()).containsExactly("--skip", "slow");
  }

  @Test
  @DisplayName("a component without a world, or without WIT files, is refused with what to write")
  void badComponent() throws Exception {
    BuildMojo mojo = build(MojoFixture.session(folder));
    mojo.component = new Component();

    assertThatThrownBy(mojo::request)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("<world>my-world</world>");
    mojo.component.world = "chat";
    assertThatThrownBy(mojo::request)
        .isInstanceOf(InputException.class)
        .hasMessageContaining(folder.resolve("wit") + ": no such file or folder")
        .hasMessageContaining("<wit>");
  }

  @Test
  @DisplayName(
      "nix:verify reports where it is told, by default beside the links; its policy counts where"
          + " there is one, or where it was asked for by name")
  void verify() throws Exception {
    VerifyMojo mojo =
        goal(new VerifyMojo(MojoFixture.session(folder), new VerifyService(), new ReportService()));
    mojo.policy = folder.resolve("reproducibility.toml").toFile();
    assertThatThrownBy(mojo::request)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("a rebuild cannot end in 0 minutes");
    mojo.timeout = 60;
    assertThat(mojo.request().report()).isEqualTo(folder.resolve("target/nix/verify.json"));
    assertThat(mojo.request().policy()).isNull();
    mojo.report = new File("/x/r.json");
    mojo.policy = new File("/x/p.toml");
    assertThat(mojo.request().report()).isEqualTo(Path.of("/x/r.json"));
    assertThat(mojo.request().policy()).isEqualTo(Path.of("/x/p.toml"));
  }

  @Test
  @DisplayName("a list without entries, which Maven gives where nothing is configured, is no list")
  void emptyLists() throws Exception {
    MavenSession session = MojoFixture.session(folder);
    BuildMojo build = build(session);
    BuildRequest absent = build.request();
    build.members = List.of();
    build.copies = List.of();
    assertThat(build.request()).isEqualTo(absent);

    TestMojo test = goal(new TestMojo(session, new TestService()));
    TestRequest untold = test.request();
    test.arguments = List.of();
    assertThat(test.request()).isEqualTo(untold);

    ToolchainMojo toolchain = goal(new ToolchainMojo(session));
    Toolchain.Request usual = toolchain.request(Set.of());
    toolchain.packages = List.of();
    toolchain.suites = List.of();
    toolchain.targets = List.of();
    assertThat(toolchain.request(Set.of())).isEqualTo(usual);
  }

  @Test
  @DisplayName("nix:verify says that its page cannot be written before it looks at anything else")
  void noPlaceForThePage() throws Exception {
    VerifyMojo mojo =
        goal(new VerifyMojo(MojoFixture.session(folder), new VerifyService(), new ReportService()));
    mojo.policy = folder.resolve("reproducibility.toml").toFile();
    mojo.timeout = 60;
    mojo.reportDirectory = Files.writeString(folder.resolve("file"), "").toFile();

    assertThatThrownBy(mojo::run)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("file/report.html: this cannot be written: ")
        .hasMessageContaining("is no folder");
    assertThat(folder.resolve("target")).doesNotExist();
  }

  @Test
  @DisplayName("nix:toolchain asks for the newest Rust of Debian 13, or for what it is told")
  void toolchain() throws Exception {
    ToolchainMojo mojo = goal(new ToolchainMojo(MojoFixture.session(folder)));
    Path lock = folder.resolve("nix-toolchain.lock.json");
    assertThat(mojo.request(Set.of()))
        .isEqualTo(
            new Toolchain.Request(
                List.of("trixie"), Mirrors.DEBIAN, null, ToolchainLock.standard().roots(), lock));
    mojo.suites = List.of("forky");
    mojo.packages = List.of("rustc");
    mojo.targets = List.of("wasm32-wasip1", "x86_64-unknown-linux-gnu");
    mojo.keyring = new File("/x/keys.gpg");
    assertThat(mojo.request(Set.of("libssl-dev")))
        .isEqualTo(
            new Toolchain.Request(
                List.of("forky"),
                Mirrors.DEBIAN,
                Path.of("/x/keys.gpg"),
                List.of(
                    "binaryen",
                    "clang",
                    "libssl-dev",
                    "libstd-rust-dev-wasm32",
                    "lld",
                    "rustc",
                    "wasi-libc"),
                lock));
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
            "Wrote L: " + count, "  added   a 1", "  changed b 1 -> 2", "  removed c 1");
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
            "Wrote C: 2 crates", "  What was changed in it by hand, or by a merge, is gone.");
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
    return new AbstractNixMojo(MojoFixture.session(folder)) {
      @Override
      boolean isGoalSkipped() {
        return false;
      }

      @Override
      String skipProperty() {
        return "";
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

  private MavenSession projectSession() {
    Model model = new Model();
    Build build = new Build();
    build.setDirectory(folder.resolve("out").toString());
    build.setOutputDirectory(folder.resolve("out/c").toString());
    model.setBuild(build);
    MavenProject project = new MavenProject(model);
    project.setFile(folder.resolve("pom.xml").toFile());
    MavenSession session = MojoFixture.session(folder);
    session.setProjects(List.of(project));
    return session;
  }

  private BuildMojo build(MavenSession session) throws Exception {
    return goal(new BuildMojo(session, new BuildService()));
  }

  /** A goal with the files that Maven would put in by default. */
  private <T extends AbstractToolchainMojo> T goal(T mojo) {
    mojo.toolchainLock = folder.resolve("nix-toolchain.lock.json").toFile();
    mojo.overrides = folder.resolve("nix-overrides.toml").toFile();
    mojo.cargoNix = folder.resolve("Cargo.nix").toFile();
    if (mojo instanceof AbstractBuildMojo build) {
      build.targets = List.of(Targets.NATIVE);
    }
    return mojo;
  }
}
