/** Signed manifests in the forms of those who read them. */
@NullMarked
package io.github.nixmaven.plugin.manifest;

import org.jspecify.annotations.NullMarked;
