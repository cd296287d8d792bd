package io.github.nixmaven.builder.nix;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options every build runs with, whatever {@code nix.conf} says: in the sandbox or not at all,
 * on this machine, with nothing taken from a cache.
 */
public final class HermeticOptions {
  private static final String SANDBOX_PATHS = "sandbox-paths";

  private final List<String> arguments;

  HermeticOptions(List<String> arguments) {
    this.arguments = List.copyOf(arguments);
  }

  /** The options for derivations that need no compiler, such as downloads. */
  public static HermeticOptions withoutSysroot() throws IOException {
    return new HermeticOptions(options(null));
  }

  /**
   * The options for builds that see a sysroot in place of the host.
   *
   * @param sysroot the sysroot's store path; its {@code usr} becomes the sandbox's {@code /usr}
   */
  public static HermeticOptions withSysroot(Path sysroot) throws IOException {
    return new HermeticOptions(options(sysroot));
  }

  /**
   * The same with a limit to parallelism.
   *
   * @param maxJobs how many derivations are built at once; 0 for as many as there are processors
   * @param cores how many threads a builder is told to use; 0 for as many as there are processors
   */
  public HermeticOptions withParallelism(int maxJobs, int cores) {
    List<String> result = new ArrayList<>(arguments);
    result.addAll(
        List.of(
            "--max-jobs",
            maxJobs == 0 ? "auto" : Integer.toString(maxJobs),
            "--cores",
            Integer.toString(cores)));
    return new HermeticOptions(result);
  }

  /**
   * The same with another value of one of Nix's settings.
   *
   * @param name its name as in {@code nix.conf}
   */
  public HermeticOptions with(String name, String value) {
    List<String> result = new ArrayList<>(arguments);
    option(result, name, value);
    return new HermeticOptions(result);
  }

  /**
   * The same with more in the sandbox.
   *
   * @param path a file or directory, or {@code PATH=FILE} for one that is at another place there
   */
  public HermeticOptions withSandboxPath(String path) {
    int last = arguments.lastIndexOf(SANDBOX_PATHS);
    String others = last < 0 ? "" : arguments.get(last + 1);
    return with(SANDBOX_PATHS, (others + " " + path).strip());
  }

  /** The options as arguments of any of Nix's commands. */
  public List<String> arguments() {
    return arguments;
  }

  private static List<String> options(@Nullable Path sysroot) throws IOException {
    List<String> result = new ArrayList<>();
    option(result, "sandbox", "true");
    // Otherwise Nix builds without a sandbox where the kernel refuses one.
    option(result, "sandbox-fallback", "false");
    // Nix's default; a compiler may write it into what it makes.
    option(result, "sandbox-build-dir", "/build");
    option(
        result,
        SANDBOX_PATHS,
        sysroot == null
            ? ""
            : "/usr="
                + sysroot
                + "/usr /bin="
                + sysroot
                + "/usr/bin /lib="
                + sysroot
                + "/usr/lib /lib64="
                + sysroot
                + "/usr/lib64");
    // The hook may add paths to the sandbox.
    option(result, "pre-build-hook", "");
    option(result, "substitute", "false");
    option(result, "builders", "");
    if (isRootWithoutBuildUsers()) {
      option(result, "build-users-group", "");
    }
    return result;
  }

  private static void option(List<String> result, String name, String value) {
    result.add("--option");
    result.add(name);
    result.add(value);
  }

  /**
   * Nix run by root insists on build users, which a container or a fresh Debian does not have. In
   * the sandbox the builder is not root even so.
   */
  private static boolean isRootWithoutBuildUsers() throws IOException {
    Path self = Path.of("/proc/self");
    if (!Files.exists(self) || !Integer.valueOf(0).equals(Files.getAttribute(self, "unix:uid"))) {
      return false;
    }
    try {
      FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByGroupName("nixbld");
      return false;
    } catch (UserPrincipalNotFoundException e) {
      return true;
    }
  }
}
