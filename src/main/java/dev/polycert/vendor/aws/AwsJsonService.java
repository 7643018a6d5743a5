package dev.polycert.vendor.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Caller;
import dev.polycert.call.Callers;
import dev.polycert.call.Decoder;
import dev.polycert.call.Descriptor;
import dev.polycert.call.ErrorTable;
import dev.polycert.call.HiddenKeys;
import dev.polycert.call.JsonEnvelope;
import dev.polycert.call.PerAccount;
import dev.polycert.call.RestClients;
import dev.polycert.call.Service;
import dev.polycert.call.ServiceSettings;
import dev.polycert.call.VendorText;
import dev.polycert.call.WriteContext;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import software.amazon.awssdk.regions.Region;

/** Calls the operations of one service that speaks AWS JSON 1.1, in any region. */
public final class AwsJsonService {
  static final String JSON = "application/x-amz-json-1.1";
  private static final String REQUEST_ID = "x-amzn-RequestId";

  private final Descriptor service;
  private final ServiceSettings settings;
  private final String name;
  private final String prefix;
  private final JsonEnvelope envelope;
  private final Factory factory;
  private final Map<Region, Regional> byRegion = new ConcurrentHashMap<>();

  private AwsJsonService(
      Descriptor service,
      ServiceSettings settings,
      String name,
      String prefix,
      ErrorTable errors,
      Factory factory) {
    this.service = service;
    this.settings = settings;
    this.name = name;
    this.prefix = prefix;
    this.envelope = JsonEnvelope.of(errors, REQUEST_ID, AwsJsonService::error);
    this.factory = factory;
  }

  /**
   * {@code __type}, with or without a namespace before a {@code #}, and {@code message}, which some
   * services capitalise.
   */
  private static Optional<JsonEnvelope.Said> error(JsonNode root, boolean failed) {
    return failed
        ? JsonEnvelope.Said.in(root, "__type", "message", "Message")
            .map(said -> new JsonEnvelope.Said(withoutNamespace(said.code()), said.message()))
        : Optional.empty();
  }

  private static String withoutNamespace(String type) {
    return type.substring(type.indexOf('#') + 1);
  }

  private record Regional(Api api, Caller caller) {}

  /** Makes services with the keys that all have. */
  @PerAccount
  public static class Factory {
    private final AwsKeys keys;
    private final RestClients clients;
    private final Callers callers;
    private final AwsEndpoints endpoints;

    Factory(AwsKeys keys, RestClients clients, Callers callers, AwsEndpoints endpoints) {
      this.keys = keys;
      this.clients = clients;
      this.callers = callers;
      this.endpoints = endpoints;
    }

    /**
     * Makes a service.
     *
     * @param name its name in signatures and host names, {@code acm}
     * @param prefix what its operations' names follow in {@code X-Amz-Target}
     */
    public AwsJsonService service(
        Descriptor service, String name, String prefix, ErrorTable errors) {
      return service(service, new ServiceSettings(Optional.empty()), name, prefix, errors);
    }

    /**
     * Makes a service with settings of its own.
     *
     * @param settings its address, in place of those of the regions, and its limits; the account in
     *     them does not matter, because each region has limits of its own
     */
    public AwsJsonService service(
        Descriptor service,
        ServiceSettings settings,
        String name,
        String prefix,
        ErrorTable errors) {
      return new AwsJsonService(service, settings, name, prefix, errors, this);
    }
  }

  /** What is called; without any credentials each call says what to set. */
  public Service service() {
    return factory.keys.of(service);
  }

  /** Calls an operation that changes nothing. */
  public <R> Uni<Answer<R>> read(
      String operation,
      Region region,
      CallContext context,
      ObjectNode body,
      JsonEnvelope.Pick<R> wanted) {
    return call(
        operation,
        region,
        wanted,
        (regional, decoder) ->
            regional.caller.read(operation, context, send(regional, operation, body), decoder));
  }

  /** Calls an operation that changes something. */
  public <R> Uni<Answer<R>> write(
      String operation,
      Region region,
      WriteContext context,
      ObjectNode body,
      JsonEnvelope.Pick<R> wanted) {
    return call(
        operation,
        region,
        wanted,
        (regional, decoder) ->
            regional.caller.write(operation, context, send(regional, operation, body), decoder));
  }

  /** Calls an operation that changes something and answers with nothing. */
  public Uni<Answer<Boolean>> writeSilently(
      String operation, Region region, WriteContext context, ObjectNode body) {
    Decoder<Boolean> object = envelope.decoder(root -> Optional.of(true), "an answer");
    return call(
        region,
        answer ->
            answer.status() / 100 == 2 && answer.body().length == 0
                ? new Answer.Success<>(
                    true, VendorText.cleanOrNull(answer.header().apply(REQUEST_ID)))
                : object.decode(answer),
        (regional, decoder) ->
            regional.caller.write(operation, context, send(regional, operation, body), decoder));
  }

  private <R> Uni<Answer<R>> call(
      String operation,
      Region region,
      JsonEnvelope.Pick<R> wanted,
      BiFunction<Regional, Decoder<R>, Uni<Answer<R>>> call) {
    return call(region, envelope.decoder(wanted, "what " + operation + " answers"), call);
  }

  private <R> Uni<Answer<R>> call(
      Region region, Decoder<R> decoder, BiFunction<Regional, Decoder<R>, Uni<Answer<R>>> call) {
    Regional regional = byRegion.computeIfAbsent(region, this::regional);
    return factory.keys.with(
        credentials -> call.apply(regional, new HiddenKeys(credentials).hiding(decoder)));
  }

  private Supplier<Uni<Response>> send(Regional regional, String operation, ObjectNode body) {
    byte[] bytes = body.toString().getBytes(UTF_8);
    return () -> regional.api.call(prefix + "." + operation, bytes);
  }

  private Regional regional(Region region) {
    URI own = factory.endpoints.of(name, region);
    Map<String, Double> limits = settings.limits(service.limits());
    Caller caller =
        factory.callers.of(
            Descriptor.of("aws-" + name, service.title()),
            new ServiceSettings(Optional.empty(), Optional.of(region.id()), limits));
    Api api =
        factory.clients.build(
            Api.class,
            factory.clients.endpoint(settings.endpoint(), own),
            new SigV4Filter(factory.keys, name, region.id(), caller.clock()));
    return new Regional(api, caller);
  }

  /** AWS JSON 1.1 on the wire: every operation of every such service is this one request. */
  @Path("/")
  @Consumes(JSON)
  @Produces(JSON)
  interface Api {

    /**
     * Calls an operation.
     *
     * @param target the service's prefix and the operation
     * @param body JSON; as bytes, so that what is signed is what is sent
     */
    @POST
    Uni<Response> call(@HeaderParam("X-Amz-Target") String target, byte[] body);
  }
}
