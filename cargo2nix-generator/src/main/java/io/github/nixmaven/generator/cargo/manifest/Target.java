package io.github.nixmaven.generator.cargo.manifest;

import java.util.List;

/**
 * A target of a package (the Cargo Book, "Cargo Targets").
 *
 * @param kind its kind
 * @param name its name
 * @param path the root source file, relative to the package, with {@code /}
 * @param crateTypes the crate types of a library or example library; {@code bin} otherwise
 * @param requiredFeatures the features without which it is not built
 * @param edition the edition it is compiled with
 * @param tested whether {@code cargo test} builds it
 * @param benched whether {@code cargo bench} builds it
 * @param harness whether rustc's test harness is linked
 * @param documented whether {@code cargo doc} documents it
 * @param doctested whether {@code cargo test} runs the examples in its documentation
 */
public record Target(
    Kind kind,
    String name,
    String path,
    List<String> crateTypes,
    List<String> requiredFeatures,
    String edition,
    boolean tested,
    boolean benched,
    boolean harness,
    boolean documented,
    boolean doctested) {

  private static final List<String> PROC_MACRO = List.of("proc-macro");

  /** The kinds of targets. */
  public enum Kind {
    LIB,
    BIN,
    EXAMPLE,
    TEST,
    BENCH,
    CUSTOM_BUILD
  }

  /** Whether this is a procedural macro. */
  public boolean isProcMacro() {
    return kind == Kind.LIB && crateTypes.equals(PROC_MACRO);
  }

  /** Whether {@code cargo test} has a unit for its documentation. */
  public boolean hasDocumentationTests() {
    return doctested && isDocumentationTestable();
  }

  /** Whether rustdoc can test its documentation, even if this is disabled. */
  public boolean isDocumentationTestable() {
    return kind == Kind.LIB
        && crateTypes.stream()
            .anyMatch(
                type -> type.equals("lib") || type.equals("rlib") || type.equals("proc-macro"));
  }

  /** Whether this is a build script. */
  public boolean isCustomBuild() {
    return kind == Kind.CUSTOM_BUILD;
  }

  /** Whether it always runs on the host. */
  public boolean isForHost() {
    return isProcMacro() || isCustomBuild();
  }

  /**
   * Whether other crates can link it: a library that is not a {@code cdylib} or {@code staticlib}.
   */
  public boolean isLinkable() {
    return kind == Kind.LIB
        && (crateTypes.contains("lib")
            || crateTypes.contains("rlib")
            || crateTypes.contains("dylib")
            || crateTypes.contains("proc-macro"));
  }

  /** Its name for rustc. */
  public String crateName() {
    return name.replace('-', '_');
  }
}
