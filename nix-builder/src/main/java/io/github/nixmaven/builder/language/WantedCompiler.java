package io.github.nixmaven.builder.language;

import java.util.Optional;

/**
 * The compiler that a project asks for.
 *
 * @param name as it stands in the project's file
 * @param release the release that the name means, with two or three numbers such as {@code 1.85};
 *     absent if it means the newest, or something else that is not a release
 * @param place where the name stands: {@code FILE:LINE:COLUMN}
 */
public record WantedCompiler(String name, Optional<String> release, String place) {}
