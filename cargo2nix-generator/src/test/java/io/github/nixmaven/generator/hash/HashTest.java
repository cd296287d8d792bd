package io.github.nixmaven.generator.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.generator.hash.Hash.Algorithm;
import io.github.nixmaven.generator.nix.NixTool;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A hash")
class HashTest {
  @ParameterizedTest
  @EnumSource(Algorithm.class)
  @DisplayName("has nix-hash's base-32, and comes back from it and from its hexadecimal")
  void agreesWithNixHash(Algorithm algorithm) throws Exception {
    for (int seed = 0; seed < 8; seed++) {
      byte[] content = new byte[seed * 7];
      new Random(seed).nextBytes(content);
      Hash hash = Hash.digest(algorithm, content);
      String base32 =
          NixTool.text("nix-hash", "--type", algorithm.nixName(), "--to-base32", hash.hex());
      assertThat(hash.nix32()).isEqualTo(base32);
      assertThat(Hash.parse(algorithm, base32)).isEqualTo(hash);
      assertThat(NixTool.text("nix-hash", "--type", algorithm.nixName(), "--to-base16", base32))
          .isEqualTo(hash.hex());
    }
  }

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  @DisplayName("reads every encoding it writes, and upper-case hexadecimal and base-64")
  void roundTrips(Algorithm algorithm) {
    Hash hash = Hash.digest(algorithm, "x".getBytes(StandardCharsets.UTF_8));
    String base64 = Base64.getEncoder().encodeToString(hash.bytes());
    assertThat(Hash.parseSri(hash.sri())).isEqualTo(hash);
    assertThat(Hash.parse(algorithm, hash.hex())).isEqualTo(hash);
    assertThat(Hash.parse(algorithm, hash.hex().toUpperCase(Locale.ROOT))).isEqualTo(hash);
    assertThat(Hash.parse(algorithm, hash.nix32())).isEqualTo(hash);
    assertThat(Hash.parse(algorithm, base64)).isEqualTo(hash);
    assertThat(hash.sri()).isEqualTo(algorithm.nixName() + "-" + base64);
  }

  @Test
  @DisplayName("has the encodings that a Gleam manifest, Nix and SRI give to one package")
  void knownEncodings() {
    Hash hash =
        Hash.parse(
            Algorithm.SHA256, "1F543AFBA5D33DA493E6087F4E4C4F20D899411343512686C98A8ABB2963CF22");
    assertThat(hash.sri()).isEqualTo("sha256-H1Q6+6XTPaST5gh/TkxPINiZQRNDUSaGyYqKuyljzyI=");
    assertThat(hash.nix32()).isEqualTo("08ngcclvp2lar632cla32d0rkn109x64wzq8ws9s8gfklpxklm0z");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sha256-",
        "sha256-H1Q6",
        "sha256:H1Q6+6XTPaST5gh/TkxPINiZQRNDUSaGyYqKuyljzyI=",
        "sha256-H1Q6+6XTPaST5gh/TkxPINiZQRNDUSaGyYqKuyljzyI",
        "sha256-H1Q6+6XTPaST5gh/TkxPINiZQRNDUSaGyYqKuyljzyJ=",
        "md5-1B2M2Y8AsgTpgAmY7PhCfg==",
        "sha256-H1Q6+6XTPaST5gh/TkxPINiZQRNDUSaGyYqKuyljzyI= sha512-x"
      })
  @DisplayName("is not read from an SRI string that Nix would refuse")
  void malformedSri(String text) {
    assertThatThrownBy(() -> Hash.parseSri(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not an SRI hash");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "xyz",
        "1F543AFBA5D33DA493E6087F4E4C4F20D899411343512686C98A8ABB2963CF2g",
        "e8ngcclvp2lar632cla32d0rkn109x64wzq8ws9s8gfklpxklm0z",
        "z8ngcclvp2lar632cla32d0rkn109x64wzq8ws9s8gfklpxklm0z"
      })
  @DisplayName("is not read from text of the wrong length, alphabet or number of bits")
  void malformed(String text) {
    assertThatThrownBy(() -> Hash.parse(Algorithm.SHA256, text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "' is not a sha256");
  }
}
