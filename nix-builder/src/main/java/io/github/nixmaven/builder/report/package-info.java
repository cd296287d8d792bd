/** What was built and verified, as a page, as JSON, and in the form of maven-artifact-plugin. */
@NullMarked
package io.github.nixmaven.builder.report;

import org.jspecify.annotations.NullMarked;
