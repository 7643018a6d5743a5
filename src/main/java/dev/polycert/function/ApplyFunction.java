package dev.polycert.function;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.domain.DomainName;
import dev.polycert.function.invocation.Invocation;
import dev.polycert.function.invocation.Operation;
import dev.polycert.function.invocation.Route;
import dev.polycert.function.read.CsrReader;
import dev.polycert.function.read.DeliverReader;
import dev.polycert.function.read.DomainsReader;
import dev.polycert.function.read.Fields;
import dev.polycert.function.read.InformationReader;
import dev.polycert.function.read.LabelReader;
import dev.polycert.function.read.Limits;
import dev.polycert.function.read.ProvidersReader;
import dev.polycert.function.read.RecordNamesReader;
import dev.polycert.order.Catalog;
import dev.polycert.order.Order;
import dev.polycert.order.OrderId;
import dev.polycert.order.OrderState;
import dev.polycert.order.Principal;
import dev.polycert.order.Scope;
import dev.polycert.order.use.Apply;
import dev.polycert.order.use.Difference;
import dev.polycert.order.use.OwnOrders;
import dev.polycert.provider.Capability;
import dev.polycert.provider.CertificateFacts;
import dev.polycert.provider.DeliveryTarget;
import dev.polycert.provider.Information;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Plan;
import dev.polycert.provider.Reference;
import dev.polycert.provider.Validation;
import dev.polycert.provider.ValidationMethod;
import dev.polycert.vault.Vault;
import io.quarkus.funqy.Funq;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Applies for certificates: every domain at every provider of the request. */
@ApplicationScoped
public class ApplyFunction implements Operation {
  private final Invocation invocation;
  private final Catalog catalog;
  private final Vault vault;
  private final Apply apply;
  private final OwnOrders own;
  private final Clock clock;

  ApplyFunction(
      Invocation invocation,
      Catalog catalog,
      Vault vault,
      Apply apply,
      OwnOrders own,
      Clock clock) {
    this.invocation = invocation;
    this.catalog = catalog;
    this.vault = vault;
    this.apply = apply;
    this.own = own;
    this.clock = clock;
  }

  /** The Lambda function. */
  @Funq("apply")
  public Uni<JsonNode> apply(JsonNode event) {
    return invocation.answer(this, event);
  }

  @Override
  public String name() {
    return "apply";
  }

  @Override
  public List<Route> routes() {
    return List.of(new Route("POST", "/apply", Scope.APPLY));
  }

  /** 202 while an order waits to be sent: it is recorded, and the sweep or a worker sends it. */
  @Override
  public int status(JsonNode answer) {
    return answer.at("/summary/byState/" + OrderState.REQUESTED).asInt() > 0 ? 202 : 200;
  }

  @Override
  public Uni<Answer> run(JsonNode input, Instant deadline) {
    return run(input, Principal.PROCESS, deadline);
  }

  @Override
  public Uni<Answer> run(JsonNode input, Principal caller, Instant deadline) {
    Request request = Request.read(input, catalog, vault, clock.instant());
    Apply.Command command = request.command();
    new Limits(caller)
        .domains("domains", command.domains())
        .providers("providers", command.all())
        .options("providerOptions", command.providerOptions())
        .targets("deliver", command.targets())
        .deliverers("deliver", catalog.deliverersFor(command.domains(), command.targets()))
        .require();
    return own.shared(caller, command.domains())
        .invoke(shared -> new Limits(caller).shared("domains", shared).require())
        .flatMap(checked -> apply(request, deadline));
  }

  private Uni<Answer> apply(Request request, Instant deadline) {
    return apply
        .apply(request.command(), deadline)
        .map(entries -> Answer.of(entries, request.notes()));
  }

  /**
   * What to apply for.
   *
   * @param notes what was read otherwise than it was written, such as duplicates
   */
  record Request(Apply.Command command, List<String> notes) {
    private static final int MAX_DOMAINS = 1000;

    Request {
      notes = List.copyOf(notes);
    }

    /**
     * Reads a request and checks it against the known providers.
     *
     * @throws dev.polycert.function.read.InvalidInput with all its errors
     */
    static Request read(JsonNode input, Catalog catalog, Vault vault, Instant now) {
      Fields fields = Fields.of(input);
      List<String> notes = new ArrayList<>();
      Map<String, DomainName> domains = DomainsReader.read(fields, MAX_DOMAINS, notes);
      if (!fields.has("domains")) {
        fields.error("domains", "is missing; expected an array of domain names");
      }
      ProvidersReader reader = new ProvidersReader(fields, catalog);
      ProvidersReader.Choice choice = reader.providers(domains.values(), notes);
      List<String> providers = choice.all();
      ValidationMethod validation = fields.choice("validation", ValidationMethod.class);
      ValidationMethod validates = or(validation, Apply.DEFAULT_VALIDATION);
      KeyAlgorithm keyAlgorithm = fields.choice("keyAlgorithm", KeyAlgorithm.class);
      Apply.Strategy strategy =
          or(fields.choice("strategy", Apply.Strategy.class), Apply.Strategy.ALL);
      Map<String, Map<String, String>> options = reader.options(providers);
      Fields about = fields.object("information");
      Information information = InformationReader.read(about, vault);
      CsrReader csr = new CsrReader(fields, about, catalog);
      csr.read(information, List.copyOf(domains.values()), providers, options, notes);
      reader.requireOffered(
          providers, validates, csr.given() ? null : or(keyAlgorithm, Apply.DEFAULT_KEY_ALGORITHM));
      rejectWildcardFiles(fields, domains, validates);
      rejectAddresses(fields, domains, providers, validates, catalog);
      new RecordNamesReader(fields, catalog).read(domains, providers, options, validates);
      keyAlgorithm = csr.keyAlgorithm(keyAlgorithm);
      DeliverReader targets =
          new DeliverReader(
              fields,
              catalog,
              domains.values(),
              strategy == Apply.Strategy.ALL ? choice.most() : 1);
      List<DeliveryTarget> deliver = targets.read(providers, information);
      notes.addAll(targets.notes());
      String label = LabelReader.read(fields);
      boolean reissue = or(fields.flag("reissue"), false);
      Instant reissueBefore = fields.instant("reissueBefore");
      if (reissueBefore != null && reissueBefore.isAfter(now)) {
        fields.error(
            "reissueBefore",
            "is later than now, %s: the new order would be made before it too".formatted(now));
      }
      boolean dryRun = or(fields.flag("dryRun"), false);
      fields.finish();
      return new Request(
          new Apply.Command(
              List.copyOf(domains.values()),
              providers,
              choice.byDomain(),
              label,
              strategy,
              validation,
              keyAlgorithm,
              options,
              information,
              fields.has("deliver") ? deliver : null,
              reissue,
              reissueBefore,
              dryRun),
          notes);
    }

    /**
     * A file proves control of one host only (CA/Browser Forum Baseline Requirements 3.2.2.4.18).
     */
    private static void rejectWildcardFiles(
        Fields fields, Map<String, DomainName> domains, ValidationMethod validation) {
      if (validation == ValidationMethod.FILE) {
        domains.forEach(
            (path, domain) -> {
              if (domain.wildcard()) {
                fields.errorAt(path, "a wildcard cannot be validated by FILE; use DNS");
              }
            });
      }
    }

    /** An IP address has no DNS record, and few CAs issue for one (RFC 8738). */
    private static void rejectAddresses(
        Fields fields,
        Map<String, DomainName> domains,
        List<String> providers,
        ValidationMethod validation,
        Catalog catalog) {
      List<String> able = catalog.capableOf(Capability.IP_ADDRESS);
      List<String> unable = providers.stream().filter(id -> !able.contains(id)).toList();
      domains.forEach(
          (path, domain) -> {
            if (domain.isAddress() && !unable.isEmpty()) {
              fields.errorAt(
                  path,
                  "%s is an IP address, for which %s issues no certificate: give a domain name such as www.example.com, or name only providers that do: %s"
                      .formatted(
                          domain.ascii(),
                          String.join(", ", unable),
                          able.isEmpty() ? "none" : String.join(", ", able)));
            } else if (domain.isAddress() && validation != ValidationMethod.FILE) {
              fields.errorAt(path, "an IP address can be validated by FILE alone; use FILE");
            }
          });
    }

    private static <T> T or(@Nullable T value, T otherwise) {
      return Objects.requireNonNullElse(value, otherwise);
    }
  }

  /**
   * What became of a request to apply.
   *
   * @param entries one per domain and provider in request order; one per domain with strategy FIRST
   * @param notes what was read otherwise than it was written, such as duplicates
   */
  @RegisterForReflection
  public record Answer(List<Entry> entries, List<String> notes, Summary summary) {

    public Answer {
      entries = List.copyOf(entries);
      notes = List.copyOf(notes);
    }

    /**
     * @param requested how many entries there are
     * @param byState how many orders are in each state
     * @param existing how many orders existed before
     * @param failed how many entries have failed for good
     */
    @RegisterForReflection
    public record Summary(
        int requested, Map<OrderState, Integer> byState, int existing, int failed) {

      public Summary {
        byState = Collections.unmodifiableMap(new TreeMap<>(byState));
      }
    }

    static Answer of(List<Apply.Entry> applied, List<String> notes) {
      List<Entry> entries = applied.stream().map(Entry::of).toList();
      Map<OrderState, Integer> byState = new EnumMap<>(OrderState.class);
      for (Entry entry : entries) {
        if (entry.state() != null) {
          byState.merge(entry.state(), 1, Integer::sum);
        }
      }
      return new Answer(
          entries,
          notes,
          new Summary(
              entries.size(),
              byState,
              (int) entries.stream().filter(Entry::existing).count(),
              (int) entries.stream().filter(Entry::failed).count()));
    }

    /**
     * What became of one domain at one provider.
     *
     * @param domain A-labels
     * @param unicode U-labels, where they differ
     * @param label distinguishes the order from others of the same domain and provider
     * @param existing whether the order existed before, so that nothing new was sent
     * @param reference what the vendor calls the order
     * @param validations what to publish
     * @param deadline when the state ends by itself
     * @param nextStepAt when the next step is due
     * @param differs what the request asks for and an existing order has otherwise; with {@code
     *     reissue} a new generation gets it
     * @param publications the DNS records that Polycert publishes for the validation
     * @param deliveries the targets that the certificate is delivered to
     * @param passedOver the providers that were tried before and could not serve
     * @param plan what a dry run would do
     * @param notes remarks about the name, and on what Polycert does or cannot do for it
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Entry(
        String domain,
        @Nullable String unicode,
        String provider,
        @Nullable String label,
        @Nullable OrderId orderId,
        @Nullable OrderState state,
        boolean existing,
        @Nullable Reference reference,
        @JsonIgnoreProperties("keyAuthorization") List<Validation> validations,
        @Nullable Instant deadline,
        @Nullable Instant nextStepAt,
        @Nullable CertificateFacts certificate,
        @Nullable String message,
        @Nullable ErrorView error,
        List<Difference> differs,
        List<OrderView.PublicationView> publications,
        List<OrderView.DeliveryView> deliveries,
        List<PassedOver> passedOver,
        @Nullable Plan plan,
        List<String> notes) {

      /** A provider that was tried and could not serve, with its error. */
      @RegisterForReflection
      @JsonInclude(JsonInclude.Include.NON_NULL)
      public record PassedOver(String provider, @Nullable OrderId orderId, ErrorView error) {}

      static Entry of(Apply.Entry applied) {
        Order order = applied.order();
        return order == null ? withoutOrder(applied) : withOrder(applied, order);
      }

      /** Whether it has failed for good. */
      boolean failed() {
        return state == OrderState.FAILED || (state == null && error != null);
      }

      private static Entry withOrder(Apply.Entry applied, Order order) {
        return new Entry(
            applied.domain().ascii(),
            OrderView.unicode(applied.domain()),
            applied.provider(),
            order.identity().label(),
            order.id(),
            order.state(),
            applied.existing(),
            order.reference(),
            order.validations(),
            order.deadline(),
            order.nextStepAt(),
            order.certificate(),
            order.message(),
            ErrorView.ofNullable(applied.error() == null ? order.error() : applied.error()),
            applied.differs(),
            OrderView.publications(order),
            OrderView.deliveries(order),
            passedOver(applied),
            applied.plan(),
            notes(applied));
      }

      private static List<String> notes(Apply.Entry applied) {
        return Stream.concat(applied.domain().notes().stream(), applied.notes().stream()).toList();
      }

      private static Entry withoutOrder(Apply.Entry applied) {
        return new Entry(
            applied.domain().ascii(),
            OrderView.unicode(applied.domain()),
            applied.provider(),
            null,
            null,
            null,
            applied.existing(),
            null,
            List.of(),
            null,
            null,
            null,
            null,
            ErrorView.ofNullable(applied.error()),
            List.of(),
            List.of(),
            List.of(),
            passedOver(applied),
            applied.plan(),
            notes(applied));
      }

      private static List<PassedOver> passedOver(Apply.Entry applied) {
        return applied.passedOver().stream()
            .map(p -> new PassedOver(p.provider(), p.order(), ErrorView.of(p.error())))
            .toList();
      }
    }
  }
}
