package io.github.nixmaven.generator.pin;

/**
 * What a front end calls the things that a remedy sends its user to, each as it stands in a
 * sentence.
 *
 * @param output the option that names the generated file
 * @param manifest the option that names the manifest of the project
 * @param generate the command that writes the generated file
 */
public record Wording(String output, String manifest, String generate) {}
