package io.github.nixmaven.builder.realise;

import io.github.nixmaven.builder.toolchain.Mirrors;
import io.github.nixmaven.builder.toolchain.ToolchainChoice;
import io.github.nixmaven.builder.toolchain.ToolchainLock;
import io.github.nixmaven.generator.pin.Context;
import io.github.nixmaven.generator.pin.ListedPackage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings that every building goal needs.
 *
 * @param build the generated file, and how it is built
 * @param toolchainLock the lock of the toolchain, or null for one in the plugin
 * @param mirrors where the toolchain's packages come from
 * @param members the workspace members to build; empty for all
 * @param workDirectory where links to outputs, reports and the expressions of the builder go,
 *     usually {@code target/nix}
 * @param nixDirectory where Nix's commands are, or null for the search path
 * @param maxJobs how many packages are built at once; 0 for as many as there are processors
 * @param cores how many threads one build may use; 0 for as many as there are processors
 * @param context where caches are, the environment, and whether nothing may be downloaded
 * @param overrides the user's rows of the override table, or null where there are none
 */
public record BuildSettings(
    Build build,
    @Nullable Path toolchainLock,
    Mirrors mirrors,
    List<String> members,
    Path workDirectory,
    @Nullable Path nixDirectory,
    int maxJobs,
    int cores,
    Context context,
    @Nullable Path overrides) {
  /** The toolchain to build with. */
  public ToolchainLock toolchain() throws IOException {
    return toolchain(ListedPackage.ofExisting(build.language().ecosystem(), build.file())).lock();
  }

  ToolchainChoice toolchain(List<ListedPackage> packages) throws IOException {
    return ToolchainChoice.of(
        toolchainLock, build.language(), build.request().directory(), packages);
  }

  /** Whether nothing may be downloaded. */
  public boolean offline() {
    return context.offline();
  }

  /** The same for the machine that builds, and nothing done after the build. */
  public BuildSettings natively() {
    return new BuildSettings(
        build.natively(),
        toolchainLock,
        mirrors,
        members,
        workDirectory,
        nixDirectory,
        maxJobs,
        cores,
        context,
        overrides);
  }
}
