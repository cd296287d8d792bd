package io.github.nixmaven.builder.testing;

import io.github.nixmaven.builder.realise.BuildSettings;
import java.nio.file.Path;
import java.util.List;

/**
 * The members to test, and where the reports go.
 *
 * @param settings what is tested and how it is built; tests are run for the machine that builds,
 *     whatever the targets, and for the others it is said that they are not
 * @param arguments what every test program is started with, such as {@code --skip NAME}
 * @param reports the directory of the XML reports, usually {@code target/surefire-reports}
 */
public record TestRequest(BuildSettings settings, List<String> arguments, Path reports) {}
