package io.github.nixmaven.builder.verify;

import io.github.nixmaven.builder.language.Cause;
import io.github.nixmaven.builder.nix.Derivation;
import io.github.nixmaven.builder.verify.inspect.Excerpt;
import io.github.nixmaven.builder.verify.inspect.Place;
import io.github.nixmaven.builder.verify.inspect.Trees;
import io.github.nixmaven.builder.verify.rebuild.Axis;
import io.github.nixmaven.builder.verify.rebuild.Conditions;
import io.github.nixmaven.builder.verify.rebuild.Laboratory;
import io.github.nixmaven.builder.verify.rebuild.RebuildResult;
import io.github.nixmaven.generator.nix.Nar;
import io.github.nixmaven.generator.text.DirectoryTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what the outputs of one derivation depend on, by rebuilding it: once with every
 * condition varied, and where that differs, until it is known with which of them it does.
 */
final class Judge {
  private final Laboratory laboratory;
  private final Derivation derivation;
  private final int slot;
  private final Path copies;
  private final Map<String, OutputResult.Rebuilt> evidence = new HashMap<>();
  private final Set<Cause> causes = EnumSet.noneOf(Cause.class);
  private int rebuilds;
  private boolean different;
  private String failure = "";

  /**
   * @param slot which of those that work at once this is, counted from 0
   * @param copies where outputs that differ are kept
   */
  Judge(Laboratory laboratory, Derivation derivation, int slot, Path copies) {
    this.laboratory = laboratory;
    this.derivation = derivation;
    this.slot = slot;
    this.copies = copies;
  }

  /** Rebuilds and judges. */
  DerivationResult judge() throws IOException, InterruptedException {
    RebuildResult varied = rebuild(Conditions.varying(laboratory.axes()));
    if (varied.isSame()) {
      return judgement(OutputResult.Verdict.IDENTICAL);
    }
    RebuildResult usual =
        varied.kind() == RebuildResult.Kind.SILENT ? varied : rebuild(Conditions.USUAL);
    if (usual.kind() == RebuildResult.Kind.SILENT) {
      return judgement(OutputResult.Verdict.UNKNOWN);
    }
    if (usual.isSame()) {
      isolate(null);
      if (causes.isEmpty()) {
        // Twice the same is more than chance, twice another output in equal conditions is chance.
        RebuildResult again = rebuild(Conditions.varying(laboratory.axes()));
        causes.add(again.equalsIn(varied) ? Cause.INTERACTION : Cause.RANDOM);
      } else if (!rebuild(Conditions.USUAL).isSame()) {
        // That it was equal before was chance, and so was what the conditions seemed to do.
        causes.clear();
        changing();
      }
    } else if (usual.kind() == RebuildResult.Kind.DIFFERENT) {
      changing();
    }
    return judgement(different ? OutputResult.Verdict.DIFFERENT : OutputResult.Verdict.FAILED);
  }

  /**
   * It differs from build to build: the clock is the reason if it does not with a stopped clock.
   */
  private void changing() throws IOException, InterruptedException {
    Conditions standing = Conditions.USUAL.withClockStanding();
    RebuildResult first = rebuild(standing);
    if (first.kind() != RebuildResult.Kind.FAILED && rebuild(standing).equalsIn(first)) {
      causes.add(Cause.TIME);
      isolate(first);
    } else {
      causes.add(Cause.RANDOM);
    }
  }

  /**
   * Varies one condition after the other.
   *
   * @param standing the outcome where the clock stands, to vary the others with a clock that
   *     stands; null where the time is one of those to vary
   */
  private void isolate(@Nullable RebuildResult standing) throws IOException, InterruptedException {
    for (Axis axis : laboratory.axes()) {
      Conditions one = Conditions.varying(axis);
      if (standing == null) {
        if (!rebuild(one).isSame()) {
          causes.add(axis.cause());
        }
      } else if (axis != Axis.TIME && !rebuild(one.withClockStanding()).equalsIn(standing)) {
        causes.add(axis.cause());
      }
    }
  }

  private RebuildResult rebuild(Conditions conditions) throws IOException, InterruptedException {
    rebuilds++;
    RebuildResult outcome = laboratory.rebuild(derivation, conditions, slot, this::keep);
    different |= outcome.kind() == RebuildResult.Kind.DIFFERENT;
    if (outcome.kind() == RebuildResult.Kind.FAILED) {
      failure = outcome.reason();
    }
    return outcome;
  }

  /** The last one is kept: with fewer conditions varied it shows more clearly what they do. */
  private void keep(String output, Path other) throws IOException {
    Path original = Path.of(output);
    Nar.Difference difference = Nar.firstDifference(original, other);
    if (difference == null) {
      difference = new Nar.Difference("", "differs only in what Nix registered", -1);
    }
    Path copy = copies.resolve(original.getFileName());
    try {
      DirectoryTree.delete(copy);
      Trees.copy(other, copy);
    } catch (IOException e) {
      throw new IOException(
          "cannot keep the other build of " + output + " in " + copies + ": " + e.getMessage(), e);
    }
    String place = "";
    String before = "";
    String after = "";
    if (difference.offset() >= 0) {
      Path here = original.resolve(difference.path());
      place = Place.of(here, difference.offset());
      before = Excerpt.of(here, difference.offset());
      after = Excerpt.of(other.resolve(difference.path()), difference.offset());
    }
    evidence.put(
        output,
        new OutputResult.Rebuilt(
            Nar.digest(other), copy.toString(), difference, place, before, after, null));
  }

  private DerivationResult judgement(OutputResult.Verdict verdict) {
    List<Cause> found = new ArrayList<>(causes);
    return new DerivationResult(verdict, found, rebuilds, failure, Map.copyOf(evidence));
  }
}
