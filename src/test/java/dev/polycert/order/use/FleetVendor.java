package dev.polycert.order.use;

import static dev.polycert.order.VendorAnswers.absent;
import static dev.polycert.order.VendorAnswers.ready;
import static dev.polycert.order.VendorAnswers.unclear;

import dev.polycert.call.Account;
import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Descriptor;
import dev.polycert.call.Intents;
import dev.polycert.call.Service;
import dev.polycert.call.WriteContext;
import dev.polycert.provider.Application;
import dev.polycert.provider.CertificateFacts;
import dev.polycert.provider.CertificateProvider;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Offer;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Plan;
import dev.polycert.provider.Preparation;
import dev.polycert.provider.Progress;
import dev.polycert.provider.Reference;
import dev.polycert.provider.ValidationMethod;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/**
 * A vendor that issues at the first check, for as many days as a domain's name says: {@code d6-…}.
 * Some of its calls fail.
 */
final class FleetVendor implements CertificateProvider {

  /** One issued certificate. */
  record Issued(String domain, Instant from, Instant until) {}

  final ConcurrentMap<String, Issued> issued = new ConcurrentHashMap<>();

  /** Write calls that came for what had been applied for already. */
  final Set<String> twice = ConcurrentHashMap.newKeySet();

  private final Set<String> applied = new HashSet<>();
  private final Supplier<Instant> clock;
  private int calls;

  FleetVendor(Supplier<Instant> clock) {
    this.clock = clock;
  }

  static Duration lifetime(String domain) {
    return Duration.ofDays(Integer.parseInt(domain.substring(1, domain.indexOf('-'))));
  }

  /** Every twentieth call: often enough that every way of failing is met. */
  private synchronized boolean fails() {
    return ++calls % 20 == 0;
  }

  @Override
  public Service service() {
    return new Service(
        Descriptor.of("vendor", "vendor").secret("SOME_KEY"), new Account("default", List.of()));
  }

  @Override
  public Offer offer() {
    return new Offer(
        Set.of(ValidationMethod.DNS),
        Set.of(KeyAlgorithm.RSA_2048),
        Set.of(),
        "",
        "",
        Duration.ofHours(48));
  }

  @Override
  public Uni<Answer<Preparation>> prepare(Application application, CallContext context) {
    return Uni.createFrom().item(fails() ? unclear() : ready(Plan.of(Map.of())));
  }

  @Override
  public Uni<Answer<Progress>> place(Application application, WriteContext context) {
    return Intents.intend(context, "Apply")
        .map(
            recorded -> {
              Answer<Progress> placed = apply(application);
              return fails() ? unclear() : placed;
            });
  }

  /** A generation is known by the certificate before it. */
  private synchronized Answer<Progress> apply(Application application) {
    String name = name(application);
    if (!applied.add(name)) {
      twice.add(name);
    }
    return told(name, Phase.PENDING_VALIDATION, null);
  }

  private static String name(Application application) {
    Reference before = application.renewalOf();
    return application.domain() + "/" + (before == null ? "" : before.ids().get("until"));
  }

  @Override
  public synchronized Uni<Answer<Progress>> find(Application application, CallContext context) {
    String name = name(application);
    return Uni.createFrom()
        .item(applied.contains(name) ? told(name, Phase.PENDING_VALIDATION, null) : absent(null));
  }

  @Override
  public Uni<Answer<Progress>> check(Application application, CallContext context) {
    if (fails()) {
      return Uni.createFrom().item(unclear());
    }
    String domain = application.domain().ascii();
    Issued certificate =
        issued.computeIfAbsent(
            application.requireReference().ids().get("name"),
            name -> new Issued(domain, clock.get(), clock.get().plus(lifetime(domain))));
    return Uni.createFrom()
        .item(told(application.requireReference().ids().get("name"), Phase.ISSUED, certificate));
  }

  private static Answer<Progress> told(String name, Phase phase, Issued issued) {
    CertificateFacts facts =
        issued == null
            ? null
            : new CertificateFacts(
                issued.domain,
                List.of(issued.domain),
                null,
                null,
                null,
                null,
                issued.from,
                issued.until);
    String until = issued == null ? "" : issued.until.toString();
    return Answer.of(
        new Progress(
            phase,
            Reference.of("name", name, "until", until),
            List.of(),
            facts,
            phase.name(),
            null,
            null));
  }
}
