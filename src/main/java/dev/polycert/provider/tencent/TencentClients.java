package dev.polycert.provider.tencent;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.polycert.provider.Account;
import dev.polycert.provider.Credentials;
import dev.polycert.provider.Descriptor;
import dev.polycert.provider.ProviderConfig;
import dev.polycert.provider.http.RestClients;
import dev.polycert.provider.http.VendorCalls;
import dev.polycert.provider.http.VendorCallsFactory;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.List;
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
  private final VendorCallsFactory calls;
  private final ObjectMapper json;

  TencentClients(
      ProviderConfig providers,
      Config config,
      RestClients restClients,
      VendorCallsFactory calls,
      ObjectMapper json) {
    this.providers = providers;
    this.config = config;
    this.restClients = restClients;
    this.calls = calls;
    this.json =
        json.copy()
            .registerModule(new SimpleModule().addDeserializer(String.class, new TrimmedTexts()));
  }

  /** Makes a client that calls {@code https://{service}.tencentcloudapi.com} unless configured. */
  public TencentClient client(Descriptor descriptor, TencentClient.Product product) {
    ProviderConfig.Settings settings = providers.of(descriptor.id());
    Credentials credentials = Credentials.read(config, SECRET_ID, SECRET_KEY, TOKEN);
    Account account = new Account(settings.account(), credentials.missing());
    URI endpoint =
        restClients.endpoint(
            settings, URI.create("https://" + product.service() + ".tencentcloudapi.com"));
    VendorCalls vendor = calls.of(descriptor, account);
    TencentApi api =
        restClients.build(
            TencentApi.class,
            endpoint,
            new Tc3Filter(credentials, product.service(), vendor.clock()));
    return new TencentClient(product, account, credentials, api, vendor, json);
  }
}
