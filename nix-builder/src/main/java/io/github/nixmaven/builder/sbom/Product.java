package io.github.nixmaven.builder.sbom;

/**
 * The subject of a bill of materials: a Maven project.
 *
 * @param group the groupId
 * @param name the artifactId
 * @param version the version
 * @param packaging such as {@code jar}
 */
public record Product(String group, String name, String version, String packaging) {}
