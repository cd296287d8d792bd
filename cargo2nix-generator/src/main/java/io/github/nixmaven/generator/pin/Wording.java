package io.github.nixmaven.generator.pin;

/**
 * A front end's names of the things that remedies mention, each as in a sentence.
 *
 * @param output the option that names the generated file
 * @param manifest the option that names the manifest of the project
 * @param generate the command that writes the generated file
 */
public record Wording(String output, String manifest, String generate) {}
