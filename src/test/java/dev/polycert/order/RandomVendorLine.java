package dev.polycert.order;

import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Account;
import dev.polycert.provider.Application;
import dev.polycert.provider.Capability;
import dev.polycert.provider.CertificateProvider;
import dev.polycert.call.Descriptor;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Plan;
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
  private static final Uni<Outcome> SILENCE = Uni.createFrom().nothing();

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
  public Descriptor descriptor() {
    return new Descriptor(
        vendor.id,
        vendor.id,
        Set.of(ValidationMethod.DNS),
        Set.of(KeyAlgorithm.RSA_2048),
        Map.of(),
        List.of("SOME_KEY"),
        EnumSet.of(
            Capability.SUBMIT_INFORMATION, Capability.CANCEL, Capability.DELETE, Capability.REVOKE),
        "",
        "",
        Map.of(),
        Duration.ofHours(48));
  }

  @Override
  public Account account() {
    return new Account("default", List.of());
  }

  @Override
  public List<String> missingInformation(Application application) {
    return application.domain().ascii().startsWith("i")
            && application.terms().information().csr() == null
        ? List.of("information.csr")
        : List.of();
  }

  @Override
  public Uni<Outcome> prepare(Application application, CallContext context) {
    return read(
        application,
        weather ->
            vendor
                .adoptable(application)
                .<Outcome>map(entry -> entry.told(entry.phase))
                .orElseGet(
                    () ->
                        new Outcome.Ready(
                            new Plan(
                                Map.of("siteId", "7"),
                                vendor.freeSlots(application).stream()
                                    .map(slot -> Reference.of("certificateId", slot))
                                    .toList(),
                                List.of()))));
  }

  @Override
  public Uni<Outcome> find(Application application, CallContext context) {
    return inBook(application)
        .flatMap(order -> read(application, weather -> vendor.find(order, application)));
  }

  @Override
  public Uni<Outcome> check(Application application, CallContext context) {
    return read(application, weather -> vendor.check(application, weather));
  }

  @Override
  public Uni<Outcome> place(Application application, CallContext context) {
    if (application.domain().ascii().startsWith("s") && application.reference() == null) {
      return refused(ErrorClass.QUOTA);
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
                        Outcome taken =
                            vendor.take(order, application, weather == Weather.TAKEN_LATE);
                        return answer(weather, () -> taken).invoke(read -> read(order, read));
                      }
                      return answer(weather, () -> new Outcome.Absent(null))
                          .invoke(read -> read(order, read));
                    }));
  }

  private void read(Order order, Outcome outcome) {
    boolean clear =
        switch (outcome) {
          case Outcome.Progress progress -> true;
          case Outcome.Refused(var error) -> error.errorClass() != ErrorClass.ALREADY_APPLIED;
          default -> false;
        };
    if (clear) {
      vendor.answered(order);
    }
  }

  @Override
  public Uni<Outcome> submit(Application application, CallContext context) {
    return effect(application, context, () -> vendor.submit(application));
  }

  @Override
  public Uni<Outcome> cancel(Application application, CallContext context) {
    return effect(application, context, () -> vendor.end(application, Phase.CANCELLED));
  }

  @Override
  public Uni<Outcome> delete(Application application, CallContext context) {
    return effect(
        application,
        context,
        () -> {
          vendor.end(application, Phase.CANCELLED);
          return new Outcome.Absent("req");
        });
  }

  @Override
  public Uni<Outcome> revoke(
      Application application, RevocationReason reason, CallContext context) {
    return effect(application, context, () -> vendor.end(application, Phase.REVOKED));
  }

  // --- the line ---

  private Uni<Order> inBook(Application application) {
    return book.get()
        .latest(vendor.id, "default", application.domain())
        .map(latest -> latest.orElseThrow());
  }

  private Uni<Outcome> read(Application application, Function<Weather, Outcome> answer) {
    Weather weather = vendor.next(application.domain().ascii());
    return answer(weather, () -> answer.apply(weather));
  }

  private Uni<Outcome> effect(
      Application application, CallContext context, Supplier<Outcome> effect) {
    Weather weather = vendor.next(application.domain().ascii());
    return write(
        weather,
        context,
        () -> {
          Outcome taken = weather.takesEffect() ? effect.get() : new Outcome.Absent(null);
          return answer(weather, () -> taken);
        });
  }

  private Uni<Outcome> write(Weather weather, CallContext context, Supplier<Uni<Outcome>> sent) {
    if (death.isDone()) {
      return SILENCE;
    }
    if (weather == Weather.DEFERRED) {
      return answer(weather, () -> new Outcome.Absent(null));
    }
    return context
        .intent()
        .apply("Write")
        .flatMap(
            recorded -> {
              if (weather == Weather.KILLED_BEFORE) {
                death.complete(null);
              }
              return death.isDone() ? SILENCE : sent.get();
            });
  }

  private Uni<Outcome> answer(Weather weather, Supplier<Outcome> fair) {
    if (weather.kills()) {
      death.complete(null);
    }
    if (death.isDone()) {
      return SILENCE;
    }
    return switch (weather) {
      case BUSY -> refused(ErrorClass.RETRY);
      case THROTTLED -> refused(ErrorClass.THROTTLED);
      case QUOTA -> refused(ErrorClass.QUOTA);
      case ALREADY -> refused(ErrorClass.ALREADY_APPLIED);
      case PENDING -> {
        Outcome outcome = fair.get();
        yield outcome instanceof Outcome.Progress progress
                && progress.phase() == Phase.PENDING_VALIDATION
            ? refused(ErrorClass.PENDING)
            : Uni.createFrom().item(outcome);
      }
      case DEFERRED ->
          Uni.createFrom().item(new Outcome.Deferred(clock.get().plusSeconds(30), "no token"));
      case LOST, TAKEN, TAKEN_LATE -> Uni.createFrom().item(Outcomes.unclear());
      case FAULT -> Uni.createFrom().failure(new IllegalStateException("a bug"));
      default -> Uni.createFrom().item(fair);
    };
  }

  private static Uni<Outcome> refused(ErrorClass errorClass) {
    return Uni.createFrom().item(Outcomes.refused(errorClass));
  }
}
