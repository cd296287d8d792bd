/** Signed manifests in the forms of those who read them. */
@NullMarked
package io.github.nixmaven.builder.template;

import org.jspecify.annotations.NullMarked;
