package dev.polycert.vendor.tencent;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.polycert.call.Clients;
import dev.polycert.call.Credentials;
import dev.polycert.call.HttpTesting;
import dev.polycert.call.VendorServer;
import dev.polycert.call.WriteContext;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.Application;
import dev.polycert.provider.Information;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.ProviderConfig;
import dev.polycert.provider.Terms;
import dev.polycert.provider.ValidationMethod;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the tests of both products share. */
public final class TencentTesting {
  public static final String KEY_ID = "FAKEAKEXAMPLE0000000";
  public static final String SECRET = "fake-secret-key-for-tests-only";
  public static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  public static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  public static final ObjectMapper JSON = new ObjectMapper().registerModule(new JavaTimeModule());
  public static final DomainName DOMAIN = DomainName.parse("www.example.com");

  private TencentTesting() {}

  /** What makes the clients of providers, and their settings. */
  public record Setup(Clients clients, ProviderConfig config) {}

  /** Calls this address with keys set, unless the settings say otherwise. */
  public static Setup setup(URI endpoint, Vertx vertx, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>();
    all.put("TENCENTCLOUD_SECRET_ID", KEY_ID);
    all.put("TENCENTCLOUD_SECRET_KEY", SECRET);
    all.put("polycert.http.backoff", "1ms");
    all.put("polycert.provider.\"tencent-ssl\".endpoint", endpoint.toString());
    all.put("polycert.provider.\"tencent-edgeone\".endpoint", endpoint.toString());
    all.putAll(settings);
    SmallRyeConfig config = HttpTesting.config(all);
    return new Setup(
        HttpTesting.clients(config, vertx, CLOCK), config.getConfigMapping(ProviderConfig.class));
  }

  /** Signs with keys out of these variables. */
  static Tc3Signer signer(Map<String, String> variables, String service) {
    return new Tc3Signer(credentials(variables), service, CLOCK);
  }

  static Credentials credentials(Map<String, String> variables) {
    TencentClient.Product product =
        new TencentClient.Product("ssl", "2019-12-05", TencentErrors.common().build());
    return Credentials.of(
        HttpTesting.config(variables), product.service("tencent-ssl", "Tencent Cloud SSL"));
  }

  /** Reads a part of an answer as the client does. */
  public static <T> T read(Class<T> type, String json) throws IOException {
    return TencentClient.JSON.readValue(json, type);
  }

  /** The signature that the fake key gives for a request as it arrived. */
  public static String authorization(String service, VendorServer.Seen seen) {
    Map<String, String> keys =
        Map.of("TENCENTCLOUD_SECRET_ID", KEY_ID, "TENCENTCLOUD_SECRET_KEY", SECRET);
    return signer(keys, service)
        .authorization(
            Instant.ofEpochSecond(Long.parseLong(seen.headers().get("x-tc-timestamp"))),
            seen.headers().get("host"),
            seen.headers().get("content-type"),
            seen.body().getBytes(StandardCharsets.UTF_8));
  }

  /** A context with time enough that collects the writes it was asked for. */
  public static WriteContext context(List<String> intents) {
    return new WriteContext(
        NOW.plusSeconds(20),
        new Object(),
        operation -> Uni.createFrom().voidItem().invoke(() -> intents.add(operation)));
  }

  public static Application application(ValidationMethod validation, Map<String, String> options) {
    Terms terms = new Terms(validation, KeyAlgorithm.RSA_2048, options, Information.none());
    return new Application(DOMAIN, terms, Map.of(), null, List.of(), null, null);
  }

  /** A text out of the resources beside the tests, {@code ssl/ApplyCertificate.response.json}. */
  public static String resource(String name) {
    try (InputStream in = TencentTesting.class.getResourceAsStream("/tencent/" + name)) {
      if (in == null) {
        throw new IllegalArgumentException("no resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
