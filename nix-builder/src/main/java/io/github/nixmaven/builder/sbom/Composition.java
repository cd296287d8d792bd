package io.github.nixmaven.builder.sbom;

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
 * builds it: build scripts, procedural macros and what they need, and the toolchain but for Rust's
 * standard library, which is linked into everything.
 */
final class Composition {
  /** SPDX's expressions: identifiers, with operators and parentheses between them. */
  private static final Pattern EXPRESSION =
      Pattern.compile("\\(*[A-Za-z0-9.+:-]+\\)*(?: (?:AND|OR|WITH) \\(*[A-Za-z0-9.+:-]+\\)*)*");

  /** What Debian has of it; a static program has the C library in it as well. */
  private static final Pattern STANDARD_LIBRARY =
      Pattern.compile("libstd-rust-(?:dev|web).*|musl-dev|rust-src");

  private final Bom bom = new Bom();
  private final Map<String, Dependency> dependencies = new TreeMap<>();

  /**
   * Composes.
   *
   * @param crates what the members are built from
   * @param outputs what was built
   * @param project what building takes
   */
  static Bom of(
      SbomRequest request,
      List<PinnedPackage> crates,
      ToolchainLock toolchain,
      List<MemberOutput> outputs,
      Project project) {
    Composition composition = new Composition();
    composition.bom.setMetadata(metadata(request));
    String product = PackageUrls.of(request.product());
    String sysroot = composition.toolchain(toolchain);
    composition.crates(crates, outputs, product, sysroot);
    composition.besides(crates, project, toolchain);
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
          STANDARD_LIBRARY.matcher(one.name()).matches()
              ? Component.Scope.REQUIRED
              : Component.Scope.EXCLUDED);
      hash(component, one.hash());
      bom.addComponent(component);
      dependency(reference, purl);
    }
    return reference;
  }

  private void crates(
      List<PinnedPackage> crates, List<MemberOutput> outputs, String product, String sysroot) {
    Map<String, String> references = new HashMap<>();
    crates.forEach(crate -> references.put(crate.key(), reference(crate)));
    for (PinnedPackage crate : crates) {
      Component component =
          component(
              crate.program() ? Component.Type.APPLICATION : Component.Type.LIBRARY, crate.name());
      component.setVersion(crate.version());
      component.setBomRef(reference(crate));
      crate.description().map(String::strip).ifPresent(component::setDescription);
      component.setScope(crate.linked() ? Component.Scope.REQUIRED : Component.Scope.EXCLUDED);
      PackageUrls.of(crate).ifPresent(component::setPurl);
      component.setLicenses(licenses(crate));
      if (crate.pin() instanceof Pin.File registry) {
        hash(component, registry.hash());
      } else if (crate.pin() instanceof Pin.Commit git) {
        git.narHash().ifPresent(hash -> property(component, "nar_hash", hash.sri()));
      }
      dependency(reference(crate), null);
      crate
          .dependencies()
          .forEach(key -> dependency(reference(crate), references.getOrDefault(key, key)));
      if (crate.own()) {
        dependency(reference(crate), sysroot);
        outputs.stream()
            .filter(output -> output.member().name().equals(crate.name()))
            .forEach(
                output -> {
                  dependency(product, reference(crate));
                  output(component, output);
                });
      }
      bom.addComponent(component);
    }
  }

  private static String reference(PinnedPackage crate) {
    return PackageUrls.of(crate).orElse("cargo:" + crate.key());
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
   * Crates of a standard library that was built from source, and of tools that the plugin itself
   * brings, such as wasm-tools.
   */
  private void besides(List<PinnedPackage> crates, Project project, ToolchainLock toolchain) {
    Set<Hash> linked =
        toolchain.standardLibrary().stream()
            .map(ToolchainLock.Crate::hash)
            .collect(Collectors.toSet());
    Set<Hash> known = new HashSet<>();
    for (PinnedPackage crate : crates) {
      if (crate.pin() instanceof Pin.File registry) {
        known.add(registry.hash());
      }
    }
    Map<String, Component> components = new TreeMap<>();
    for (Derivation derivation : project.closure().values()) {
      Source file = project.sources().get(derivation.path());
      Optional<Hash> hash = derivation.file();
      if (file != null
          && file.kind() == Source.Kind.FILE
          && hash.isPresent()
          && known.add(hash.get())) {
        String name = Objects.requireNonNull(file.packageName());
        String version = Objects.requireNonNull(file.version());
        String purl = PackageUrls.crate(name, version);
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

  private static @Nullable LicenseChoice licenses(PinnedPackage crate) {
    LicenseChoice choice = new LicenseChoice();
    if (crate.license().isPresent()) {
      // Cargo once took a slash for OR.
      String text = crate.license().get().strip().replaceAll("\\s*/\\s*", " OR ");
      if (EXPRESSION.matcher(text).matches()) {
        choice.setExpression(new Expression(text));
      } else {
        choice.addLicense(named(crate.license().get()));
      }
      return choice;
    }
    if (crate.licenseFile().isPresent()) {
      choice.addLicense(named("license-file: " + crate.licenseFile().get()));
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
