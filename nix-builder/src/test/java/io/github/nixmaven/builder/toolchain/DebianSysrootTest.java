package io.github.nixmaven.builder.toolchain;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nixmaven.builder.command.Command;
import io.github.nixmaven.builder.nix.NixFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fetches 200 MB and takes 2 GB of disk, once. */
@Tag("sysroot")
@DisplayName("The default sysroot")
class DebianSysrootTest {
  private static final Command NIX = new Command(null, System.getenv());
  private static final List<String> OPTIONS =
      List.of("--option", "build-users-group", "", "--option", "substitute", "false");

  @Test
  @DisplayName("compiles and runs Rust, C and C++ in Nix's sandbox, with nothing of the host")
  void compiles(@TempDir Path folder) throws Exception {
    String sysroot =
        new Sysroot(NixFixture.CONTEXT.cache(), Mirrors.DEBIAN, System.getenv())
            .ensure(
                ToolchainLock.standard(),
                NIX,
                OPTIONS,
                (what, done, total) -> System.out.println(what + " " + done + "/" + total),
                null);
    Path expression =
        Files.writeString(
            folder.resolve("test.nix"),
            """
            derivation {
              name = "sysroot-test";
              system = "x86_64-linux";
              builder = "/bin/sh";
              sysroot = builtins.storePath "%s";
              salt = "%d";
              PATH = "/usr/bin";
              args = [ "-euc" ''
                cat > a.rs <<EOF
                #[link(name = "c_part", kind = "static")]
                extern "C" { fn answer() -> i32; }
                fn main() { println!("rust {}", unsafe { answer() }); }
                EOF
                echo 'int answer(void) { return 42; }' > c_part.c
                cc -O2 -c c_part.c
                ar crs libc_part.a c_part.o
                rustc -O -L . a.rs
                cat > b.cc <<EOF
                #include <iostream>
                #include <thread>
                int main() { std::thread([] { std::cout << "c++" << std::endl; }).join(); }
                EOF
                c++ -pthread b.cc -o b
                c++ -static b.cc -o static
                printf 'x:\\n\\t@echo make\\n' > Makefile
                {
                  ./a; ./b; ./static; make
                  echo awk | awk '{ print $1 }'
                  perl -e 'print "perl\\n"'
                  pkg-config --version > /dev/null && echo pkg-config
                  cargo --version | cut -d' ' -f1
                  echo x | xz | xz -d; echo x | gzip | gunzip; echo x | bzip2 | bunzip2
                  which which
                  test ! -e /etc/debian_version && test ! -e /root && echo nothing-of-the-host
                } > $out
              '' ];
            }
            """
                .formatted(sysroot, System.nanoTime()));
    List<String> arguments = new ArrayList<>(OPTIONS);
    arguments.addAll(
        List.of(
            "--option",
            "sandbox",
            "true",
            "--option",
            "sandbox-paths",
            Stream.of("/usr=/usr", "/bin=/usr/bin", "/lib=/usr/lib", "/lib64=/usr/lib64")
                .map(bind -> bind.replace("=", "=" + sysroot))
                .reduce((a, b) -> a + " " + b)
                .orElseThrow(),
            "--no-out-link",
            expression.toString()));
    Path result = Path.of(NIX.capture("nix-build", arguments));
    assertThat(result)
        .hasContent(
            """
            rust 42
            c++
            c++
            make
            awk
            perl
            pkg-config
            cargo
            x
            x
            x
            /usr/bin/which
            nothing-of-the-host
            """);
  }

  @Test
  @DisplayName("has no link that leads nowhere, and no absolute one")
  void links(@TempDir Path folder) throws Exception {
    Path sysroot =
        Path.of(
            new Sysroot(NixFixture.CONTEXT.cache(), Mirrors.DEBIAN, System.getenv())
                .ensure(ToolchainLock.standard(), NIX, OPTIONS, (what, done, total) -> {}, null));
    try (Stream<Path> walk = Files.walk(sysroot)) {
      assertThat(walk.filter(Files::isSymbolicLink))
          .isNotEmpty()
          .allSatisfy(
              link -> {
                assertThat(Files.readSymbolicLink(link).isAbsolute()).isFalse();
                assertThat(link).exists();
              });
    }
  }
}
