package dev.polycert.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Answer;
import dev.polycert.call.WriteContext;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;

/** Waits for what a provider's steps come to. */
public final class Awaiting {
  private Awaiting() {}

  /** For a step that has some time, and whose intents are of no interest. */
  public static WriteContext context() {
    return new WriteContext(
        Instant.now().plusSeconds(25), new Object(), operation -> Uni.createFrom().voidItem());
  }

  public static <T> T await(Uni<T> step) {
    return step.await().atMost(Duration.ofSeconds(30));
  }

  /** The answer's value or its failure, which must be of that kind. */
  public static <T> T await(Class<T> type, Uni<? extends Answer<?>> step) {
    Object came =
        switch (await(step)) {
          case Answer.Success<?> success -> success.value();
          case Answer.Failed<?> failed -> failed.failure();
        };
    assertThat(came).isInstanceOf(type);
    return type.cast(came);
  }

  /** What was asked for, which must have come. */
  public static <T> T value(Uni<Answer<T>> question) {
    Answer<T> answer = await(question);
    assertThat(answer).isInstanceOf(Answer.Success.class);
    return ((Answer.Success<T>) answer).value();
  }
}
