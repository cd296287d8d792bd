/**
 * Tests of the pages that people read: that they are current, and that their links lead somewhere.
 */
@NullMarked
package io.github.nixmaven.plugin.docs;

import org.jspecify.annotations.NullMarked;
