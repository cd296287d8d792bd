/** Packages whose source is a commit of a git repository: getting it, and reading what it holds. */
@NullMarked
package io.github.nixmaven.generator.cargo.git;

import org.jspecify.annotations.NullMarked;
