package io.github.nixmaven.generator.cargo.resolve;

import io.github.nixmaven.generator.cargo.manifest.Target;

/**
 * Where a unit stands in the graph, which decides profile and features of what it needs.
 *
 * @param host whether it runs while building, so that the build profile holds
 * @param hostFeatures whether the host's features hold
 * @param alwaysUnwind whether {@code panic} is set aside
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
