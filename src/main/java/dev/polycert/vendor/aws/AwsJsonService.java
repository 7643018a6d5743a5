package dev.polycert.vendor.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorTable;
import dev.polycert.call.RestClients;
import dev.polycert.call.Caller;
import dev.polycert.call.Callers;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/** Calls the operations of one service that speaks JSON, in any region. */
public final class AwsJsonService {
  private final Settings settings;
  private final AwsKeys keys;
  private final RestClients clients;
  private final Callers calls;
  private final Map<Region, Client> byRegion = new ConcurrentHashMap<>();

  private AwsJsonService(
      Settings settings, AwsKeys keys, RestClients clients, Callers calls) {
    this.settings = settings;
    this.keys = keys;
    this.clients = clients;
    this.calls = calls;
  }

  /**
   * A service of AWS.
   *
   * @param name its name in signatures and host names, {@code acm}
   * @param prefix what its operations' names follow in {@code X-Amz-Target}
   * @param limits its quotas, operation to calls per second in each region; {@code *} for the rest
   */
  public record Settings(
      String name, String prefix, ErrorTable errors, Map<String, Double> limits) {}

  private record Client(AwsJsonApi api, Caller calls) {}

  /** Makes services with the keys that all have. */
  @ApplicationScoped
  public static class Factory {
    private final AwsKeys keys;
    private final RestClients clients;
    private final Callers calls;

    Factory(AwsKeys keys, RestClients clients, Callers calls) {
      this.keys = keys;
      this.clients = clients;
      this.calls = calls;
    }

    public AwsJsonService service(Settings settings) {
      return new AwsJsonService(settings, keys, clients, calls);
    }
  }

  /** Calls an operation that changes nothing. */
  public <T, R> Uni<Answer<R>> read(
      String operation,
      Region region,
      CallContext context,
      ObjectNode body,
      Class<T> type,
      Function<T, Optional<R>> wanted) {
    return call(operation, region, context, body, type, wanted, false);
  }

  /** Calls an operation that changes something. */
  public <T, R> Uni<Answer<R>> write(
      String operation,
      Region region,
      CallContext context,
      ObjectNode body,
      Class<T> type,
      Function<T, Optional<R>> wanted) {
    return call(operation, region, context, body, type, wanted, true);
  }

  private <T, R> Uni<Answer<R>> call(
      String operation,
      Region region,
      CallContext context,
      ObjectNode body,
      Class<T> type,
      Function<T, Optional<R>> wanted,
      boolean writes) {
    Client client = byRegion.computeIfAbsent(region, this::client);
    byte[] bytes = body.toString().getBytes(UTF_8);
    String target = settings.prefix() + "." + operation;
    return keys.with(
        credentials -> {
          var decoder =
              new AwsJsonEnvelope(settings.errors(), credentials)
                  .decoder(type, wanted, "what " + operation + " answers");
          return writes
              ? client.calls.write(
                  operation, context, () -> client.api.call(target, bytes), decoder)
              : client.calls.read(
                  operation, context, () -> client.api.call(target, bytes), decoder);
        });
  }

  private Client client(Region region) {
    URI own =
        URI.create(
            "https://%s.%s.%s"
                .formatted(settings.name(), region.id(), PartitionMetadata.of(region).dnsSuffix()));
    Caller regional =
        calls.of("aws-" + settings.name() + "/" + region.id(), settings.limits());
    AwsJsonApi api =
        clients.build(
            AwsJsonApi.class,
            clients.endpoint(Optional.empty(), own),
            new SigV4Filter(keys, settings.name(), region.id(), regional.clock()));
    return new Client(api, regional);
  }
}
