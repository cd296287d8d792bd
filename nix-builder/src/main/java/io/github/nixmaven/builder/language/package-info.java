/** What neutral code asks of the language that an ecosystem's packages are built in. */
@org.jspecify.annotations.NullMarked
package io.github.nixmaven.builder.language;
