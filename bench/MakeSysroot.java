import io.github.nixmaven.builder.nix.HermeticOptions;
import io.github.nixmaven.builder.command.Command;
import io.github.nixmaven.builder.toolchain.Mirrors;
import io.github.nixmaven.builder.toolchain.Sysroot;
import io.github.nixmaven.builder.toolchain.ToolchainLock;
import java.nio.file.Path;

/** Makes the default toolchain present, as {@code nix:build} does: {@code MakeSysroot CACHE}. */
final class MakeSysroot {
  private MakeSysroot() {}

  public static void main(String[] arguments) throws Exception {
    System.out.println(
        new Sysroot(Path.of(arguments[0]), Mirrors.DEBIAN, System.getenv())
            .ensure(
                ToolchainLock.standard(),
                new Command(null),
                HermeticOptions.withoutSysroot().arguments(),
                (what, done, total) -> {},
                null));
  }
}
