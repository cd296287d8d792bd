package io.github.nixmaven.generator.cargo.resolve;

import io.github.nixmaven.generator.cargo.manifest.Target;

/**
 * The context of a unit in the graph, which decides profile and features of its dependencies.
 *
 * @param host whether it runs during the build, so that the build profile applies
 * @param hostFeatures whether the host's features apply
 * @param alwaysUnwind whether {@code panic} is ignored
 */
record UnitFor(boolean host, boolean hostFeatures, boolean alwaysUnwind) {
  UnitFor withDependency(Target parent, Target dependency) {
    boolean forHost = dependency.isForHost();
    return new UnitFor(
        host || forHost,
        hostFeatures || parent.isCustomBuild() || dependency.isProcMacro(),
        alwaysUnwind || forHost);
  }

  UnitFor forCustomBuild() {
    return new UnitFor(true, hostFeatures, true);
  }
}
