/** Bills of materials of what was built. */
@NullMarked
package io.github.nixmaven.plugin.sbom;

import org.jspecify.annotations.NullMarked;
