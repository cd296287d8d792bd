package io.github.nixmaven.plugin.mojo;

import io.github.nixmaven.builder.attest.AttestService;
import io.github.nixmaven.builder.attest.VerifyAttestationService;
import io.github.nixmaven.builder.cache.PushService;
import io.github.nixmaven.builder.overrides.OverridesService;
import io.github.nixmaven.builder.realise.BuildService;
import io.github.nixmaven.builder.report.ReportService;
import io.github.nixmaven.builder.sbom.SbomService;
import io.github.nixmaven.builder.template.SignService;
import io.github.nixmaven.builder.testing.TestService;
import io.github.nixmaven.builder.verify.VerifyService;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.MavenExecutionRequest;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.settings.crypto.SettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Goals as the plugin descriptor describes them, set up as Maven would in a folder without a POM.
 */
final class MojoFixture {
  private MojoFixture() {}

  /** A goal of the descriptor. */
  record Goal(String name, Element element) {
    String text(String tag) {
      NodeList nodes = element.getElementsByTagName(tag);
      return nodes.getLength() == 0 ? "" : nodes.item(0).getTextContent();
    }

    List<Element> parameters() {
      return elements(element, "parameter");
    }

    /** The expression that Maven puts into a parameter, such as {@code ${nix.skip}}. */
    Element configuration(String parameter) {
      List<Element> found =
          elements((Element) element.getElementsByTagName("configuration").item(0), parameter);
      return found.isEmpty() ? null : found.get(0);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** The goals but help, which plugin-tools makes. */
  static List<Goal> goals() throws Exception {
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new File("target/classes/META-INF/maven/plugin.xml"));
    List<Goal> goals = new ArrayList<>();
    for (Element mojo : elements(document.getDocumentElement(), "mojo")) {
      Goal goal = new Goal(elements(mojo, "goal").get(0).getTextContent(), mojo);
      if (!goal.name().equals("help")) {
        goals.add(goal);
      }
    }
    return goals;
  }

  static List<Element> elements(Element parent, String tag) {
    List<Element> result = new ArrayList<>();
    NodeList nodes = parent.getElementsByTagName(tag);
    for (int i = 0; i < nodes.getLength(); i++) {
      result.add((Element) nodes.item(i));
    }
    return result;
  }

  static MavenSession session(Path folder) {
    return session(new DefaultMavenExecutionRequest(), folder);
  }

  @SuppressWarnings("deprecation") // The constructor for sessions outside of Maven.
  static MavenSession session(MavenExecutionRequest request, Path folder) {
    request.setBaseDirectory(folder.toFile());
    request.setInteractiveMode(false);
    return new MavenSession(null, null, request, new DefaultMavenExecutionResult());
  }

  /** A goal with the defaults of the descriptor. */
  static AbstractNixMojo mojo(Goal goal, MavenSession session, Path folder) throws Exception {
    Map<Class<?>, Object> services =
        Map.ofEntries(
            Map.entry(MavenSession.class, session),
            Map.entry(BuildService.class, new BuildService()),
            Map.entry(TestService.class, new TestService()),
            Map.entry(ReportService.class, new ReportService()),
            Map.entry(PushService.class, new PushService()),
            Map.entry(SettingsDecrypter.class, new NoPasswords()),
            Map.entry(VerifyService.class, new VerifyService()),
            Map.entry(OverridesService.class, new OverridesService()),
            Map.entry(SbomService.class, new SbomService()),
            Map.entry(SignService.class, new SignService()),
            Map.entry(AttestService.class, new AttestService()),
            Map.entry(VerifyAttestationService.class, new VerifyAttestationService()));
    Constructor<?> constructor = Class.forName(goal.text("implementation")).getConstructors()[0];
    Object[] arguments = new Object[constructor.getParameterCount()];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = services.get(constructor.getParameterTypes()[i]);
    }
    AbstractNixMojo mojo = (AbstractNixMojo) constructor.newInstance(arguments);
    for (Element parameter : goal.parameters()) {
      String name = parameter.getElementsByTagName("name").item(0).getTextContent();
      Element configuration = goal.configuration(name);
      if (configuration != null
          && configuration.getAttribute("default-value").startsWith("${basedir}")) {
        set(
            mojo,
            name,
            new File(
                configuration
                    .getAttribute("default-value")
                    .replace("${basedir}", folder.toString())));
      }
    }
    return mojo;
  }

  static void set(Object target, String name, Object value) throws Exception {
    for (Class<?> type = target.getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (field.getName().equals(name)) {
          field.setAccessible(true);
          field.set(target, value);
          return;
        }
      }
    }
    throw new NoSuchFieldException(name);
  }

  /** What a goal prints. */
  static List<String> execute(AbstractNixMojo mojo) throws Exception {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, java.nio.charset.StandardCharsets.UTF_8));
    try {
      mojo.setLog(new SystemStreamLog());
      mojo.execute();
    } finally {
      System.setOut(before);
    }
    return printed.toString(java.nio.charset.StandardCharsets.UTF_8).lines().toList();
  }

  /** Decrypts nothing: the settings of these sessions have no passwords. */
  private static final class NoPasswords implements SettingsDecrypter {
    @Override
    public SettingsDecryptionResult decrypt(SettingsDecryptionRequest request) {
      throw new AssertionError("no password to decrypt");
    }
  }
}
