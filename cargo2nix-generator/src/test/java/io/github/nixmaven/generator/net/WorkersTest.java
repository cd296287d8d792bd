package io.github.nixmaven.generator.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WorkersTest {
  @Test
  @DisplayName("Each result is told, in the calling thread")
  void results() throws Exception {
    List<Integer> results = new ArrayList<>();
    Thread caller = Thread.currentThread();
    List<Callable<Integer>> tasks = List.of(() -> 1, () -> 2, () -> 3);

    Workers.run(
        "work",
        2,
        tasks,
        result -> {
          assertThat(Thread.currentThread()).isSameAs(caller);
          results.add(result);
        });

    assertThat(results).containsExactlyInAnyOrder(1, 2, 3);
  }

  @Test
  @DisplayName("What failed beside the first failure is suppressed in it")
  void failures() {
    CyclicBarrier both = new CyclicBarrier(2);
    List<Callable<Void>> tasks = new ArrayList<>();
    for (String name : List.of("a", "b")) {
      tasks.add(
          () -> {
            both.await();
            throw new IOException(name);
          });
    }

    assertThatThrownBy(() -> Workers.run("work", 2, tasks, result -> {}))
        .isInstanceOf(IOException.class)
        .satisfies(
            first ->
                assertThat(first.getSuppressed())
                    .singleElement()
                    .satisfies(
                        second ->
                            assertThat(List.of(first.getMessage(), second.getMessage()))
                                .containsExactlyInAnyOrder("a", "b")));
  }

  @Test
  @DisplayName("After a failure nothing is begun, and what was at work has ended")
  void failureStops() {
    AtomicInteger begun = new AtomicInteger();
    AtomicBoolean ended = new AtomicBoolean();
    CyclicBarrier both = new CyclicBarrier(2);
    List<Callable<Void>> tasks = new ArrayList<>();
    tasks.add(
        () -> {
          both.await();
          throw new IllegalStateException("broken");
        });
    tasks.add(
        () -> {
          both.await();
          try {
            Thread.sleep(60_000);
            return null;
          } finally {
            Thread.interrupted();
            Thread.sleep(100);
            ended.set(true);
          }
        });
    for (int i = 0; i < 10; i++) {
      tasks.add(
          () -> {
            // The thread that failed may take up one more before the failure is seen.
            begun.incrementAndGet();
            Thread.sleep(60_000);
            return null;
          });
    }

    assertThatThrownBy(() -> Workers.run("work", 2, tasks, result -> {}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("broken")
        .hasNoSuppressedExceptions();

    assertThat(ended).isTrue();
    assertThat(begun.get()).isLessThanOrEqualTo(1);
  }
}
