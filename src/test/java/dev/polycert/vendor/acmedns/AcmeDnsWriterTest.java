package dev.polycert.vendor.acmedns;

import static dev.polycert.dns.WriterTesting.resource;
import static dev.polycert.dns.WriterTesting.txt;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.HttpConfig;
import dev.polycert.call.HttpTesting;
import dev.polycert.call.VendorError;
import dev.polycert.call.VendorServer;
import dev.polycert.dns.DnsRecord;
import dev.polycert.dns.WriterConfig;
import dev.polycert.dns.WriterSteps;
import dev.polycert.provider.ProviderConfig;
import dev.polycert.testing.Resources;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server that answers as acme-dns does. */
@QuarkusTest
class AcmeDnsWriterTest {
  private static final String SUBDOMAIN = "8e5700ea-a4bf-41c7-8a77-e990661dcc6a";
  private static final String PASSWORD = "htB9mR9DYgcu9bX_afHF62erXaH2TS7bg9KW3F7Z";

  @RegisterExtension final Resources resources = new Resources();
  private final VendorServer server = resources.add(new VendorServer());
  private final DnsRecord record =
      txt(SUBDOMAIN + ".auth.example.net", "___validation_token_recieved_from_the_ca___");
  private final WriterSteps steps = steps(environment());

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("POLYCERT_HTTP_BACKOFF", "1ms");
    environment.put("POLYCERT_DNS_WRITER__ACMEDNS__ENDPOINT", server.uri().toString());
    environment.put(
        "POLYCERT_ACMEDNS_ACCOUNT_SHOP_SUBDOMAIN", "d420c923-bbd7-4056-ab64-c3ca54c9b3cf");
    environment.put(
        "POLYCERT_ACMEDNS_ACCOUNT_SHOP_USERNAME", "eabcdb41-d89f-4580-826f-3e62e9755ef2");
    environment.put(
        "POLYCERT_ACMEDNS_ACCOUNT_SHOP_PASSWORD", "pbAXVjlIOE01xbut7YnAbkhMQIkcwoHO0ek2j4Q0");
    environment.put("POLYCERT_ACMEDNS_ACCOUNT_WWW_SUBDOMAIN", SUBDOMAIN);
    environment.put(
        "POLYCERT_ACMEDNS_ACCOUNT_WWW_USERNAME", "c36f50e8-4632-44f0-83fe-e070fef28a10");
    environment.put("POLYCERT_ACMEDNS_ACCOUNT_WWW_PASSWORD", PASSWORD);
    return environment;
  }

  private AcmeDnsWriter writer(Map<String, String> environment) {
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(HttpConfig.class)
            .withMapping(ProviderConfig.class)
            .withMapping(WriterConfig.class)
            .withMapping(AcmeDnsConfig.class)
            .withSources(new EnvConfigSource(environment, 300))
            .build();
    return new AcmeDnsWriter(
        HttpTesting.clients(config, resources.vertx(), Clock.systemUTC()),
        config.getConfigMapping(WriterConfig.class),
        config.getConfigMapping(AcmeDnsConfig.class),
        config);
  }

  private WriterSteps steps(Map<String, String> environment) {
    return new WriterSteps(writer(environment), "auth.example.net");
  }

  @Test
  void updatesWithTheAccountOfTheName() throws JsonProcessingException {
    server.thenJson(200, resource("acmedns/update.json"));

    assertThat(steps.find(record)).isEmpty();
    assertThat(steps.create(record)).isEqualTo(record.name());

    VendorServer.Seen seen = server.seen().getFirst();
    assertThat(seen.method() + " " + seen.uri()).isEqualTo("POST /update");
    assertThat(seen.headers())
        .containsEntry("x-api-user", "c36f50e8-4632-44f0-83fe-e070fef28a10")
        .containsEntry("x-api-key", PASSWORD);
    ObjectMapper json = new ObjectMapper();
    assertThat(json.readTree(seen.body()))
        .isEqualTo(json.readTree(resource("acmedns/update.request.json")));
    assertThat(steps.intents()).containsExactly("update");
  }

  @Test
  void leavesAValueToBeReplaced() {
    assertThat(steps.remove(record, record.name())).isTrue();

    assertThat(server.seen()).isEmpty();
    assertThat(steps.intents()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "401, forbidden, CREDENTIALS",
    "400, bad_txt, FINAL",
  })
  void aRefusalIsReported(int status, String code, ErrorClass errorClass) {
    server.thenJson(status, resource("acmedns/error." + code + ".json"));

    VendorError error = steps.refused(record);

    assertThat(error.code()).isEqualTo(code);
    assertThat(error.errorClass()).isEqualTo(errorClass);
  }

  @Test
  void aFailureOfTheServerMayBeRepeated() {
    server.thenJson(500, resource("acmedns/error.db_error.json"));
    server.thenJson(200, resource("acmedns/update.json"));

    assertThat(steps.failed(record)).isInstanceOf(Failure.Unclear.class);
    steps.create(record);
  }

  /** A success without the value is none. */
  @Test
  void anotherValueThanOursIsNoSuccess() {
    server.thenJson(200, "{\"txt\": \"another\"}");

    assertThat(steps.failed(record).error().code()).isEqualTo("Answer.Incomplete");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "token",
        "2026112100000abcdefghijklmnopqrstuvwxyz01234567890",
        "___validation_token recieved_from_the_ca___"
      })
  void valuesOfOthersThanAcmeAreNotSent(String value) {
    VendorError error = steps.refused(txt(record.name(), value));

    assertThat(error.code()).isEqualTo("Dns.OtherValue");
    assertThat(error.errorClass()).isEqualTo(ErrorClass.FINAL);
    assertThat(server.seen()).isEmpty();
  }

  @Test
  void aNameWithoutAnAccountIsNamed() {
    VendorError error = steps.refused(txt("other.auth.example.net", record.value()));

    assertThat(error.code()).isEqualTo("Dns.NoAccount");
    assertThat(error.message())
        .contains("POLYCERT_ACMEDNS_ACCOUNT_*_SUBDOMAIN is other", "below auth.example.net");
  }

  @Test
  void thePasswordIsNotReportedWhateverTheServerRepeats() {
    server.thenEcho(
        401, message -> "{\"error\": \"forbidden: " + message.replace("\"", "") + "\"}");

    VendorError error = steps.refused(record);

    assertThat(error.toString()).contains("x-api-key: ***").doesNotContain(PASSWORD);
  }

  @Test
  void keysAreNotSentInTheClear() {
    Map<String, String> environment = environment();
    environment.put("POLYCERT_DNS_WRITER__ACMEDNS__ENDPOINT", "http://auth.example.net");

    assertThat(steps(environment).refused(record).message())
        .contains("POLYCERT_DNS_WRITER__ACMEDNS__ENDPOINT must be https://");
  }

  @Test
  void withoutSettingsItNamesTheVariables() {
    assertThat(writer(Map.of()).missing())
        .containsExactly(
            "POLYCERT_DNS_WRITER__ACMEDNS__ENDPOINT", "POLYCERT_ACMEDNS_ACCOUNT_*_SUBDOMAIN");
  }
}
