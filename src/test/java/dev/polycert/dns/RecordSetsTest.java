package dev.polycert.dns;

import static dev.polycert.dns.WriterTesting.txt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Descriptor;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import io.smallrye.mutiny.Uni;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What others do to a record set while ours is added or taken away. */
class RecordSetsTest {
  private static final DnsRecord OURS = txt("_acme-challenge.example.com", "ours");

  /** A service with one record set, which others change when a write of ours comes in. */
  private static final class Service extends RecordSets {
    private final boolean atomic;
    private final List<String> values = new ArrayList<>();

    /** Run before and after our writes, one at each. */
    private final Queue<Runnable> before = new ArrayDeque<>();

    private final Queue<Runnable> after = new ArrayDeque<>();
    private int writes;

    Service(boolean atomic, String... values) {
      this.atomic = atomic;
      this.values.addAll(List.of(values));
    }

    @Override
    public dev.polycert.call.Service service() {
      return dev.polycert.call.Service.of(Descriptor.of("test", "a test's"));
    }

    @Override
    protected boolean isAtomic() {
      return atomic;
    }

    @Override
    protected Uni<Answer<Optional<Held>>> read(String zone, DnsRecord record, CallContext context) {
      Optional<Held> held =
          values.isEmpty() ? Optional.empty() : Optional.of(new Held("set", 300, values));
      return Uni.createFrom().item(new Answer.Success<>(held, null));
    }

    @Override
    protected Uni<Answer<String>> write(
        String zone,
        DnsRecord record,
        @Nullable Held read,
        List<String> written,
        WriteContext context) {
      writes++;
      run(before);
      boolean same = values.equals(read == null ? List.of() : read.values());
      if (atomic && !same) {
        return Uni.createFrom().item(changed());
      }
      values.clear();
      values.addAll(written);
      run(after);
      return Uni.createFrom().item(new Answer.Success<>("set", null));
    }

    private static void run(Queue<Runnable> others) {
      Runnable other = others.poll();
      if (other != null) {
        other.run();
      }
    }

    private static Answer<String> changed() {
      return new Answer.Failed<>(
          new Failure.Refused(
              new VendorError(ErrorClass.ALREADY_APPLIED, "Changed", "not what you read")));
    }
  }

  private static WriterSteps steps(Service service) {
    return new WriterSteps(service, "example.com");
  }

  @Test
  void oursGoesBesideTheOthers() {
    Service service = new Service(false, "\"theirs\"");

    assertThat(steps(service).create(OURS)).isEqualTo("set");
    assertThat(service.values).containsExactly("\"theirs\"", "\"ours\"");
    assertThat(steps(service).remove(OURS, "set")).isTrue();
    assertThat(service.values).containsExactly("\"theirs\"");
    assertThat(steps(service).remove(OURS, "set")).isFalse();
  }

  @Test
  void aChangeThatOvertookOursIsMadeGood() {
    Service service = new Service(false);
    service.after.add(
        () -> {
          service.values.clear();
          service.values.add("\"theirs\"");
        });

    steps(service).create(OURS);

    assertThat(service.values).containsExactly("\"theirs\"", "\"ours\"");
    assertThat(service.writes).isEqualTo(2);
  }

  @Test
  void aRemovalThatWasUndoneIsRepeated() {
    Service service = new Service(false, "\"ours\"", "\"theirs\"");
    service.after.add(() -> service.values.add("\"ours\""));

    assertThat(steps(service).remove(OURS, null)).isTrue();

    assertThat(service.values).containsExactly("\"theirs\"");
  }

  @Test
  void anAtomicServiceIsReadAgainWhenItRefuses() {
    Service service = new Service(true);
    service.before.add(() -> service.values.add("\"theirs\""));

    steps(service).create(OURS);

    assertThat(service.values).containsExactly("\"theirs\"", "\"ours\"");
    assertThat(service.writes).isEqualTo(2);
  }

  @Test
  void aSetThatNeverRestsIsLeftForLater() {
    Service service = new Service(true);
    for (int i = 0; i < 10; i++) {
      String other = "\"other" + i + "\"";
      service.before.add(() -> service.values.add(other));
    }

    VendorError error = steps(service).refused(OURS);

    assertThat(error.errorClass()).isEqualTo(ErrorClass.RETRY);
    assertThat(service.writes).isEqualTo(5);
    assertThat(service.values).doesNotContain("\"ours\"").hasSize(5);
  }

  @Test
  void aCnameNeverTakesTheTargetOfAnother() {
    Service service = new Service(true, "elsewhere.example.net.");
    DnsRecord alias = new DnsRecord("_acme-challenge.example.com", "CNAME", "ours.example.net");

    assertThat(steps(service).refused(alias).code()).isEqualTo("Dns.Conflict");
    assertThat(service.values).containsExactly("elsewhere.example.net.");
  }
}
