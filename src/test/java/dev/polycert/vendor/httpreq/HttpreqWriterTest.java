package dev.polycert.vendor.httpreq;

import static dev.polycert.dns.WriterTesting.resource;
import static dev.polycert.dns.WriterTesting.txt;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.HttpTesting;
import dev.polycert.call.VendorError;
import dev.polycert.call.VendorServer;
import dev.polycert.dns.DnsRecord;
import dev.polycert.dns.WriterConfig;
import dev.polycert.dns.WriterSteps;
import dev.polycert.dns.WriterTesting;
import dev.polycert.testing.Resources;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.SmallRyeConfig;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server that takes what lego's documentation shows. */
@QuarkusTest
class HttpreqWriterTest {
  private static final String ENDPOINT = "polycert.dns-writer.\"httpreq\".endpoint";
  private static final String PASSWORD = "password+of/a-gateway-for-tests";

  @RegisterExtension final Resources resources = new Resources();
  private final Vertx vertx = resources.vertx();
  private final VendorServer gateway = resources.add(new VendorServer());
  private final DnsRecord record =
      txt("_acme-challenge.example.com", "LHDhK3oGRvkiefQnx7OOczTY5Tic_xZ6HcMOc_gmtoM");

  private HttpreqWriter writer(Map<String, String> others) {
    Map<String, String> settings = new HashMap<>();
    settings.put("polycert.http.backoff", "1ms");
    settings.put(ENDPOINT, gateway.uri() + "/dns");
    settings.putAll(others);
    SmallRyeConfig config = WriterTesting.config(settings);
    return new HttpreqWriter(
        HttpTesting.clients(config, vertx, Clock.systemUTC()),
        config.getConfigMapping(WriterConfig.class),
        config);
  }

  private WriterSteps steps(Map<String, String> others) {
    return new WriterSteps(writer(others), "example.com");
  }

  @Test
  void presentsAndCleansUpAsLegoDoes() throws JsonProcessingException {
    WriterSteps steps = steps(Map.of());
    gateway.thenJson(200, "{}").then(request -> request.response().setStatusCode(204).end());

    assertThat(steps.find(record)).isEmpty();
    String id = steps.create(record);
    assertThat(steps.remove(record, id)).isTrue();

    assertThat(gateway.seen())
        .extracting(seen -> seen.method() + " " + seen.uri())
        .containsExactly("POST /dns/present", "POST /dns/cleanup");
    ObjectMapper json = new ObjectMapper();
    for (VendorServer.Seen seen : gateway.seen()) {
      assertThat(json.readTree(seen.body()))
          .isEqualTo(json.readTree(resource("httpreq/present.request.json")));
      assertThat(seen.headers())
          .containsEntry("content-type", "application/json")
          .doesNotContainKey("authorization");
    }
    assertThat(steps.intents()).containsExactly("present", "cleanup");
  }

  @Test
  void anAddressMayEndWithASlash() {
    gateway.thenJson(200, "{}");

    steps(Map.of(ENDPOINT, gateway.uri() + "/dns/")).create(record);

    assertThat(gateway.seen().getFirst().uri()).isEqualTo("/dns/present");
  }

  @Test
  void anySuccessCountsWhateverIsSaid() {
    gateway.then(request -> request.response().setStatusCode(202).end("<p>done</p>"));

    assertThat(steps(Map.of()).create(record)).isEqualTo(record.name());
  }

  @Test
  void showsItsUserNameAndPassword() {
    gateway.thenJson(200, "{}");

    steps(Map.of("HTTPREQ_USERNAME", "Aladdin", "HTTPREQ_PASSWORD", "open sesame")).create(record);

    // The example of RFC 7617, section 2.
    assertThat(gateway.seen().getFirst().headers())
        .containsEntry("authorization", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
  }

  @ParameterizedTest
  @CsvSource({"400, FINAL", "401, CREDENTIALS", "404, FINAL", "302, FINAL", "410, FINAL"})
  void aRefusalIsReportedInTheServersWords(int status, ErrorClass errorClass) {
    gateway.then(
        request ->
            request
                .response()
                .setStatusCode(status)
                .putHeader("Location", "http://127.0.0.1:1/")
                .end("this gateway has no zone for example.com\n"));

    VendorError error = steps(Map.of()).refused(record);

    assertThat(error.code()).isEqualTo("HTTP." + status);
    assertThat(error.errorClass()).isEqualTo(errorClass);
    assertThat(error.message()).isEqualTo("this gateway has no zone for example.com");
    assertThat(gateway.seen()).hasSize(1);
  }

  /** The server may have published the record before it failed. */
  @Test
  void aFailureOfTheServerIsUnclearAndMayBeRepeated() {
    WriterSteps steps = steps(Map.of());
    gateway.then(request -> request.response().setStatusCode(502).end());
    gateway.thenJson(200, "{}");

    assertThat(steps.failed(record)).isInstanceOf(Failure.Unclear.class);
    assertThat(steps.create(record)).isEqualTo(record.name());
  }

  @Test
  void aThrottledCallIsRepeated() {
    gateway.then(request -> request.response().setStatusCode(429).end());
    gateway.thenJson(200, "{}");

    steps(Map.of()).create(record);

    assertThat(gateway.seen()).hasSize(2);
  }

  @Test
  void thePasswordIsNotReportedWhateverTheServerRepeats() {
    gateway.thenEcho(403, message -> message);

    VendorError error =
        steps(Map.of("HTTPREQ_USERNAME", "u", "HTTPREQ_PASSWORD", PASSWORD)).refused(record);

    assertThat(error.errorClass()).isEqualTo(ErrorClass.CREDENTIALS);
    assertThat(error.message())
        .contains("authorization: Basic ")
        .contains("***")
        .doesNotContain(PASSWORD.substring(0, 9))
        .doesNotContain("cGFzc3dvcmQ");
  }

  @Test
  void aCnameIsForAnotherWriter() {
    VendorError error =
        steps(Map.of()).refused(new DnsRecord("_a.example.com", "CNAME", "there.example.net"));

    assertThat(error.code()).isEqualTo("Dns.OtherType");
    assertThat(error.errorClass()).isEqualTo(ErrorClass.FINAL);
    assertThat(gateway.seen()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://gateway.example.net",
        "http://10.0.0.1",
        "http://127.0.0.1.example.net",
        "ftp://127.0.0.1",
        "https://user:password@gateway.example.net",
        "https://gateway.example.net/?x=1",
        "https:///present"
      })
  void nothingIsSentInTheClear(String address) {
    VendorError error = steps(Map.of(ENDPOINT, address)).refused(record);

    assertThat(error.errorClass()).isEqualTo(ErrorClass.CREDENTIALS);
    assertThat(error.message())
        .contains("POLYCERT_DNS_WRITER__HTTPREQ__ENDPOINT must be https://")
        .doesNotContain("password");
  }

  @ParameterizedTest
  @CsvSource({
    "HTTPREQ_USERNAME, u, HTTPREQ_PASSWORD",
    "HTTPREQ_PASSWORD, p, HTTPREQ_USERNAME",
    "HTTPREQ_MODE, RAW, fqdn and value"
  })
  void settingsThatAreNoneAreNamed(String variable, String value, String said) {
    VendorError error = steps(Map.of(variable, value)).refused(record);

    assertThat(error.code()).isEqualTo("Configuration");
    assertThat(error.message()).contains(variable, said);
    assertThat(gateway.seen()).isEmpty();
  }

  @Test
  void withoutAnAddressItNamesTheVariable() {
    assertThat(writer(Map.of(ENDPOINT, "")).missing())
        .containsExactly("POLYCERT_DNS_WRITER__HTTPREQ__ENDPOINT");
  }
}
