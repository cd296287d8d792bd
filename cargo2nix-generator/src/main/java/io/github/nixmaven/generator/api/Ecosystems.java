package io.github.nixmaven.generator.api;

import io.github.nixmaven.generator.cargo.CargoEcosystem;
import io.github.nixmaven.generator.pin.Ecosystem;
import java.util.List;

/**
 * All ecosystems. Add a new one here. There is no search for classes, because a run takes only 0.3
 * s.
 */
public final class Ecosystems {
  /** The order in which a directory is searched for their locks. */
  public static final List<Ecosystem> ALL = List.of(CargoEcosystem.CARGO);

  private Ecosystems() {}
}
