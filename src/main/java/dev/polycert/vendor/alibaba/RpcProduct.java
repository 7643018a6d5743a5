package dev.polycert.vendor.alibaba;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Client;
import dev.polycert.call.Clients;
import dev.polycert.call.Descriptor;
import dev.polycert.call.ErrorTable;
import dev.polycert.call.JsonEnvelope;
import dev.polycert.call.PerAccount;
import dev.polycert.call.Service;
import dev.polycert.call.ServiceSettings;
import dev.polycert.call.WriteContext;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jboss.resteasy.reactive.RestQuery;

/**
 * Calls the operations of one product that speaks Alibaba Cloud's RPC, in any region: the operation
 * is in a header and its parameters are in the query, as the vendor's own SDKs send them.
 */
public final class RpcProduct {
  private final Descriptor service;
  private final String version;
  private final AlibabaEnvelope envelope;
  private final UnaryOperator<String> addresses;
  private final Factory factory;
  private final Map<String, Regional> byRegion = new ConcurrentHashMap<>();

  private RpcProduct(
      Descriptor service,
      String version,
      ErrorTable errors,
      UnaryOperator<String> addresses,
      Factory factory) {
    this.service = service;
    this.version = version;
    this.envelope = new AlibabaEnvelope(errors);
    this.addresses = addresses;
    this.factory = factory;
  }

  /** Makes products with the keys that all have. */
  @PerAccount
  public static class Factory {
    private final Clients clients;
    private final RandomGenerator random;

    Factory(Clients clients, RandomGenerator random) {
      this.clients = clients;
      this.random = random;
    }

    /**
     * Makes a product.
     *
     * @param version of its API, {@code 2020-04-07}
     * @param addresses gives the address of its API in a region
     */
    public RpcProduct product(
        Descriptor service, String version, ErrorTable errors, UnaryOperator<String> addresses) {
      return new RpcProduct(service, version, errors, addresses, this);
    }

    /** A service as the account uses it. */
    public Service service(Descriptor service) {
      return clients.service(service);
    }
  }

  /** Describes a service that takes the keys of an Alibaba Cloud account. */
  public static Descriptor described(String id, String title) {
    return Descriptor.of(id, title)
        .keyId("ALIBABA_CLOUD_ACCESS_KEY_ID")
        .secret("ALIBABA_CLOUD_ACCESS_KEY_SECRET")
        .token("ALIBABA_CLOUD_SECURITY_TOKEN")
        .role(EcsRamRole.ROLE);
  }

  /** The product as the account uses it. */
  public Service service() {
    return factory.service(service);
  }

  /** The product in one region. */
  public Regional in(String region) {
    return byRegion.computeIfAbsent(
        region, one -> in(one, new ServiceSettings(Optional.empty(), Optional.of(one), Map.of())));
  }

  /** The product in one region, under the settings of a provider. */
  public Regional in(String region, ServiceSettings settings) {
    return new Regional(region, settings);
  }

  /** The product in one region. */
  public final class Regional {
    private final Client<Api> client;

    private Regional(String region, ServiceSettings settings) {
      client =
          factory.clients.client(
              service.at(addresses.apply(region)),
              settings,
              Api.class,
              Acs3Signer.with(factory.random));
    }

    /** The product as the account of these settings uses it. */
    public Service service() {
      return client.service();
    }

    /**
     * Calls an operation that changes nothing, or nothing more when it is repeated.
     *
     * @param what names what is wanted, for the error that an answer without it becomes
     */
    public <R> Uni<Answer<R>> read(
        String operation,
        Map<String, String> parameters,
        CallContext context,
        JsonEnvelope.Pick<R> wanted,
        String what) {
      return client.read(
          operation,
          context,
          api -> api.call(operation, version, parameters),
          envelope.decoder(wanted, what));
    }

    /** Calls an operation that changes something, as {@link #read} does. */
    public <R> Uni<Answer<R>> write(
        String operation,
        Map<String, String> parameters,
        WriteContext context,
        JsonEnvelope.Pick<R> wanted,
        String what) {
      return client.write(
          operation,
          context,
          api -> api.call(operation, version, parameters),
          envelope.decoder(wanted, what));
    }

    /** Calls an operation that changes something and answers with nothing but a request id. */
    public Uni<Answer<Boolean>> write(
        String operation, Map<String, String> parameters, WriteContext context) {
      return write(operation, parameters, context, root -> Optional.of(true), "an answer");
    }
  }

  /** RPC on the wire: every operation of every such product is this one request. */
  @Path("/")
  @Produces(MediaType.APPLICATION_JSON)
  interface Api {

    @POST
    Uni<Response> call(
        @HeaderParam("x-acs-action") String operation,
        @HeaderParam("x-acs-version") String version,
        @RestQuery Map<String, String> parameters);
  }
}
