package dev.polycert.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.MachineRole.Lease;
import dev.polycert.testing.MovedClock;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keys that end, and are fetched again before that. */
class RoleKeysTest {
  private static final Instant START = Instant.parse("2026-11-30T08:00:00Z");
  private static final Duration HOURS = Duration.ofHours(6);

  private final MovedClock clock = new MovedClock(START);

  /** The fetches that were begun, for the test to end. */
  private final List<UniEmitter<? super Answer<Lease>>> fetches = new ArrayList<>();

  private final List<String> secrets = new ArrayList<>();
  private final RoleKeys keys =
      new RoleKeys(
          () -> Uni.createFrom().emitter(fetches::add),
          clock,
          known -> {
            secrets.clear();
            secrets.addAll(known);
          });

  private UniAssertSubscriber<Answer<Credentials>> ask() {
    return keys.ready().subscribe().withSubscriber(UniAssertSubscriber.create());
  }

  private String keyId() {
    return ask().assertCompleted().getItem()
            instanceof Answer.Success<Credentials>(var found, var _)
        ? found.keyId()
        : "none";
  }

  private void gives(int fetch, String keyId, Duration validFor) {
    fetches
        .get(fetch)
        .complete(
            Answer.of(
                new Lease(
                    Credentials.known(keyId, "secret-of-" + keyId, "token-of-" + keyId),
                    clock.instant().plus(validFor))));
  }

  private void fails(int fetch) {
    fetches.get(fetch).complete(MetadataService.refused(ErrorClass.RETRY, "down"));
  }

  @Test
  void allThatWaitShareOneFetch() {
    UniAssertSubscriber<Answer<Credentials>> first = ask();
    UniAssertSubscriber<Answer<Credentials>> second = ask();

    assertThat(fetches).hasSize(1);
    gives(0, "one", HOURS);

    first.assertCompleted();
    assertThat(second.assertCompleted().getItem()).isEqualTo(first.getItem());
    assertThat(keyId()).isEqualTo("one");
    assertThat(fetches).hasSize(1);
  }

  @Test
  void aCallDoesNotWaitForTheNextKeys() {
    ask();
    gives(0, "one", HOURS);
    clock.now = START.plus(HOURS).minus(Duration.ofMinutes(15));

    assertThat(keyId()).isEqualTo("one");
    assertThat(keyId()).isEqualTo("one");
    assertThat(fetches).hasSize(2);
    gives(1, "two", HOURS);

    assertThat(keyId()).isEqualTo("two");
    assertThat(keys.current().keyId()).isEqualTo("two");
  }

  @Test
  void aFailedFetchKeepsTheKeysUntilTheirEnd() {
    ask();
    gives(0, "one", HOURS);
    clock.now = START.plus(HOURS).minus(Duration.ofMinutes(10));
    ask();
    fails(1);

    assertThat(keyId()).isEqualTo("one");
    assertThat(fetches).as("a pause after the failure").hasSize(2);

    clock.now = clock.now.plusSeconds(30);
    assertThat(keyId()).isEqualTo("one");
    assertThat(fetches).hasSize(3);
    fails(2);

    clock.now = START.plus(HOURS);
    UniAssertSubscriber<Answer<Credentials>> ended = ask();
    assertThat(fetches).hasSize(4);
    fails(3);
    assertThat(ended.assertCompleted().getItem())
        .isEqualTo(MetadataService.refused(ErrorClass.RETRY, "down"));
  }

  @Test
  void keysOfAShortTimeAreFetchedAtItsHalf() {
    ask();
    gives(0, "one", Duration.ofMinutes(10));
    clock.now = START.plus(Duration.ofMinutes(5)).minusSeconds(1);
    ask();
    assertThat(fetches).hasSize(1);

    clock.now = START.plus(Duration.ofMinutes(5));
    ask();
    assertThat(fetches).hasSize(2);
  }

  @Test
  void refusedKeysAreReplacedEarly() {
    ask();
    gives(0, "one", HOURS);
    Credentials refused = keys.current();
    clock.now = START.plusSeconds(60);

    UniAssertSubscriber<Boolean> replaced = replaced(refused);
    assertThat(fetches).hasSize(2);
    gives(1, "two", HOURS);

    replaced.assertCompleted().assertItem(true);
    replaced(refused).assertCompleted().assertItem(true);
    assertThat(fetches).as("a second call that was refused").hasSize(2);
  }

  @Test
  void refusedKeysThatTheMachineStillHasAreNotAskedForAtEveryCall() {
    ask();
    gives(0, "one", HOURS);
    replaced(keys.current()).assertCompleted().assertItem(false);
    assertThat(fetches).hasSize(1);

    clock.now = START.plusSeconds(60);
    UniAssertSubscriber<Boolean> replaced = replaced(keys.current());
    gives(1, "one", HOURS);
    replaced.assertCompleted().assertItem(false);
    replaced(keys.current()).assertCompleted().assertItem(false);
    assertThat(fetches).hasSize(2);
  }

  private UniAssertSubscriber<Boolean> replaced(Credentials refused) {
    return keys.replaced(refused).subscribe().withSubscriber(UniAssertSubscriber.create());
  }

  @Test
  void theKeysBeforeStayHiddenWhileCallsMayUseThem() {
    ask();
    gives(0, "first-key-id", HOURS);
    clock.now = START.plus(HOURS);
    ask();
    gives(1, "second-key-id", HOURS);

    String shown =
        keys.hidden().in("first-key-id secret-of-first-key-id token-of-second-key-id else");
    assertThat(shown).isEqualTo("*** *** *** else");
    assertThat(secrets).contains("secret-of-first-key-id", "token-of-second-key-id");

    clock.now = clock.now.plus(HOURS);
    ask();
    gives(2, "third-key-id", HOURS);
    assertThat(secrets).hasSize(6).doesNotContain("secret-of-first-key-id");
  }
}
