package dev.polycert.function;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.call.Descriptor;
import dev.polycert.deliver.Deliverer;
import dev.polycert.function.invocation.Invocation;
import dev.polycert.function.invocation.Operation;
import dev.polycert.function.invocation.Route;
import dev.polycert.function.read.Fields;
import dev.polycert.order.Catalog;
import dev.polycert.order.Principal;
import dev.polycert.order.Scope;
import dev.polycert.provider.Capability;
import dev.polycert.provider.Information;
import dev.polycert.provider.InformationUse;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Offer;
import dev.polycert.provider.ValidationMethod;
import io.quarkus.funqy.Funq;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Describes the providers and the deliverers: what a request can ask of them. */
@ApplicationScoped
public class ProvidersFunction implements Operation {
  private final Invocation invocation;
  private final Catalog catalog;

  ProvidersFunction(Invocation invocation, Catalog catalog) {
    this.invocation = invocation;
    this.catalog = catalog;
  }

  /** The Lambda function. */
  @Funq("providers")
  public Uni<JsonNode> providers(JsonNode event) {
    return invocation.answer(this, event);
  }

  @Override
  public String name() {
    return "providers";
  }

  @Override
  public List<Route> routes() {
    return List.of(new Route("GET", "/providers", Scope.READ));
  }

  @Override
  public Uni<Answer> run(JsonNode input, Instant deadline) {
    return run(input, Principal.PROCESS, deadline);
  }

  @Override
  public Uni<Answer> run(JsonNode input, Principal caller, Instant deadline) {
    Fields.of(input).finish();
    return Uni.createFrom().item(() -> Answer.of(catalog, caller));
  }

  /** The providers and deliverers of this build, by id. */
  @RegisterForReflection
  public record Answer(List<ProviderView> providers, List<DelivererView> deliverers) {

    public Answer {
      providers = List.copyOf(providers);
      deliverers = List.copyOf(deliverers);
    }

    static Answer of(Catalog catalog, Principal caller) {
      return new Answer(
          catalog.ids().stream()
              .filter(caller::mayUse)
              .map(id -> ProviderView.of(catalog, id))
              .toList(),
          catalog.deliverers().entrySet().stream()
              .filter(entry -> caller.mayDeliverBy(entry.getKey()))
              .map(entry -> DelivererView.of(entry.getValue()))
              .toList());
    }
  }

  /**
   * A provider.
   *
   * @param missing the environment variables that are not set; empty when it can be used
   * @param needs for people: what an account must have before a domain can be applied for
   * @param gives for people: the certificates that it issues
   * @param validations the methods that a request may ask for here; DNS_AUTO too where Polycert has
   *     a zone to write
   * @param choosesValidation whether the vendor validates as it likes, whatever a request asks for
   * @param validationDeadline how long a validation stays open at the vendor, as ISO 8601 has it
   * @param options what {@code providerOptions} may set
   * @param deployOptions the options of a deployment, name to meaning
   */
  @RegisterForReflection
  public record ProviderView(
      String id,
      String title,
      boolean configured,
      List<String> missing,
      String needs,
      String gives,
      List<ValidationMethod> validations,
      boolean choosesValidation,
      String validationDeadline,
      List<KeyAlgorithm> keyAlgorithms,
      List<Capability> capabilities,
      List<OptionView> options,
      Map<String, String> deployOptions,
      InformationView information) {

    private static ProviderView of(Catalog catalog, String id) {
      Descriptor descriptor = catalog.descriptor(id).orElseThrow();
      Offer offer = catalog.offer(id).orElseThrow();
      List<String> missing = catalog.account(id).orElseThrow().missing();
      return new ProviderView(
          id,
          descriptor.title(),
          missing.isEmpty(),
          missing,
          offer.needs(),
          offer.gives(),
          Stream.of(ValidationMethod.values()).filter(it -> catalog.offers(offer, it)).toList(),
          offer.choosesValidation(),
          offer.validationDeadline().toString(),
          offer.keyAlgorithms().stream().sorted().toList(),
          offer.capabilities().stream().sorted().toList(),
          OptionView.of(descriptor),
          new TreeMap<>(catalog.deployOptions(id)),
          InformationView.of(offer.information()));
    }
  }

  /**
   * A deliverer.
   *
   * @param missing the environment variables that are not set; empty when it can be used
   * @param options those of a target
   */
  @RegisterForReflection
  public record DelivererView(
      String id, String title, boolean configured, List<String> missing, List<OptionView> options) {

    private static DelivererView of(Deliverer deliverer) {
      Descriptor descriptor = deliverer.service().descriptor();
      List<String> missing = deliverer.missing();
      return new DelivererView(
          deliverer.id(),
          descriptor.title(),
          missing.isEmpty(),
          missing,
          OptionView.of(descriptor));
    }
  }

  /**
   * An option.
   *
   * @param meaning for people
   */
  @RegisterForReflection
  public record OptionView(String name, String meaning, boolean required) {

    private static List<OptionView> of(Descriptor descriptor) {
      return descriptor.options().stream()
          .map(option -> new OptionView(option.name(), option.meaning(), option.required()))
          .toList();
    }
  }

  /**
   * What a provider takes of {@code information}.
   *
   * @param parts the members that it takes
   * @param without the members of these parts that it has no place for
   * @param onlyWith the option without which it takes only what it always does
   */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record InformationView(
      List<String> parts, List<String> without, @Nullable String onlyWith) {

    private static InformationView of(InformationUse use) {
      return new InformationView(
          use.parts().stream().sorted().map(Information.Part::member).toList(),
          use.without().stream().sorted().toList(),
          use.onlyWith());
    }
  }
}
