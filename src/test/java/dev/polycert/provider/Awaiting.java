package dev.polycert.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.CallContext;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;

/** Waits for what a provider's steps come to. */
public final class Awaiting {
  private Awaiting() {}

  /** For a step that has some time, and whose intents nobody wants to know. */
  public static CallContext context() {
    return new CallContext(Instant.now().plusSeconds(25), operation -> Uni.createFrom().voidItem());
  }

  public static <T> T await(Uni<T> step) {
    return step.await().atMost(Duration.ofSeconds(30));
  }

  /** The outcome, which must be of that kind. */
  public static <T extends Outcome> T await(Class<T> type, Uni<Outcome> step) {
    Outcome outcome = await(step);
    assertThat(outcome).isInstanceOf(type);
    return type.cast(outcome);
  }

  /** What was asked for, which must be told. */
  public static <T> T value(Uni<Result<T>> question) {
    Result<T> result = await(question);
    assertThat(result).isInstanceOf(Result.Value.class);
    return ((Result.Value<T>) result).value();
  }
}
