package dev.polycert.order.use;

import static dev.polycert.order.VendorAnswers.absent;
import static dev.polycert.order.VendorAnswers.deferred;
import static dev.polycert.order.VendorAnswers.ready;
import static dev.polycert.order.VendorAnswers.refused;
import static dev.polycert.order.VendorAnswers.unclear;

import dev.polycert.call.Account;
import dev.polycert.call.Answer;
import dev.polycert.call.Answer.Failed;
import dev.polycert.call.Answer.Success;
import dev.polycert.call.CallContext;
import dev.polycert.call.Descriptor;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure.Refused;
import dev.polycert.call.Intents;
import dev.polycert.call.Service;
import dev.polycert.call.WriteContext;
import dev.polycert.order.Order;
import dev.polycert.order.OrderBook;
import dev.polycert.provider.Application;
import dev.polycert.provider.Capability;
import dev.polycert.provider.CertificateProvider;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Offer;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Plan;
import dev.polycert.provider.Preparation;
import dev.polycert.provider.Progress;
import dev.polycert.provider.Reference;
import dev.polycert.provider.RevocationReason;
import dev.polycert.provider.ValidationMethod;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/** One process's line to a {@link RandomVendor}. When the process dies, nothing comes back. */
final class RandomVendorLine implements CertificateProvider {
  private final RandomVendor vendor;
  private final CompletableFuture<Void> death;
  private final Supplier<OrderBook> book;
  private final Supplier<Instant> clock;

  RandomVendorLine(
      RandomVendor vendor,
      CompletableFuture<Void> death,
      Supplier<OrderBook> book,
      Supplier<Instant> clock) {
    this.vendor = vendor;
    this.death = death;
    this.book = book;
    this.clock = clock;
  }

  @Override
  public Service service() {
    return new Service(
        Descriptor.of(vendor.id, vendor.id).secret("SOME_KEY"), new Account("default", List.of()));
  }

  @Override
  public Offer offer() {
    return new Offer(
        Set.of(ValidationMethod.DNS),
        Set.of(KeyAlgorithm.RSA_2048),
        EnumSet.of(
            Capability.SUBMIT_INFORMATION, Capability.CANCEL, Capability.DELETE, Capability.REVOKE),
        "",
        "",
        Duration.ofHours(48));
  }

  @Override
  public List<String> missingInformation(Application application) {
    return application.domain().ascii().startsWith("i")
            && application.terms().information().csr() == null
        ? List.of("information.csr")
        : List.of();
  }

  @Override
  public Uni<Answer<Preparation>> prepare(Application application, CallContext context) {
    return read(
        application,
        weather ->
            vendor
                .adoptable(application)
                .map(entry -> entry.told(entry.phase).<Preparation>map(Preparation.Existing::new))
                .orElseGet(
                    () ->
                        ready(
                            new Plan(
                                Map.of("siteId", "7"),
                                vendor.freeSlots(application).stream()
                                    .map(slot -> Reference.of("certificateId", slot))
                                    .toList(),
                                List.of()))));
  }

  @Override
  public Uni<Answer<Progress>> find(Application application, CallContext context) {
    return inBook(application)
        .flatMap(order -> read(application, weather -> vendor.find(order, application)));
  }

  @Override
  public Uni<Answer<Progress>> check(Application application, CallContext context) {
    return read(application, weather -> vendor.check(application, weather));
  }

  @Override
  public Uni<Answer<Progress>> place(Application application, WriteContext context) {
    if (application.domain().ascii().startsWith("s") && application.reference() == null) {
      return now(refused(ErrorClass.QUOTA));
    }
    Weather weather = vendor.next(application.domain().ascii());
    return write(
        weather,
        context,
        () ->
            inBook(application)
                .flatMap(
                    order -> {
                      vendor.sent(order);
                      if (weather.takesEffect()) {
                        Answer<Progress> taken =
                            vendor.take(order, application, weather == Weather.TAKEN_LATE);
                        return answer(weather, () -> taken).invoke(read -> read(order, read));
                      }
                      return this.<Progress>answer(weather, () -> absent(null))
                          .invoke(read -> read(order, read));
                    }));
  }

  private void read(Order order, Answer<Progress> answer) {
    boolean clear =
        switch (answer) {
          case Success<Progress> _ -> true;
          case Failed(Refused(var error)) -> error.errorClass() != ErrorClass.ALREADY_APPLIED;
          default -> false;
        };
    if (clear) {
      vendor.answered(order);
    }
  }

  @Override
  public Uni<Answer<Progress>> submit(Application application, WriteContext context) {
    return effect(application, context, () -> vendor.submit(application));
  }

  @Override
  public Uni<Answer<Progress>> cancel(Application application, WriteContext context) {
    return effect(application, context, () -> vendor.end(application, Phase.CANCELLED));
  }

  @Override
  public Uni<Answer<Progress>> delete(Application application, WriteContext context) {
    return effect(
        application,
        context,
        () -> {
          vendor.end(application, Phase.CANCELLED);
          return absent("req");
        });
  }

  @Override
  public Uni<Answer<Progress>> revoke(
      Application application, RevocationReason reason, WriteContext context) {
    return effect(application, context, () -> vendor.end(application, Phase.REVOKED));
  }

  // --- the line ---

  private Uni<Order> inBook(Application application) {
    return book.get()
        .latest(vendor.id, "default", application.domain())
        .map(latest -> latest.orElseThrow());
  }

  private <T> Uni<Answer<T>> read(Application application, Function<Weather, Answer<T>> answer) {
    Weather weather = vendor.next(application.domain().ascii());
    return answer(weather, () -> answer.apply(weather));
  }

  private Uni<Answer<Progress>> effect(
      Application application, WriteContext context, Supplier<Answer<Progress>> effect) {
    Weather weather = vendor.next(application.domain().ascii());
    return write(
        weather,
        context,
        () -> {
          Answer<Progress> taken = weather.takesEffect() ? effect.get() : absent(null);
          return answer(weather, () -> taken);
        });
  }

  private Uni<Answer<Progress>> write(
      Weather weather, WriteContext context, Supplier<Uni<Answer<Progress>>> sent) {
    if (death.isDone()) {
      return silence();
    }
    if (weather == Weather.DEFERRED) {
      return answer(weather, () -> absent(null));
    }
    return Intents.intend(context, "Write")
        .flatMap(
            recorded -> {
              if (weather == Weather.KILLED_BEFORE) {
                death.complete(null);
              }
              return death.isDone() ? silence() : sent.get();
            });
  }

  private static <T> Uni<Answer<T>> silence() {
    return Uni.createFrom().nothing();
  }

  private <T> Uni<Answer<T>> answer(Weather weather, Supplier<Answer<T>> fair) {
    if (weather.kills()) {
      death.complete(null);
    }
    if (death.isDone()) {
      return silence();
    }
    return switch (weather) {
      case BUSY -> now(refused(ErrorClass.RETRY));
      case THROTTLED -> now(refused(ErrorClass.THROTTLED));
      case QUOTA -> now(refused(ErrorClass.QUOTA));
      case ALREADY -> now(refused(ErrorClass.ALREADY_APPLIED));
      case PENDING -> {
        Answer<T> answer = fair.get();
        yield now(waits(answer) ? refused(ErrorClass.PENDING) : answer);
      }
      case DEFERRED -> now(deferred(clock.get().plusSeconds(30), "no token"));
      case LOST, TAKEN, TAKEN_LATE -> now(unclear());
      case FAULT -> Uni.createFrom().failure(new IllegalStateException("a bug"));
      default -> Uni.createFrom().item(fair);
    };
  }

  private static boolean waits(Answer<?> answer) {
    return answer instanceof Success<?>(Progress progress, _)
        && progress.phase() == Phase.PENDING_VALIDATION;
  }

  private static <T> Uni<Answer<T>> now(Answer<T> answer) {
    return answer.now();
  }
}
