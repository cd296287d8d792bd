package io.github.nixmaven.plugin.mojo;

import io.github.nixmaven.builder.sign.SigningKey;
import io.github.nixmaven.builder.sign.VerifyingKey;
import io.github.nixmaven.builder.template.FileToSign;
import io.github.nixmaven.builder.template.SignRequest;
import io.github.nixmaven.builder.template.SignService;
import io.github.nixmaven.generator.text.InputException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.jspecify.annotations.Nullable;

/**
 * Signs files and writes a manifest from your template. The plugin includes one template, for the
 * kernel of ESTA, a system that starts only signed modules.
 *
 * @since 0.1.0
 */
@Mojo(
    name = "sign",
    defaultPhase = LifecyclePhase.VERIFY,
    requiresDependencyResolution = ResolutionScope.NONE,
    threadSafe = true)
public final class SignMojo extends AbstractNixMojo {
  private final SignService service;

  /**
   * The files to sign.
   *
   * <pre>{@code
   * <modules>
   *   <module>
   *     <file>target/nix/result-accrual-wasm32-unknown-unknown/lib/accrual.wasm</file>
   *     <name>accrual</name>
   *     <path>modules/accrual.wasm</path>
   *     <capabilities>
   *       <capability>log</capability>
   *     </capabilities>
   *   </module>
   * </modules>
   * }</pre>
   *
   * <p>No default: there is always something to say of a file that only its author knows.
   *
   * @since 0.1.0
   */
  @Parameter @Nullable List<SignedModule> modules;

  /**
   * The template of the manifest: FreeMarker with square brackets.
   *
   * <pre>{@code
   * <template>src/main/nix/modules.json.ftl</template>
   * }</pre>
   *
   * <p>Default: the template for ESTA's kernel, which gives one manifest for each file and requires
   * an Ed25519 key.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.TEMPLATE)
  @Nullable File template;

  /**
   * The manifest to write. If its name contains {@code @name@}, one manifest is written for each
   * file.
   *
   * <p>Default: {@code manifests/@name@.json} in {@code target/nix}.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.MANIFEST)
  @Nullable File manifest;

  /**
   * The environment variable with the public key that the files will be verified with, as PEM or as
   * the 32 bytes of an Ed25519 key in hexadecimal. If it is set, signing with any other key fails.
   *
   * <p>Default: {@code KERNEL_PUBLIC_KEY}.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.PUBLIC_KEY_VARIABLE, defaultValue = "KERNEL_PUBLIC_KEY")
  String publicKeyVariable = "KERNEL_PUBLIC_KEY";

  /**
   * The file with the private key, Ed25519 or ECDSA on P-256: PKCS#8 in PEM as {@code openssl
   * genpkey} writes it, or a PKCS#12 store.
   *
   * <pre>{@code
   * <signingKey>keys/release.pem</signingKey>
   * }</pre>
   *
   * <p>No default: without it the key is taken from the environment, as CI servers hand it out.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.SIGNING_KEY)
  @Nullable File signingKey;

  /**
   * The alias of the signing key in a PKCS#12 store.
   *
   * <p>Default: the only one.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.KEY_ALIAS)
  @Nullable String keyAlias;

  /**
   * The environment variable with the private key, as PEM or as the 32 bytes of an Ed25519 key in
   * hexadecimal.
   *
   * <pre>{@code
   * <keyVariable>RELEASE_KEY</keyVariable>
   * }</pre>
   *
   * <p>Default: {@code KERNEL_PRIVATE_KEY}. A key itself is never a parameter, as Maven prints
   * parameters with {@code -X}.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.KEY_VARIABLE)
  @Nullable String keyVariable;

  /**
   * The environment variable with the password of a PKCS#12 store.
   *
   * <p>Default: {@code NIX_SIGNING_KEY_PASSWORD}. A password is not a parameter for the same
   * reason.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.PASSWORD_VARIABLE, defaultValue = "NIX_SIGNING_KEY_PASSWORD")
  String passwordVariable = "NIX_SIGNING_KEY_PASSWORD";

  /**
   * The directory for manifests if {@code manifest} is not set.
   *
   * <p>Default: {@code nix} in the project's build directory.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.WORK_DIRECTORY)
  @Nullable File workDirectory;

  /** Maven calls this. */
  @Inject
  public SignMojo(MavenSession session, SignService service) {
    super(session);
    this.service = service;
  }

  @Override
  void run() throws IOException {
    var unused = service.sign(request(), console());
  }

  SignRequest request() throws IOException {
    List<FileToSign> files = new ArrayList<>();
    for (SignedModule each : modules == null ? List.<SignedModule>of() : modules) {
      if (each.file == null) {
        throw new InputException(
            null, "a <module> has no <file>", "Give it: <file>target/nix/result-app/…</file>.");
      }
      String fileName = each.file.getName();
      int period = fileName.lastIndexOf('.');
      files.add(
          new FileToSign(
              each.file.toPath(),
              each.name != null ? each.name : period > 0 ? fileName.substring(0, period) : fileName,
              each.path == null ? fileName : each.path,
              each.capabilities == null ? List.of() : each.capabilities));
    }
    Path usual =
        workDirectory(workDirectory).resolve("manifests").resolve(SignRequest.NAME + ".json");
    return new SignRequest(
        files,
        template == null ? null : template.toPath(),
        manifest == null ? usual : manifest.toPath(),
        SigningKey.find(
            signingKey == null ? null : signingKey.toPath(),
            keyAlias,
            System.getenv(),
            keyVariable == null ? "KERNEL_PRIVATE_KEY" : keyVariable,
            passwordVariable),
        System.getenv(publicKeyVariable) == null
            ? null
            : VerifyingKey.find(null, System.getenv(), publicKeyVariable));
  }
}
