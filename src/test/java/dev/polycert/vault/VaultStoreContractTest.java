package dev.polycert.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What {@link VaultStore} promises; every store extends this. */
public abstract class VaultStoreContractTest {

  /** An empty store. */
  protected abstract VaultStore store();

  private static <T> T get(Uni<T> call) {
    return call.await().indefinitely();
  }

  private static byte[] value(int number) {
    return new byte[] {(byte) number, 0, -1, 127};
  }

  @Test
  void whatIsPutIsThereUntilItIsRemoved() {
    VaultStore store = store();
    assertThat(get(store.get("acme/key/https://ca.example/order/1"))).isEmpty();

    get(store.put("acme/key/https://ca.example/order/1", value(1)));
    get(store.put("other", value(2)));
    get(store.put("acme/key/https://ca.example/order/1", value(3)));

    assertThat(get(store.get("acme/key/https://ca.example/order/1"))).contains(value(3));
    assertThat(get(store.get("other"))).contains(value(2));
    get(store.remove("other"));
    get(store.remove("other"));
    assertThat(get(store.get("other"))).isEmpty();
  }

  @Test
  void ofManyThatCreateOneExactlyOneWins() throws Exception {
    VaultStore store = store();
    get(store.get("first"));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Boolean>> creations =
          IntStream.range(0, 16)
              .<Callable<Boolean>>mapToObj(i -> () -> get(store.create("first", value(i))))
              .toList();
      int winner = -1;
      List<Future<Boolean>> answers = threads.invokeAll(creations);
      for (int i = 0; i < answers.size(); i++) {
        if (answers.get(i).get()) {
          assertThat(winner).as("another winner than " + i).isEqualTo(-1);
          winner = i;
        }
      }
      assertThat(winner).isNotEqualTo(-1);
      assertThat(get(store.get("first"))).contains(value(winner));
    }
  }
}
