package dev.polycert.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ZoneIdsTest {
  private static final CallContext CONTEXT = new CallContext(Instant.MAX);

  private final ZoneIds ids = new ZoneIds((zone, context) -> look());
  private final List<String> seen = new ArrayList<>();
  private Optional<String> atTheService = Optional.of("1");

  private Answer<String> call() {
    return ids.with("example.com", CONTEXT, this::use).await().indefinitely();
  }

  private Uni<Answer<Optional<String>>> look() {
    seen.add("look");
    return Uni.createFrom().item(new Answer.Success<>(atTheService, null));
  }

  /** Takes the id that the service has, and refuses any other for good. */
  private Uni<Answer<String>> use(String id) {
    seen.add("use " + id);
    return Uni.createFrom()
        .item(
            atTheService.filter(id::equals).isPresent()
                ? new Answer.Success<>("done", null)
                : refused());
  }

  private static Answer<String> refused() {
    return new Answer.Failed<>(
        new Failure.Refused(new VendorError(ErrorClass.FINAL, "NoSuchZone", "no such zone")));
  }

  @Test
  void asksForAnIdOnce() {
    call();
    assertThat(call()).isEqualTo(new Answer.Success<>("done", null));

    assertThat(seen).containsExactly("look", "use 1", "use 1");
  }

  @Test
  void findsAZoneThatWasMadeAnew() {
    call();
    atTheService = Optional.of("2");

    assertThat(call()).isEqualTo(new Answer.Success<>("done", null));
    assertThat(seen).containsExactly("look", "use 1", "use 1", "look", "use 2");
  }

  @Test
  void doesNotRepeatWhatIsRefusedForAnotherReason() {
    call();
    ids.with("example.com", CONTEXT, id -> Uni.createFrom().item(refused())).await().indefinitely();

    assertThat(seen).containsExactly("look", "use 1", "look");
  }

  @Test
  void namesAZoneThatIsNotThere() {
    atTheService = Optional.empty();

    assertThat(call())
        .isInstanceOfSatisfying(
            Answer.Failed.class,
            failure ->
                assertThat(failure.failure().toString()).contains("Dns.NoZone", "example.com"));
  }
}
