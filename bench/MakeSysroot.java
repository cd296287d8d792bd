import io.github.nixmaven.plugin.nix.HermeticOptions;
import io.github.nixmaven.plugin.nix.NixCommand;
import io.github.nixmaven.plugin.toolchain.Mirrors;
import io.github.nixmaven.plugin.toolchain.Sysroot;
import io.github.nixmaven.plugin.toolchain.ToolchainLock;
import java.nio.file.Path;

/** Makes the default toolchain present, as {@code nix:build} does: {@code MakeSysroot CACHE}. */
final class MakeSysroot {
  private MakeSysroot() {}

  public static void main(String[] arguments) throws Exception {
    System.out.println(
        new Sysroot(Path.of(arguments[0]), Mirrors.DEBIAN)
            .ensure(
                ToolchainLock.standard(),
                new NixCommand(null),
                HermeticOptions.withoutSysroot().arguments(),
                (what, done, total) -> {},
                null));
  }
}
