package io.github.nixmaven.builder.sbom;

/**
 * What a bill of materials is of: a Maven project.
 *
 * @param group the groupId
 * @param name the artifactId
 * @param version the version
 * @param packaging such as {@code jar}
 */
public record Product(String group, String name, String version, String packaging) {}
