package dev.polycert.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Drives one zone of a writer as an order does, and keeps the writes that were announced. */
public final class WriterSteps {
  private final DnsWriter writer;
  private final String zone;
  private final List<String> intents = new CopyOnWriteArrayList<>();

  public WriterSteps(DnsWriter writer, String zone) {
    this.writer = writer;
    this.zone = zone;
  }

  public Optional<String> find(DnsRecord record) {
    return value(writer.find(zone, record, new CallContext(Instant.now().plusSeconds(20))));
  }

  /** The error that a look for the record ends in. */
  public VendorError notFound(DnsRecord record) {
    Answer<Optional<String>> result =
        writer
            .find(zone, record, new CallContext(Instant.now().plusSeconds(20)))
            .await()
            .indefinitely();
    assertThat(result).isInstanceOf(Answer.Failed.class);
    return ((Answer.Failed<Optional<String>>) result).failure().error();
  }

  /** Where the service says that a name points. */
  public Optional<String> alias(String name) {
    return value(writer.alias(zone, name, new CallContext(Instant.now().plusSeconds(20))));
  }

  public String create(DnsRecord record) {
    return value(writer.create(zone, record, context()));
  }

  public boolean remove(DnsRecord record, @Nullable String id) {
    return value(writer.remove(zone, record, id, context()));
  }

  /** The error that creating the record ends in, nothing having taken effect. */
  public VendorError refused(DnsRecord record) {
    Failure failure = failed(record);
    assertThat(failure).isInstanceOf(Failure.Refused.class);
    return failure.error();
  }

  /** What creating the record ends in instead. */
  public Failure failed(DnsRecord record) {
    Answer<String> result = writer.create(zone, record, context()).await().indefinitely();
    assertThat(result).isInstanceOf(Answer.Failed.class);
    return ((Answer.Failed<String>) result).failure();
  }

  /** The writes so far. */
  public List<String> intents() {
    return List.copyOf(intents);
  }

  /** A context with time enough. */
  public WriteContext context() {
    return new WriteContext(
        Instant.now().plusSeconds(20),
        new Object(),
        operation -> Uni.createFrom().voidItem().invoke(() -> intents.add(operation)));
  }

  private static <T> T value(Uni<Answer<T>> step) {
    Answer<T> result = step.await().indefinitely();
    assertThat(result).isInstanceOf(Answer.Success.class);
    return ((Answer.Success<T>) result).value();
  }
}
