package io.github.nixmaven.builder.verify;

import static io.github.nixmaven.builder.realise.HandMadeProject.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.nixmaven.builder.nix.Derivation;
import io.github.nixmaven.builder.realise.HandMadeProject;
import io.github.nixmaven.builder.realise.Preparation;
import io.github.nixmaven.builder.realise.Realisation;
import io.github.nixmaven.builder.realise.RecordingConsole;
import io.github.nixmaven.generator.text.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherStoreTest {
  @TempDir private Path folder;

  @Test
  @DisplayName(
      "in a second store, what differs though its parts are equal is a root, what is made of it is"
          + " tainted, and what happens not to depend on it is neither")
  void rootAndTainted() throws Exception {
    Preparation prepared =
        new HandMadeProject()
            .with("calm", unit("calm", "1.0.0", "product"), "echo calm > $out", "")
            .with(
                "random",
                unit("random", "1.0.0", "product"),
                "head -c 9 /dev/urandom > $out",
                "inherit calm;")
            .with("user", unit("user", "1.0.0", "product"), "cat $random > $out", "inherit random;")
            .with(
                "cold",
                unit("cold", "1.0.0", "product"),
                "wc -c < $random > $out",
                "inherit random;")
            .with(
                "app",
                unit("app", "1.0.0", "product"),
                "cat $user $cold > $out",
                "inherit cold user;")
            .with("own", unit("own", "1.0.0", "product"), "date +%N > $out", "inherit cold;")
            .member("app")
            .member("own")
            .prepare();
    List<Derivation> derivations = List.copyOf(prepared.project().closure().values());
    RecordingConsole console = new RecordingConsole();
    Realisation.realise(prepared, derivations, console.plain());
    Path store = folder.resolve("store");
    Policy none = Policy.read(null, "crate", LocalDate.EPOCH);

    StoreComparison result =
        new OtherStore(prepared, store, console.plain()).compare(derivations, none);

    assertThat(result.compared()).isEqualTo(6);
    assertThat(result.differences())
        .extracting(each -> each.unit().packageName(), StoreComparison.Difference::verdict)
        .containsExactlyInAnyOrder(
            tuple("random", StoreComparison.Verdict.ROOT),
            tuple("user", StoreComparison.Verdict.TAINTED),
            tuple("app", StoreComparison.Verdict.TAINTED),
            tuple("own", StoreComparison.Verdict.ROOT));
    assertThat(result.differences())
        .allMatch(each -> !each.here().equals(each.there()))
        .allMatch(each -> Files.exists(Path.of(store + each.output())));
    assertThat(new OtherStore(prepared, store, console.plain()).compare(derivations, none))
        .as("a store that is there already is used again")
        .isEqualTo(result);
  }

  @Test
  @DisplayName("a second store where a file is, is a mistake that names the file")
  void notAFolder() throws Exception {
    Preparation prepared = HandMadeProject.app("echo > $out");
    Path file = Files.writeString(folder.resolve("file"), "");
    Policy none = Policy.read(null, "crate", LocalDate.EPOCH);

    assertThatThrownBy(
            () ->
                new OtherStore(prepared, file.resolve("store"), new RecordingConsole().plain())
                    .compare(List.of(), none))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("the store " + file.resolve("store") + " cannot be created: ")
        .hasMessageContaining("-Dnix.verify.store");
  }
}
