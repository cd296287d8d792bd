package io.github.nixmaven.builder.sbom;

import io.github.nixmaven.builder.language.Language;
import io.github.nixmaven.builder.nix.Derivation;
import io.github.nixmaven.builder.realise.MemberOutput;
import io.github.nixmaven.builder.realise.Project;
import io.github.nixmaven.builder.realise.Source;
import io.github.nixmaven.builder.toolchain.ToolchainLock;
import io.github.nixmaven.generator.hash.Hash;
import io.github.nixmaven.generator.pin.Pin;
import io.github.nixmaven.generator.pin.PinnedPackage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.cyclonedx.model.Bom;
import org.cyclonedx.model.Component;
import org.cyclonedx.model.Dependency;
import org.cyclonedx.model.License;
import org.cyclonedx.model.LicenseChoice;
import org.cyclonedx.model.Metadata;
import org.cyclonedx.model.Property;
import org.cyclonedx.model.license.Expression;
import org.cyclonedx.model.metadata.ToolInformation;
import org.jspecify.annotations.Nullable;

/**
 * Composes a bill of materials (CycloneDX 1.6, ECMA-424).
 *
 * <p>The scope {@code required} is what gets into what is built; {@code excluded} is what only
 * builds it: programs that run during the build and what they need, and the toolchain but for the
 * language's own library, which is linked into everything.
 */
final class Composition {
  /** SPDX's expressions: identifiers, with operators and parentheses between them. */
  private static final Pattern EXPRESSION =
      Pattern.compile("\\(*[A-Za-z0-9.+:-]+\\)*(?: (?:AND|OR|WITH) \\(*[A-Za-z0-9.+:-]+\\)*)*");

  private final Language language;
  private final Bom bom = new Bom();
  private final Map<String, Dependency> dependencies = new TreeMap<>();

  private Composition(Language language) {
    this.language = language;
  }

  /**
   * Composes.
   *
   * @param packages what the members are built from
   * @param outputs what was built
   * @param project what building takes
   */
  static Bom of(
      SbomRequest request,
      List<PinnedPackage> packages,
      ToolchainLock toolchain,
      List<MemberOutput> outputs,
      Project project) {
    Composition composition = new Composition(project.language());
    composition.bom.setMetadata(metadata(request));
    String product = PackageUrls.of(request.product());
    String sysroot = composition.toolchain(toolchain);
    composition.packages(packages, outputs, product, sysroot);
    composition.besides(packages, project, toolchain);
    composition.bom.setDependencies(List.copyOf(composition.dependencies.values()));
    return composition.bom;
  }

  private static Metadata metadata(SbomRequest request) {
    Metadata metadata = new Metadata();
    Instant timestamp = request.timestamp();
    // The constructor takes the time of the moment.
    metadata.setTimestamp(timestamp == null ? null : Date.from(timestamp));
    Component tool = component(Component.Type.APPLICATION, "nix-maven-plugin");
    tool.setGroup("io.github.nixmaven");
    tool.setVersion(request.pluginVersion());
    ToolInformation tools = new ToolInformation();
    tools.setComponents(List.of(tool));
    metadata.setToolChoice(tools);
    Product product = request.product();
    Component component = component(Component.Type.APPLICATION, product.name());
    component.setGroup(product.group());
    component.setVersion(product.version());
    component.setPurl(PackageUrls.of(product));
    component.setBomRef(PackageUrls.of(product));
    metadata.setComponent(component);
    return metadata;
  }

  /** The sysroot with its packages. */
  private String toolchain(ToolchainLock lock) {
    String reference = "nix:" + lock.sysroot().name();
    Component sysroot = component(Component.Type.PLATFORM, lock.sysroot().name());
    sysroot.setBomRef(reference);
    sysroot.setScope(Component.Scope.EXCLUDED);
    property(sysroot, "nar_hash", lock.sysroot().narHash());
    bom.addComponent(sysroot);
    for (ToolchainLock.Pin one : lock.packages()) {
      String purl = PackageUrls.of(one);
      Component component = component(Component.Type.LIBRARY, one.name());
      component.setGroup("debian");
      component.setVersion(one.version());
      component.setPurl(purl);
      component.setBomRef(purl);
      component.setScope(
          language.tools().isLinked(one.name())
              ? Component.Scope.REQUIRED
              : Component.Scope.EXCLUDED);
      hash(component, one.hash());
      bom.addComponent(component);
      dependency(reference, purl);
    }
    return reference;
  }

  private void packages(
      List<PinnedPackage> packages, List<MemberOutput> outputs, String product, String sysroot) {
    Map<String, String> references = new HashMap<>();
    packages.forEach(one -> references.put(one.key(), reference(one)));
    for (PinnedPackage one : packages) {
      Component component =
          component(
              one.program() ? Component.Type.APPLICATION : Component.Type.LIBRARY, one.name());
      component.setVersion(one.version());
      component.setBomRef(reference(one));
      one.description().map(String::strip).ifPresent(component::setDescription);
      component.setScope(one.linked() ? Component.Scope.REQUIRED : Component.Scope.EXCLUDED);
      PackageUrls.of(one, language).ifPresent(component::setPurl);
      component.setLicenses(licenses(one));
      if (one.pin() instanceof Pin.File file) {
        hash(component, file.hash());
      } else if (one.pin() instanceof Pin.Commit git) {
        git.narHash().ifPresent(hash -> property(component, "nar_hash", hash.sri()));
      }
      dependency(reference(one), null);
      one.dependencies()
          .forEach(key -> dependency(reference(one), references.getOrDefault(key, key)));
      if (one.own()) {
        dependency(reference(one), sysroot);
        outputs.stream()
            .filter(output -> output.member().name().equals(one.name()))
            .forEach(
                output -> {
                  dependency(product, reference(one));
                  output(component, output);
                });
      }
      bom.addComponent(component);
    }
  }

  private String reference(PinnedPackage one) {
    return PackageUrls.of(one, language).orElse(language.ecosystem().id() + ":" + one.key());
  }

  private static void output(Component member, MemberOutput output) {
    property(member, "drv_path", output.derivation().path());
    property(member, "out_path", output.path().toString());
    property(member, "nar_hash", output.nar().hash().sri());
    for (Map.Entry<String, Hash> file : output.files().entrySet()) {
      Component component = component(Component.Type.FILE, file.getKey());
      component.setBomRef(output.path() + "/" + file.getKey());
      hash(component, file.getValue());
      member.addComponent(component);
    }
  }

  /**
   * Packages of a language's own library that was built from source, and of tools that the plugin
   * itself brings, such as one that makes components.
   */
  private void besides(List<PinnedPackage> packages, Project project, ToolchainLock toolchain) {
    Set<Hash> linked =
        toolchain.standardLibrary().stream()
            .map(ToolchainLock.LibraryFile::hash)
            .collect(Collectors.toSet());
    Set<Hash> known = new HashSet<>();
    for (PinnedPackage one : packages) {
      if (one.pin() instanceof Pin.File file) {
        known.add(file.hash());
      }
    }
    Map<String, Component> components = new TreeMap<>();
    for (Derivation derivation : project.closure().values()) {
      Source source = project.sources().get(derivation.path());
      Optional<Hash> hash = derivation.file();
      if (source != null
          && source.kind() == Source.Kind.FILE
          && hash.isPresent()
          && known.add(hash.get())) {
        String name = Objects.requireNonNull(source.packageName());
        String version = Objects.requireNonNull(source.version());
        String purl = PackageUrls.of(name, version, language);
        Component component = component(Component.Type.LIBRARY, name);
        component.setVersion(version);
        component.setPurl(purl);
        component.setBomRef(purl);
        component.setScope(
            linked.contains(hash.get()) ? Component.Scope.REQUIRED : Component.Scope.EXCLUDED);
        hash(component, hash.get());
        components.put(purl, component);
      }
    }
    components.values().forEach(bom::addComponent);
  }

  private static @Nullable LicenseChoice licenses(PinnedPackage one) {
    LicenseChoice choice = new LicenseChoice();
    if (one.license().isPresent()) {
      String text = one.license().get().strip();
      if (EXPRESSION.matcher(text).matches()) {
        choice.setExpression(new Expression(text));
      } else {
        choice.addLicense(named(one.license().get()));
      }
      return choice;
    }
    if (one.licenseFile().isPresent()) {
      choice.addLicense(named("license-file: " + one.licenseFile().get()));
      return choice;
    }
    return null;
  }

  private static License named(String name) {
    License license = new License();
    license.setName(name);
    return license;
  }

  private static Component component(Component.Type type, String name) {
    Component component = new Component();
    component.setType(type);
    component.setName(name);
    return component;
  }

  private static void hash(Component component, Hash hash) {
    component.addHash(new org.cyclonedx.model.Hash(hash.algorithm().standardName(), hash.hex()));
  }

  private static void property(Component component, String name, String value) {
    List<Property> properties =
        component.getProperties() == null
            ? new ArrayList<>()
            : new ArrayList<>(component.getProperties());
    properties.add(new Property("nix:" + name, value));
    component.setProperties(properties);
  }

  private void dependency(String from, @Nullable String to) {
    Dependency dependency =
        dependencies.computeIfAbsent(from, reference -> new Dependency(reference));
    if (to != null
        && (dependency.getDependencies() == null
            || dependency.getDependencies().stream().noneMatch(d -> d.getRef().equals(to)))) {
      dependency.addDependency(new Dependency(to));
    }
  }
}
