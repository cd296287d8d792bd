package io.github.nixmaven.generator.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordFileTest {
  private record Item(@Nullable String text, List<String> texts, int number) {}

  private static final RecordFile.Format<Item> FORMAT =
      new RecordFile.Format<>() {
        @Override
        public void write(Item value, RecordFile.Writer out) {
          out.string(value.text());
          out.strings(value.texts());
          out.number(value.number());
        }

        @Override
        public Item read(RecordFile.Reader in) {
          return new Item(in.nullable(), in.strings(), in.number());
        }
      };

  @TempDir Path folder;

  @Test
  @DisplayName("Every record is found by its key, whatever is added later")
  void found() throws IOException {
    Random random = new Random(7);
    Map<String, Item> all = new HashMap<>();
    for (int round = 0; round < 12; round++) {
      Map<String, Item> added = new HashMap<>();
      for (int i = random.nextInt(1 << round); i >= 0; i--) {
        added.put("key " + random.nextInt(3000), item(random));
      }
      file().add(added);
      all.putAll(added);

      RecordFile<Item> file = file();
      for (int i = 0; i < 3000; i++) {
        assertThat(file.get("key " + i)).isEqualTo(all.get("key " + i));
      }
    }
    assertThat(all).hasSizeGreaterThan(1000);
  }

  private static Item item(Random random) {
    String text = random.nextBoolean() ? null : "é🦀".repeat(random.nextInt(3));
    List<String> texts = List.of("x".repeat(random.nextInt(300)), "", "a" + random.nextInt(5));
    return new Item(text, texts, random.nextInt(Integer.MAX_VALUE) >>> random.nextInt(31));
  }

  @Test
  @DisplayName("Keys with one hash are told apart, and those that are not there are not found")
  void oneHash() throws IOException {
    Map<String, Item> all = new HashMap<>();
    for (String key : List.of("AaAa", "BBBB", "AaBB")) {
      all.put(key, new Item(key, List.of(), 0));
    }
    file().add(all);

    RecordFile<Item> file = file();
    all.forEach((key, item) -> assertThat(file.get(key)).isEqualTo(item));
    assertThat("BBAa").hasSameHashCodeAs("AaAa");
    assertThat(file.get("BBAa")).isNull();
  }

  @Test
  @DisplayName("Without a file, in an empty and in a damaged one there are no records")
  void absent() throws IOException {
    assertThat(file().get("key")).isNull();
    Path path = folder.resolve("items");
    file().add(Map.of("key", new Item("text", List.of(), 1)));
    byte[] good = Files.readAllBytes(path);

    for (int size = 0; size < good.length; size++) {
      Files.write(path, Arrays.copyOf(good, size));
      assertThat(file().get("key")).isNull();
    }
  }

  private RecordFile<Item> file() throws IOException {
    return RecordFile.read(folder, "items", FORMAT);
  }
}
