package io.github.nixmaven.builder.sign;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Keys that openssl makes. */
public final class TestKeys {
  private TestKeys() {}

  public static Path ed25519(Path folder, String name) throws Exception {
    Path key = folder.resolve(name + ".pem");
    openssl("genpkey", "-algorithm", "ed25519", "-out", key);
    return key;
  }

  public static Path p256(Path folder, String name) throws Exception {
    Path key = folder.resolve(name + ".pem");
    openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", key);
    return key;
  }

  public static Path publicKey(Path key) throws Exception {
    Path file = key.resolveSibling(key.getFileName() + ".pub");
    openssl("pkey", "-in", key, "-pubout", "-out", file);
    return file;
  }

  /** Runs openssl, which must succeed. */
  public static String openssl(Object... arguments) throws Exception {
    List<String> line = new ArrayList<>(List.of("openssl"));
    for (Object argument : arguments) {
      line.add(argument.toString());
    }
    Judges.Verdict verdict = Judges.run(line);
    assertThat(verdict.status()).as(line + ": " + verdict.output()).isZero();
    return verdict.output();
  }
}
