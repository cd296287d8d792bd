/** WebAssembly: what a module offers, and the program that makes components of modules. */
@org.jspecify.annotations.NullMarked
package io.github.nixmaven.builder.rust.wasm;
