/** Packages whose source is a commit of a git repository, and the hashes of such commits. */
@NullMarked
package io.github.nixmaven.generator.cargo.git;

import org.jspecify.annotations.NullMarked;
