package dev.polycert.vendor.digitalocean;

import static dev.polycert.dns.WriterTesting.resource;
import static dev.polycert.dns.WriterTesting.txt;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
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
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a server that answers as DigitalOcean's reference shows. */
@QuarkusTest
class DigitalOceanWriterTest {
  private static final String TOKEN = "dop_v1_token-for-tests-that-no-answer-repeats";
  private static final String RECORDS = "/v2/domains/example.com/records";
  private static final String LIST =
      "GET " + RECORDS + "?type=TXT&name=_acme-challenge.example.com&per_page=200";

  @RegisterExtension final Resources resources = new Resources();
  private final VendorServer vendor = resources.add(new VendorServer());
  private final DnsRecord record = txt("_acme-challenge.example.com", "token");
  private final DigitalOceanWriter writer = writer();
  private final WriterSteps steps = new WriterSteps(writer, "example.com");

  private DigitalOceanWriter writer() {
    SmallRyeConfig config =
        WriterTesting.config(
            Map.of(
                "DIGITALOCEAN_ACCESS_TOKEN",
                TOKEN,
                "polycert.http.backoff",
                "1ms",
                "polycert.dns-writer.\"digitalocean\".endpoint",
                vendor.uri().toString()));
    return new DigitalOceanWriter(
        HttpTesting.clients(config, resources.vertx(), Clock.systemUTC()),
        config.getConfigMapping(WriterConfig.class));
  }

  @Test
  void createsARecordBelowItsDomain() {
    answers("ListRecords.empty", "CreateRecord");

    assertThat(steps.create(record)).isEqualTo("28448433");

    assertThat(vendor.seen())
        .extracting(seen -> seen.method() + " " + seen.uri())
        .containsExactly(LIST, "POST " + RECORDS);
    assertThat(vendor.seen())
        .allSatisfy(
            seen -> assertThat(seen.headers()).containsEntry("authorization", "Bearer " + TOKEN));
    assertBody(
        """
        {"type": "TXT", "name": "_acme-challenge", "data": "token", "ttl": 60}
        """);
    assertThat(steps.intents()).containsExactly("CreateDomainRecord");
  }

  @Test
  void findsItsOwnAmongOthers() {
    answers("ListRecords", "ListRecords");

    assertThat(steps.find(record)).contains("28448433");
    assertThat(steps.create(record)).isEqualTo("28448433");
    assertThat(steps.intents()).isEmpty();
  }

  @Test
  void removesItsOwnAlone() {
    answers("ListRecords");
    vendor.then(request -> request.response().setStatusCode(204).end());
    answers("ListRecords.empty");

    assertThat(steps.remove(record, "28448433")).isTrue();
    assertThat(last()).isEqualTo("DELETE " + RECORDS + "/28448433");
    assertThat(steps.remove(record, "28448433")).isFalse();
  }

  @Test
  void whatIsGoneWhenItIsToBeRemovedIsRemoved() {
    answers("ListRecords");
    refuses(404, "not_found");

    assertThat(steps.remove(record, "28448433")).isFalse();
  }

  @Test
  void aTargetIsWrittenWithItsFinalDotAndTheDomainItselfAsAt() {
    answers("ListRecords.empty", "CreateRecord", "ListRecords.empty", "CreateRecord");

    steps.create(new DnsRecord("_a.example.com", "CNAME", "there.example.net"));
    assertBody(
        """
        {"type": "CNAME", "name": "_a", "data": "there.example.net.", "ttl": 60}
        """);
    steps.create(txt("example.com", "token"));
    assertBody(
        """
        {"type": "TXT", "name": "@", "data": "token", "ttl": 60}
        """);
  }

  @Test
  void seesADelegation() {
    answers("ListRecords.alias", "ListRecords.empty");
    CallContext context = new CallContext(Instant.now().plusSeconds(20));

    Answer<Optional<String>> alias =
        writer.alias("example.com", record.name(), context).await().indefinitely();
    Answer<Optional<String>> none =
        writer.alias("example.com", record.name(), context).await().indefinitely();

    assertThat(alias).isEqualTo(Answer.of(Optional.of("there.example.net")));
    assertThat(none).isEqualTo(Answer.of(Optional.empty()));
  }

  /** Another client was quicker, or another record is in the way. */
  @Test
  void looksAgainWhereARecordIsRefused() {
    answers("ListRecords.empty");
    refuses(422, "unprocessable_entity");
    answers("ListRecords", "ListRecords.empty");
    refuses(422, "unprocessable_entity");
    answers("ListRecords.empty");

    assertThat(steps.create(record)).isEqualTo("28448433");
    VendorError error = steps.refused(record);

    assertThat(error.code()).isEqualTo("unprocessable_entity");
    assertThat(error.errorClass()).isEqualTo(ErrorClass.FINAL);
    assertThat(error.message()).contains("cannot share a name");
    assertThat(error.requestId()).isEqualTo("4d9d8375-3c56-4925-a3e7-eb137fed17e9");
  }

  @ParameterizedTest
  @CsvSource({"404, not_found, FINAL", "401, unauthorized, CREDENTIALS"})
  void aRefusalIsReportedVerbatim(int status, String code, ErrorClass errorClass) {
    refuses(status, code);

    VendorError error = steps.refused(record);

    assertThat(error.code()).isEqualTo(code);
    assertThat(error.errorClass()).isEqualTo(errorClass);
  }

  @Test
  void aThrottledCallIsRepeated() {
    refuses(429, "too_many_requests");
    answers("ListRecords");

    assertThat(steps.find(record)).isPresent();
  }

  @Test
  void theTokenIsNotReportedWhateverIsRepeated() {
    vendor.thenEcho(
        401,
        message -> "{\"id\": \"unauthorized\", \"message\": " + TextNode.valueOf(message) + "}");

    VendorError error = steps.refused(record);

    assertThat(error.message()).contains("authorization: Bearer ***").doesNotContain(TOKEN);
  }

  private String last() {
    VendorServer.Seen seen = vendor.seen().getLast();
    return seen.method() + " " + seen.uri();
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
      vendor.thenJson(200, resource("digitalocean/" + name + ".json"));
    }
  }

  private void refuses(int status, String code) {
    vendor.thenJson(status, resource("digitalocean/error." + code + ".json"));
  }
}
