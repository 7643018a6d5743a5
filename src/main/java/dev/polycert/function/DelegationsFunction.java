package dev.polycert.function;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.domain.DomainName;
import dev.polycert.domain.Finding;
import dev.polycert.function.invocation.Invocation;
import dev.polycert.function.invocation.Operation;
import dev.polycert.function.invocation.Route;
import dev.polycert.function.read.DomainsReader;
import dev.polycert.function.read.Fields;
import dev.polycert.function.read.Limits;
import dev.polycert.function.read.ProvidersReader;
import dev.polycert.order.Catalog;
import dev.polycert.order.Principal;
import dev.polycert.order.Scope;
import dev.polycert.order.use.Delegate;
import io.quarkus.funqy.Funq;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Names the CNAMEs that delegate validations to Polycert, and looks whether they are there. */
@ApplicationScoped
public class DelegationsFunction implements Operation {
  private final Invocation invocation;
  private final Catalog catalog;
  private final Delegate delegate;

  DelegationsFunction(Invocation invocation, Catalog catalog, Delegate delegate) {
    this.invocation = invocation;
    this.catalog = catalog;
    this.delegate = delegate;
  }

  /** The Lambda function. */
  @Funq("delegations")
  public Uni<JsonNode> delegations(JsonNode event) {
    return invocation.answer(this, event);
  }

  @Override
  public String name() {
    return "delegations";
  }

  @Override
  public List<Route> routes() {
    return List.of(new Route("POST", "/delegations", Scope.READ));
  }

  @Override
  public Uni<Answer> run(JsonNode input, Instant deadline) {
    return run(input, Principal.PROCESS, deadline);
  }

  @Override
  public Uni<Answer> run(JsonNode input, Principal caller, Instant deadline) {
    Request request = Request.read(input, catalog);
    new Limits(caller)
        .domains("domains", request.domains())
        .providers("providers", request.providers())
        .require();
    return delegate
        .look(request.domains(), request.providers(), deadline)
        .map(result -> Answer.of(result, request.notes()));
  }

  /**
   * What is to be delegated.
   *
   * @param notes what was read otherwise than it was written, such as duplicates
   */
  record Request(List<DomainName> domains, List<String> providers, List<String> notes) {
    private static final int MAX_DOMAINS = 200;

    Request {
      domains = List.copyOf(domains);
      providers = List.copyOf(providers);
      notes = List.copyOf(notes);
    }

    /**
     * Reads a request and checks it against the known providers.
     *
     * @throws dev.polycert.function.read.InvalidInput with all its errors
     */
    static Request read(JsonNode input, Catalog catalog) {
      Fields fields = Fields.of(input);
      List<String> notes = new ArrayList<>();
      List<DomainName> domains =
          List.copyOf(DomainsReader.read(fields, MAX_DOMAINS, notes).values());
      if (!fields.has("domains")) {
        fields.error("domains", "is missing; expected an array of domain names");
      }
      List<String> providers = new ProvidersReader(fields, catalog).providers(notes);
      fields.finish();
      return new Request(domains, providers, notes);
    }
  }

  /**
   * The CNAMEs, and how they are.
   *
   * @param delegationZone the zone that they lead to
   * @param writer the DNS writer that publishes there
   * @param obstacle why no CA would see what is published there
   * @param delegations one for each name of a validation's record
   * @param others the domains and providers that no CNAME delegates, with the reason
   * @param notes what was read otherwise than it was written, such as duplicates
   */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Answer(
      String delegationZone,
      String writer,
      @Nullable String obstacle,
      List<Entry> delegations,
      List<Served> others,
      List<String> notes) {

    public Answer {
      delegations = List.copyOf(delegations);
      others = List.copyOf(others);
      notes = List.copyOf(notes);
    }

    /**
     * One CNAME, to be set once.
     *
     * @param name where it is to be set
     * @param value where it is to point
     * @param state how it is
     * @param leadsTo where it leads, if that is another name that Polycert can write
     * @param serves the domains and providers whose validations it serves
     * @param seen the answer of each server that was asked
     * @param missing what to do, if anything
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Entry(
        String name,
        String type,
        String value,
        Delegate.State state,
        @Nullable String leadsTo,
        List<Served> serves,
        List<Finding.Seen> seen,
        @Nullable String missing) {

      private static Entry of(Delegate.Entry entry) {
        return new Entry(
            entry.name(),
            "CNAME",
            entry.target(),
            entry.state(),
            entry.leadsTo(),
            entry.serves().stream().map(Served::of).toList(),
            entry.seen(),
            entry.missing());
      }
    }

    /** A domain at a provider, and what to know of it. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Served(String domain, String provider, @Nullable String note) {

      private static Served of(Delegate.Pair pair) {
        return new Served(
            pair.domain().ascii(), pair.provider(), pair.note().isEmpty() ? null : pair.note());
      }
    }

    static Answer of(Delegate.Result result, List<String> notes) {
      return new Answer(
          result.zone(),
          result.writer(),
          result.obstacle(),
          result.delegations().stream().map(Entry::of).toList(),
          result.others().stream().map(Served::of).toList(),
          notes);
    }
  }
}
