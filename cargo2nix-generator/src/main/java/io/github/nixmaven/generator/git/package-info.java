/** Commits of git repositories: objects, trees, and how to get them. */
@NullMarked
package io.github.nixmaven.generator.git;

import org.jspecify.annotations.NullMarked;
