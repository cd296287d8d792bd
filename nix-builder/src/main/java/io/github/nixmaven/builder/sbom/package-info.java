/** Bills of materials of what was built. */
@NullMarked
package io.github.nixmaven.builder.sbom;

import org.jspecify.annotations.NullMarked;
