package dev.polycert.vendor.volcengine;

import static dev.polycert.dns.WriterTesting.resource;
import static dev.polycert.dns.WriterTesting.txt;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Credentials;
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
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a server that answers as the vendor's reference shows. */
@QuarkusTest
class VolcengineWriterTest {
  private static final String SECRET = "secret-for-tests-that-no-answer-repeats";
  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
  private static final String ZONES =
      "GET /?Action=ListZones&Version=2018-08-01&Key=example.com&SearchMode=exact";
  private static final String LIST =
      "GET /?Action=ListRecords&Version=2018-08-01&ZID=304092&Host=_acme-challenge&Type=TXT"
          + "&SearchMode=exact&PageSize=500";

  @RegisterExtension final Resources resources = new Resources();
  private final VendorServer vendor = resources.add(new VendorServer());
  private final DnsRecord record = txt("_acme-challenge.example.com", "token");
  private final VolcengineWriter writer = writer();
  private final WriterSteps steps = new WriterSteps(writer, "example.com");

  private VolcengineWriter writer() {
    SmallRyeConfig config =
        WriterTesting.config(
            Map.of(
                "VOLC_ACCESSKEY",
                "AKLTfake-for-tests",
                "VOLC_SECRETKEY",
                SECRET,
                "polycert.http.backoff",
                "1ms",
                "polycert.dns-writer.\"volcengine\".endpoint",
                vendor.uri().toString()));
    return new VolcengineWriter(
        HttpTesting.clients(config, resources.vertx(), Clock.systemUTC()),
        config.getConfigMapping(WriterConfig.class));
  }

  @Test
  void createsARecordInTheZoneOfThatNameAlone() {
    answers("ListZones", "ListRecords.empty", "CreateRecord");

    assertThat(steps.create(record)).isEqualTo("907925686");

    assertThat(vendor.seen())
        .extracting(seen -> seen.method() + " " + seen.uri())
        .containsExactly(ZONES, LIST, "POST /?Action=CreateRecord&Version=2018-08-01");
    assertBody(
        """
        {"ZID": 304092, "Host": "_acme-challenge", "Type": "TXT", "Value": "token", "TTL": 600}
        """);
    assertThat(steps.intents()).containsExactly("CreateRecord");
  }

  /** What is sent is what is signed, to the letter. */
  @Test
  void everyRequestIsSignedAsItIsSent() {
    answers("ListZones", "ListRecords.empty", "CreateRecord");

    steps.create(record);

    assertThat(vendor.seen())
        .hasSize(3)
        .allSatisfy(
            seen -> {
              String time = seen.headers().get("x-date");
              Instant at =
                  Instant.parse(
                      time.replaceFirst("(....)(..)(..)T(..)(..)(..)Z", "$1-$2-$3T$4:$5:$6Z"));
              VolcengineSigner signer =
                  new VolcengineSigner(
                      Credentials.known("AKLTfake-for-tests", SECRET, null),
                      Clock.fixed(NOW, ZoneOffset.UTC));
              assertThat(seen.headers())
                  .containsEntry("content-type", "application/json")
                  .containsEntry(
                      "authorization",
                      signer.authorization(
                          at,
                          seen.method(),
                          vendor.uri().resolve(seen.uri()),
                          seen.body().getBytes(UTF_8)));
            });
  }

  @Test
  void findsItsOwnAmongOthersAndThoseThatAreSwitchedOff() {
    answers("ListZones", "ListRecords", "ListRecords");

    assertThat(steps.find(record)).contains("907925686");
    assertThat(steps.create(record)).isEqualTo("907925686");
    assertThat(steps.intents()).isEmpty();
  }

  @Test
  void removesItsOwnAlone() {
    answers("ListZones", "ListRecords", "DeleteRecord", "ListRecords.empty");

    assertThat(steps.remove(record, "907925686")).isTrue();
    assertBody(
        """
        {"RecordID": "907925686"}
        """);
    assertThat(steps.remove(record, "907925686")).isFalse();
    assertThat(steps.intents()).containsExactly("DeleteRecord");
  }

  @Test
  void seesADelegation() {
    answers("ListZones", "ListRecords.alias");

    Answer<Optional<String>> alias =
        writer
            .alias("example.com", record.name(), new CallContext(Instant.now().plusSeconds(20)))
            .await()
            .indefinitely();

    assertThat(alias)
        .isInstanceOfSatisfying(
            Answer.Success.class,
            found -> assertThat(found.value()).isEqualTo(Optional.of("there.example.net.")));
  }

  @Test
  void aZoneOfAnotherAccountIsNamed() {
    answers("ListZones.empty");

    VendorError error = steps.refused(record);

    assertThat(error.code()).isEqualTo("Dns.NoZone");
    assertThat(error.message()).contains("example.com");
  }

  @ParameterizedTest
  @CsvSource({"401, SignatureDoesNotMatch, CREDENTIALS", "403, AccessDenied, CREDENTIALS"})
  void aRefusalIsReportedVerbatim(int status, String code, ErrorClass errorClass) {
    vendor.thenJson(status, resource("volcengine/error." + code + ".json"));

    VendorError error = steps.refused(record);

    assertThat(error.code()).isEqualTo(code);
    assertThat(error.errorClass()).isEqualTo(errorClass);
    assertThat(error.requestId()).isEqualTo("20230914165514D45A0C7F5C8E0E0D6A");
  }

  @Test
  void aFailureOfTheVendorIsUnclearAndTheNextTryFindsTheRecord() {
    answers("ListZones", "ListRecords.empty");
    vendor.thenJson(500, resource("volcengine/error.InternalError.json"));
    answers("ListRecords");

    assertThat(steps.failed(record)).isInstanceOf(Failure.Unclear.class);
    assertThat(steps.create(record)).isEqualTo("907925686");
  }

  @Test
  void theKeysAreNotReportedWhateverIsRepeated() {
    vendor.thenEcho(
        401,
        message ->
            "{\"ResponseMetadata\": {\"Error\": {\"Code\": \"InvalidAccessKey\", \"Message\": "
                + TextNode.valueOf(message)
                + "}}}");

    VendorError error = steps.refused(record);

    assertThat(error.message())
        .contains("Credential=***/", "Signature=***")
        .doesNotContain("AKLTfake");
  }

  private void assertBody(String json) {
    String body = vendor.seen().getLast().body();
    ObjectMapper mapper = new ObjectMapper();
    try {
      assertThat(mapper.readTree(body)).isEqualTo(mapper.readTree(json));
    } catch (JsonProcessingException e) {
      throw new AssertionError(body, e);
    }
  }

  private void answers(String... names) {
    for (String name : names) {
      vendor.thenJson(200, resource("volcengine/" + name + ".json"));
    }
  }
}
