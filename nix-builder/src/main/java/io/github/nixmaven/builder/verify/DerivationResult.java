package io.github.nixmaven.builder.verify;

import io.github.nixmaven.builder.language.Cause;
import java.util.List;
import java.util.Map;

/**
 * The result of the rebuilds of one derivation.
 *
 * @param verdict what came of it
 * @param causes what its outputs depend on
 * @param rebuilds how many there were
 * @param failure what Nix says of a rebuild that failed; empty otherwise
 * @param evidence another build of each output that differs, by store path
 */
record DerivationResult(
    OutputResult.Verdict verdict,
    List<Cause> causes,
    int rebuilds,
    String failure,
    Map<String, OutputResult.Rebuilt> evidence) {}
