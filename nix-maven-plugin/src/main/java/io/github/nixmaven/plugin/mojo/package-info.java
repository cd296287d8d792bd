/** The goals: parameters, a request to a service, and its result. */
@NullMarked
package io.github.nixmaven.plugin.mojo;

import org.jspecify.annotations.NullMarked;
