package dev.polycert.vendor.tencent;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.polycert.call.Credentials;
import dev.polycert.call.RestClients;
import dev.polycert.call.Caller;
import dev.polycert.call.Callers;
import dev.polycert.call.VendorJson;
import dev.polycert.call.Account;
import dev.polycert.call.Descriptor;
import dev.polycert.provider.ProviderConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/** Makes the client of each product from the configuration and the keys in the environment. */
@ApplicationScoped
public class TencentClients {
  private static final String SECRET_ID = "TENCENTCLOUD_SECRET_ID";
  private static final String SECRET_KEY = "TENCENTCLOUD_SECRET_KEY";
  private static final String TOKEN = "TENCENTCLOUD_TOKEN";

  /** The variables without which no product can be used. */
  public static final List<String> CREDENTIALS = List.of(SECRET_ID, SECRET_KEY);

  private final ProviderConfig providers;
  private final Config config;
  private final RestClients restClients;
  private final Callers calls;
  private final ObjectMapper json;

  TencentClients(
      ProviderConfig providers,
      Config config,
      RestClients restClients,
      Callers calls,
      ObjectMapper json) {
    this.providers = providers;
    this.config = config;
    this.restClients = restClients;
    this.calls = calls;
    this.json =
        VendorJson.forgiving(
            json.copy()
                .registerModule(
                    new SimpleModule().addDeserializer(String.class, new TrimmedTexts())));
  }

  /** The variables that are not set. */
  public List<String> missing() {
    return Credentials.read(config, SECRET_ID, SECRET_KEY, TOKEN).missing();
  }

  /** Makes a client that calls {@code https://{service}.tencentcloudapi.com} unless configured. */
  public TencentClient client(Descriptor descriptor, TencentClient.Product product) {
    ProviderConfig.Settings settings = providers.of(descriptor.id());
    Credentials credentials = Credentials.read(config, SECRET_ID, SECRET_KEY, TOKEN);
    Account account = new Account(settings.account(), credentials.missing());
    return client(
        product, settings.endpoint(), account, credentials, calls.of(descriptor, account));
  }

  /**
   * Makes a client of a product that issues no certificates.
   *
   * @param id whose calls share the limits
   * @param limits operation to calls per second; {@code *} for the rest
   */
  public TencentClient client(
      String id,
      Optional<URI> endpoint,
      Map<String, Double> limits,
      TencentClient.Product product) {
    Credentials credentials = Credentials.read(config, SECRET_ID, SECRET_KEY, TOKEN);
    Account account = new Account(id, credentials.missing());
    return client(product, endpoint, account, credentials, calls.of(id, limits));
  }

  private TencentClient client(
      TencentClient.Product product,
      Optional<URI> configured,
      Account account,
      Credentials credentials,
      Caller vendorCalls) {
    URI endpoint =
        restClients.endpoint(
            configured, URI.create("https://" + product.service() + ".tencentcloudapi.com"));
    Tc3Filter signing = new Tc3Filter(credentials, product.service(), vendorCalls.clock());
    TencentApi api = restClients.build(TencentApi.class, endpoint, signing);
    return new TencentClient(product, account, credentials, api, vendorCalls, json);
  }
}
