package io.github.nixmaven.builder.nix;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class NixErrorsTest {
  private static final String PATH =
      "/nix/store/s5kpwf878qnp0hnm4ljc2ny8vkr4v1az-rust-bad-0.3.0+x-lib.drv";

  @Test
  @DisplayName("a failure reads the same whether Nix 2.8 or 2.34 words it")
  void versions() {
    String old =
        "error: builder for '"
            + PATH
            + "' failed with exit code 3;\n       last 2 log lines:\n       > line 30\n       > oops\n"
            + "       For full logs, run 'nix log "
            + PATH
            + "'.";
    String recent =
        "error: Cannot build '"
            + PATH
            + "'.\n       Reason: builder failed with exit code 3.\n       Output paths:\n"
            + "         /nix/store/s5kpwf878qnp0hnm4ljc2ny8vkr4v1az-rust-bad-0.3.0+x-lib\n"
            + "       Last 2 log lines:\n       > line 30\n       > oops\n"
            + "       For full logs, run:\n         nix log "
            + PATH;

    assertThat(NixErrors.derivation(old)).isEqualTo(PATH);
    assertThat(NixErrors.derivation(recent)).isEqualTo(PATH);
    assertThat(NixErrors.reason(old))
        .isEqualTo("builder for 'rust-bad-0.3.0+x-lib' failed with exit code 3");
    assertThat(NixErrors.reason(recent))
        .isEqualTo("Cannot build 'rust-bad-0.3.0+x-lib'. Reason: builder failed with exit code 3");
  }

  @Test
  @DisplayName("a summary of all that was to be built blames none of it")
  void summary() {
    assertThat(NixErrors.derivation("error: build of '" + PATH + "', '" + PATH + "' failed"))
        .isNull();
  }

  @Test
  @DisplayName("an error about something else names no derivation")
  void other() {
    String error = "error: opening lock file '/nix/var/nix/db/big-lock': Permission denied";
    assertThat(NixErrors.derivation(error)).isNull();
    assertThat(NixErrors.reason(error))
        .isEqualTo("opening lock file '/nix/var/nix/db/big-lock': Permission denied");
  }
}
