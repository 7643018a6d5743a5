package dev.polycert.vendor.httpreq;

import static dev.polycert.dns.WriterTesting.resource;
import static dev.polycert.dns.WriterTesting.txt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

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
import java.util.List;
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
  private static final Map<String, String> RAW = Map.of("HTTPREQ_MODE", "RAW");

  @RegisterExtension final Resources resources = new Resources();
  private final Vertx vertx = resources.vertx();
  private final VendorServer gateway = resources.add(new VendorServer());
  private final DnsRecord record =
      txt("_acme-challenge.example.com", "LHDhK3oGRvkiefQnx7OOczTY5Tic_xZ6HcMOc_gmtoM");

  /** The key authorization of RFC 8555, section 8.1, and its digest. */
  private final DnsRecord ofAcme =
      new DnsRecord(
          "_acme-challenge.www.example.com",
          "TXT",
          "NGwKoXBgCT8JhEa0bK7AwfSqHyu_ZWeugV07fLGIVq0",
          "evaGxfADs6pSRb2LAv9IZf17Dt3juxGJ-PCt92wr-oA.nP1qzpXGymHBrUEepNY9HCsQk7K8KhOypzEt62jcerQ");

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
  void inRawModeItSendsWhatTheRecordIsMadeOf() throws JsonProcessingException {
    WriterSteps steps =
        steps(
            Map.of("HTTPREQ_MODE", "RAW", "HTTPREQ_USERNAME", "web", "HTTPREQ_PASSWORD", PASSWORD));
    gateway.thenJson(200, "{}").then(request -> request.response().setStatusCode(204).end());

    assertThat(steps.find(ofAcme)).isEmpty();
    String id = steps.create(ofAcme);
    assertThat(steps.remove(ofAcme, id)).isTrue();

    assertThat(gateway.seen())
        .extracting(seen -> seen.method() + " " + seen.uri())
        .containsExactly("POST /dns/present", "POST /dns/cleanup");
    ObjectMapper json = new ObjectMapper();
    for (VendorServer.Seen seen : gateway.seen()) {
      assertThat(json.readTree(seen.body()))
          .isEqualTo(json.readTree(resource("httpreq/raw.request.json")));
      assertThat(seen.headers()).hasEntrySatisfying("authorization", is -> is.startsWith("Basic "));
    }
    assertThat(steps.intents()).containsExactly("present", "cleanup");
  }

  @ParameterizedTest
  @CsvSource({"400, FINAL", "401, CREDENTIALS", "404, FINAL"})
  void inRawModeARefusalIsReportedInTheServersWordsToo(int status, ErrorClass errorClass) {
    gateway.then(
        request -> request.response().setStatusCode(status).end("www.example.com is not mine"));

    VendorError error = steps(RAW).refused(ofAcme);

    assertThat(error.code()).isEqualTo("HTTP." + status);
    assertThat(error.errorClass()).isEqualTo(errorClass);
    assertThat(error.message()).isEqualTo("www.example.com is not mine");
  }

  @Test
  void inTheDefaultModeARecordOfAcmeIsSentLikeAnyOther() throws JsonProcessingException {
    gateway.thenJson(200, "{}");

    steps(Map.of()).create(ofAcme);

    assertThat(new ObjectMapper().readTree(gateway.seen().getFirst().body()))
        .isEqualTo(
            new ObjectMapper()
                .valueToTree(
                    Map.of("fqdn", ofAcme.name() + ".", "value", String.valueOf(ofAcme.value()))));
  }

  /** The server of that mode makes name and value itself, so it must make those we look at. */
  @Test
  void inRawModeOtherRecordsAreRefusedBeforeAnythingIsSent() {
    WriterSteps steps = steps(RAW);
    DnsRecord led = ofAcme.at("6f1ed002ab5595859014ebf0951522d9.acme.example.com");

    assertThat(
            List.of(
                steps.notFound(record),
                steps.notFound(txt("_dnsauth.example.com", "2026")),
                steps.notFound(led),
                steps.notFound(new DnsRecord(ofAcme.name(), "CNAME", "there.example.net"))))
        .allSatisfy(error -> assertThat(error.errorClass()).isEqualTo(ErrorClass.FINAL))
        .extracting(error -> error.code() + " " + error.message())
        .containsExactly(
            "Dns.OtherValue the server of httpreq makes the value out of an ACME key authorization,"
                + " which is not known for _acme-challenge.example.com (HTTPREQ_MODE=RAW)",
            "Dns.OtherName the server of httpreq makes the name of the record, which is"
                + " _acme-challenge.<domain>, and not _dnsauth.example.com (HTTPREQ_MODE=RAW)",
            "Dns.OtherName the server of httpreq makes the name of the record, which is"
                + " _acme-challenge.<domain>, and not"
                + " 6f1ed002ab5595859014ebf0951522d9.acme.example.com (HTTPREQ_MODE=RAW)",
            "Dns.OtherType httpreq writes TXT records alone, and _acme-challenge.www.example.com is"
                + " a CNAME");
    assertThat(steps.refused(record).code()).isEqualTo("Dns.OtherValue");
    assertThat(steps.refused(led).code()).isEqualTo("Dns.OtherName");
    assertThat(gateway.seen()).isEmpty();
    assertThat(steps.intents()).isEmpty();
  }

  /** A CNAME may lead to the name of another validation, which is one that the server makes. */
  @Test
  void inRawModeARecordMayBeThatOfAnotherName() throws JsonProcessingException {
    gateway.thenJson(200, "{}");

    steps(RAW).create(ofAcme.at("_acme-challenge.shared.example.com"));

    assertThat(
            new ObjectMapper().readTree(gateway.seen().getFirst().body()).path("domain").asText())
        .isEqualTo("shared.example.com");
  }

  @Test
  void whichNamesItWritesIsKnownWithoutAValue() {
    assertThat(writer(RAW).otherName("_dnsauth.example.com")).isPresent();
    assertThat(writer(RAW).otherName(record.name())).isEmpty();
    assertThat(writer(Map.of()).otherName("_dnsauth.example.com")).isEmpty();
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
    "HTTPREQ_MODE, raw, HTTPREQ_MODE is RAW",
    "HTTPREQ_MODE, DEFAULT, DEFAULT is no mode"
  })
  void settingsThatAreNoneAreNamed(String variable, String value, String said) {
    VendorError error = steps(Map.of(variable, value)).refused(record);

    assertThat(error.code()).isEqualTo("Configuration");
    assertThat(error.message()).contains(variable, said);
    assertThat(gateway.seen()).isEmpty();
  }

  /** Half a pair is a key that is missing, which only keeps this writer from writing. */
  @Test
  void aModeThatIsNoneStopsTheStart() {
    assertThat(writer(Map.of("HTTPREQ_MODE", "XXX")).wrongSettings())
        .singleElement(STRING)
        .contains("HTTPREQ_MODE is RAW", "XXX is no mode");
    assertThat(writer(Map.of("HTTPREQ_USERNAME", "u")).wrongSettings()).isEmpty();
  }

  @Test
  void withoutAnAddressItNamesTheVariable() {
    assertThat(writer(Map.of(ENDPOINT, "")).missing())
        .containsExactly("POLYCERT_DNS_WRITER__HTTPREQ__ENDPOINT");
  }
}
