package io.github.nixmaven.generator.api;

import io.github.nixmaven.generator.cargo.CargoEcosystem;
import io.github.nixmaven.generator.pin.Ecosystem;
import java.util.List;

/** All ecosystems. A new one is added here, and looked for nowhere: a run lives 0.3 s. */
public final class Ecosystems {
  /** In the order in which a directory is searched for their locks. */
  public static final List<Ecosystem> ALL = List.of(CargoEcosystem.CARGO);

  private Ecosystems() {}
}
