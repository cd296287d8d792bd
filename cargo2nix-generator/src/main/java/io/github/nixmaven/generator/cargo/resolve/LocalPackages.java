package io.github.nixmaven.generator.cargo.resolve;

import io.github.nixmaven.generator.cargo.lock.CargoLock;
import io.github.nixmaven.generator.cargo.lock.LockedPackage;
import io.github.nixmaven.generator.cargo.manifest.Dependency;
import io.github.nixmaven.generator.cargo.manifest.Manifest;
import io.github.nixmaven.generator.cargo.manifest.Workspace;
import io.github.nixmaven.generator.text.InputException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Maps the entries of a lock without a source to packages on this disk.
 *
 * <p>The lock has only name and version of such a package. If several packages share both, it is
 * the one that members depend on, directly or indirectly. Cargo rejects an ambiguous lock.
 */
final class LocalPackages {
  private static final String OUT_OF_DATE =
      "The lock is out of date: run `cargo update --workspace`.";

  private final CargoLock lock;
  private final Workspace workspace;
  private final Map<String, Integer> indices = new LinkedHashMap<>();
  private final List<Workspace.@Nullable Local> found;
  private final Deque<Integer> todo = new ArrayDeque<>();

  private LocalPackages(CargoLock lock, Workspace workspace) {
    this.lock = lock;
    this.workspace = workspace;
    this.found = new ArrayList<>(Collections.nCopies(lock.packages().size(), null));
  }

  /**
   * Finds the packages.
   *
   * @return for each package of the lock the package on this disk, or null for other sources
   * @throws InputException when the lock lacks a member, or does not match the manifests
   */
  static List<Workspace.@Nullable Local> of(CargoLock lock, Workspace workspace) {
    return new LocalPackages(lock, workspace).find();
  }

  private List<Workspace.@Nullable Local> find() {
    for (int i = 0; i < lock.packages().size(); i++) {
      LockedPackage locked = lock.packages().get(i);
      if (locked.source() == null) {
        indices.put(locked.label(), i);
      }
    }
    for (Workspace.Local local : workspace.packages().values()) {
      if (local.member()) {
        Integer index = indices.get(label(local));
        if (index == null) {
          String present =
              indices.keySet().stream()
                  .filter(label -> label.startsWith(local.manifest().name() + " "))
                  .sorted()
                  .collect(Collectors.joining(", "));
          throw new InputException(
              local.manifest().position(),
              "the lock does not have "
                  + label(local)
                  + (present.isEmpty() ? "" : ", but " + present),
              OUT_OF_DATE);
        }
        take(index, local);
      }
    }
    follow();
    for (Path folder : workspace.patched()) {
      Workspace.Local patch = workspace.packages().get(folder);
      Integer index = patch == null ? null : indices.get(label(patch));
      if (patch != null && index != null && found.get(index) == null) {
        take(index, patch);
        follow();
      }
    }
    for (Map.Entry<String, Integer> entry : indices.entrySet()) {
      if (found.get(entry.getValue()) == null) {
        boolean known =
            workspace.packages().values().stream()
                .map(LocalPackages::label)
                .anyMatch(entry.getKey()::equals);
        throw new InputException(
            lock.packages().get(entry.getValue()).position(),
            "the lock has "
                + entry.getKey()
                + (known
                    ? ", but does not say which package needs it"
                    : ", but the workspace does not"),
            OUT_OF_DATE);
      }
    }
    checkNeeded();
    return found;
  }

  private void checkNeeded() {
    Set<Integer> needed = new HashSet<>();
    for (int i = 0; i < found.size(); i++) {
      Workspace.Local local = found.get(i);
      if (local != null && local.member()) {
        todo.add(i);
      }
    }
    while (!todo.isEmpty()) {
      int index = todo.remove();
      if (needed.add(index)) {
        todo.addAll(lock.packages().get(index).dependencies());
      }
    }
    for (int i = 0; i < found.size(); i++) {
      if (!needed.contains(i)) {
        throw new InputException(
            lock.packages().get(i).position(),
            "the lock has " + lock.packages().get(i).label() + ", but nothing needs it",
            OUT_OF_DATE);
      }
    }
  }

  /** Adds the packages that path dependencies reach, but only those that the lock needs. */
  private void follow() {
    while (!todo.isEmpty()) {
      int index = todo.remove();
      Workspace.Local local = found.get(index);
      for (Dependency dependency :
          local == null ? List.<Dependency>of() : local.manifest().dependencies()) {
        Path path = dependency.path();
        Workspace.Local target = path == null ? null : workspace.packages().get(path);
        Integer needed = target == null ? null : indices.get(label(target));
        if (target != null
            && needed != null
            && lock.packages().get(index).dependencies().contains(needed)) {
          take(needed, target);
        }
      }
    }
  }

  private void take(int index, Workspace.Local local) {
    Workspace.Local other = found.get(index);
    if (other == null) {
      found.set(index, local);
      todo.add(index);
    } else if (!other.equals(local)) {
      throw new InputException(
          local.manifest().position(),
          "two packages are "
              + label(local)
              + ", which a lock cannot tell apart: the other one is in "
              + other.directory(),
          "Change the name or the version of one of them.");
    }
  }

  private static String label(Workspace.Local local) {
    Manifest manifest = local.manifest();
    return manifest.name() + " " + manifest.version();
  }
}
