package dev.polycert.order.use;

import dev.polycert.call.VendorError;
import dev.polycert.domain.DomainName;
import dev.polycert.order.Catalog;
import dev.polycert.order.Order;
import dev.polycert.order.OrderId;
import dev.polycert.provider.DeliveryTarget;
import dev.polycert.provider.Information;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Plan;
import dev.polycert.provider.Terms;
import dev.polycert.provider.ValidationMethod;
import dev.polycert.rate.Urgency;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Applies for certificates: the use case behind {@code apply}. */
@ApplicationScoped
public class Apply {
  private final Applicant applicant;
  private final Failover failover;
  private final FanOut fanOut;

  Apply(Applicant applicant, Failover failover, FanOut fanOut) {
    this.applicant = applicant;
    this.failover = failover;
    this.fanOut = fanOut;
  }

  /** The validation of a request that names none. */
  public static final ValidationMethod DEFAULT_VALIDATION = ValidationMethod.DNS;

  /** The key algorithm of a request that names none and has no CSR. */
  public static final KeyAlgorithm DEFAULT_KEY_ALGORITHM = KeyAlgorithm.RSA_2048;

  /** How the providers of one request relate. */
  public enum Strategy {
    /** Every domain at every provider. */
    ALL,
    /** Every domain at one provider: the next is asked only when the one before cannot serve. */
    FIRST
  }

  /**
   * What to apply for, checked against what there is: see {@link Catalog}.
   *
   * @param domains without duplicates, in request order
   * @param providers ids in request order, all of them configured
   * @param byDomain the ids for the domains that are not applied for at all of them
   * @param label of all its orders; null for none
   * @param validation null where nothing is said
   * @param keyAlgorithm null where nothing is said
   * @param providerOptions options by provider id
   * @param deliver where each certificate is to be brought to; null where nothing is said
   * @param reissue make a new generation of an issued order that was asked for with other terms
   * @param reissueBefore also of one that was made before this time, under the same terms; null for
   *     none
   * @param dryRun find out everything, write nothing, record nothing
   */
  public record Command(
      List<DomainName> domains,
      List<String> providers,
      Map<DomainName, List<String>> byDomain,
      @Nullable String label,
      Strategy strategy,
      @Nullable ValidationMethod validation,
      @Nullable KeyAlgorithm keyAlgorithm,
      Map<String, Map<String, String>> providerOptions,
      Information information,
      @Nullable List<DeliveryTarget> deliver,
      boolean reissue,
      @Nullable Instant reissueBefore,
      boolean dryRun) {

    public Command {
      domains = List.copyOf(domains);
      providers = List.copyOf(providers);
      byDomain = Map.copyOf(byDomain);
      providerOptions = Map.copyOf(providerOptions);
      deliver = deliver == null ? null : List.copyOf(deliver);
      if (domains.isEmpty() || providers.isEmpty()) {
        throw new IllegalArgumentException("nothing to apply for");
      }
    }

    /** The same without a label, every domain at every provider. */
    public Command(
        List<DomainName> domains,
        List<String> providers,
        Strategy strategy,
        @Nullable ValidationMethod validation,
        @Nullable KeyAlgorithm keyAlgorithm,
        Map<String, Map<String, String>> providerOptions,
        Information information,
        @Nullable List<DeliveryTarget> deliver,
        boolean reissue,
        boolean dryRun) {
      this(
          domains,
          providers,
          Map.of(),
          null,
          strategy,
          validation,
          keyAlgorithm,
          providerOptions,
          information,
          deliver,
          reissue,
          null,
          dryRun);
    }

    /** The targets; none where nothing is said. */
    public List<DeliveryTarget> targets() {
      return deliver == null ? List.of() : deliver;
    }

    /** The same with other targets. */
    Command delivering(@Nullable List<DeliveryTarget> targets) {
      return new Command(
          domains,
          providers,
          byDomain,
          label,
          strategy,
          validation,
          keyAlgorithm,
          providerOptions,
          information,
          targets,
          reissue,
          reissueBefore,
          dryRun);
    }

    /** Every provider that some domain is applied for at. */
    public Set<String> all() {
      return domains.stream()
          .flatMap(domain -> providers(domain).stream())
          .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The providers that a domain is applied for at. */
    List<String> providers(DomainName domain) {
      return byDomain.getOrDefault(domain, providers);
    }

    /** How urgent each of its orders is. */
    Urgency urgency() {
      return FanOut.urgency(domains.size());
    }

    /** The terms at one of its providers. */
    Terms terms(String provider) {
      Map<String, String> options = providerOptions.getOrDefault(provider, Map.of());
      return new Terms(
          validation == null ? DEFAULT_VALIDATION : validation,
          keyAlgorithm == null ? DEFAULT_KEY_ALGORITHM : keyAlgorithm,
          options,
          information,
          targets());
    }
  }

  /**
   * The result for one (domain, provider) pair of a request.
   *
   * @param order the order, except in a dry run
   * @param existing whether the order was there before this request, which then sent nothing new
   * @param plan what a dry run found out
   * @param error why a dry run failed, or the order could not be recorded
   * @param passedOver the providers asked before this one, for {@link Strategy#FIRST}
   * @param differs what the request asks for and an existing order has otherwise
   * @param notes what the caller should know of it
   */
  public record Entry(
      DomainName domain,
      String provider,
      @Nullable Order order,
      boolean existing,
      @Nullable Plan plan,
      @Nullable VendorError error,
      List<PassedOver> passedOver,
      List<Difference> differs,
      List<String> notes) {

    public Entry {
      passedOver = List.copyOf(passedOver);
      differs = List.copyOf(differs);
      notes = List.copyOf(notes);
    }

    public static Entry of(Order order, boolean existing) {
      return new Entry(
          order.domain(),
          order.provider(),
          order,
          existing,
          null,
          null,
          List.of(),
          List.of(),
          List.of());
    }

    static Entry planned(DomainName domain, String provider, Plan plan) {
      return new Entry(domain, provider, null, false, plan, null, List.of(), List.of(), List.of());
    }

    static Entry failed(DomainName domain, String provider, VendorError error) {
      return new Entry(domain, provider, null, false, null, error, List.of(), List.of(), List.of());
    }

    Entry after(List<PassedOver> before) {
      return new Entry(domain, provider, order, existing, plan, error, before, differs, notes);
    }

    /** The same, after a step of its order. */
    Entry moved(Order moved) {
      return new Entry(domain, provider, moved, existing, plan, error, passedOver, differs, notes);
    }

    Entry withPlan(Plan found) {
      return new Entry(domain, provider, order, existing, found, error, passedOver, differs, notes);
    }

    Entry withError(VendorError why) {
      return new Entry(domain, provider, order, existing, plan, why, passedOver, differs, notes);
    }

    Entry withDiffers(List<Difference> others) {
      return new Entry(domain, provider, order, existing, plan, error, passedOver, others, notes);
    }

    Entry note(String more) {
      return noteAll(List.of(more));
    }

    Entry noteAll(List<String> more) {
      List<String> all = new ArrayList<>(notes);
      all.addAll(more);
      return new Entry(domain, provider, order, existing, plan, error, passedOver, differs, all);
    }
  }

  /** A provider that could not serve, and why. */
  public record PassedOver(String provider, @Nullable OrderId order, VendorError error) {}

  private record Pair(DomainName domain, String provider) {

    Entry failed(VendorError fault) {
      return Entry.failed(domain, provider, fault);
    }
  }

  /**
   * Applies, and answers with one entry per (domain, provider) in request order; with {@link
   * Strategy#FIRST} one per domain.
   *
   * @param deadline nothing is waited for beyond this; what could not be sent stays {@code
   *     REQUESTED}
   */
  public Uni<List<Entry>> apply(Command command, Instant deadline) {
    return entries(command, deadline).map(RecordRoom::noted);
  }

  private Uni<List<Entry>> entries(Command command, Instant deadline) {
    return switch (command.strategy()) {
      case ALL -> {
        List<Pair> pairs = new ArrayList<>();
        for (DomainName domain : command.domains()) {
          command.providers(domain).forEach(provider -> pairs.add(new Pair(domain, provider)));
        }
        yield command.dryRun() ? look(command, pairs, deadline) : place(command, pairs, deadline);
      }
      case FIRST ->
          fanOut.run(
              command.domains(),
              domain -> command.providers(domain).getFirst(),
              deadline,
              (domain, urgency) -> failover.apply(command, domain, deadline),
              (domain, fault) -> Entry.failed(domain, command.providers(domain).getFirst(), fault));
    };
  }

  /**
   * Records all before it sends any: whatever becomes of this process or its time, nothing that was
   * asked for is lost.
   */
  private Uni<List<Entry>> place(Command command, List<Pair> pairs, Instant deadline) {
    Instant lastBegin = fanOut.lastBegin(deadline);
    return fanOut
        .runNow(
            pairs,
            Pair::provider,
            deadline,
            pair -> applicant.record(command, pair.domain, pair.provider, deadline),
            Pair::failed)
        .flatMap(
            recorded ->
                fanOut.run(
                    recorded,
                    Entry::provider,
                    deadline,
                    (entry, urgency) ->
                        applicant.send(
                            entry,
                            urgency == Urgency.SMALL ? deadline : lastBegin,
                            deadline,
                            urgency),
                    Entry::withError));
  }

  private Uni<List<Entry>> look(Command command, List<Pair> pairs, Instant deadline) {
    return fanOut.run(
        pairs,
        Pair::provider,
        deadline,
        (pair, urgency) -> applicant.look(command, pair.domain, pair.provider, deadline),
        Pair::failed);
  }
}
