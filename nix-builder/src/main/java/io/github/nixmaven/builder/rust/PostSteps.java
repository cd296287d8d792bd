package io.github.nixmaven.builder.rust;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The steps after the members are built, each a derivation of its own.
 *
 * @param wasmOpt arguments of {@code wasm-opt} for every WebAssembly module; empty for none
 * @param strip whether symbols are taken away
 * @param component what makes a component of a member's WebAssembly library, or null for nothing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PostSteps(List<String> wasmOpt, boolean strip, @Nullable Component component) {
  /** Nothing is done. */
  public static final PostSteps NONE = new PostSteps(List.of(), false, null);

  public PostSteps {
    wasmOpt = List.copyOf(wasmOpt);
  }

  /**
   * A component. As JSON it is what {@code post-steps.nix} takes.
   *
   * @param world the world that it must fit, by its name in the WIT files
   * @param wit a WIT file, or the directory of a WIT package
   * @param adapter a module that provides {@code wasi_snapshot_preview1}, or null where none is
   *     needed
   * @param assets a directory that is put beside it, or null
   * @param manifest a text file that comes with it, in which {@code @out@} stands for the store
   *     path, or null
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Component(
      String world,
      @JsonSerialize(using = ToStringSerializer.class) Path wit,
      @JsonSerialize(using = ToStringSerializer.class) @Nullable Path adapter,
      @JsonSerialize(using = ToStringSerializer.class) @Nullable Path assets,
      @JsonSerialize(using = ToStringSerializer.class) @Nullable Path manifest) {}
}
