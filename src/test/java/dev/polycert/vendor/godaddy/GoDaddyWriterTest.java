package dev.polycert.vendor.godaddy;

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

/** Against a server that answers as GoDaddy's reference shows. */
@QuarkusTest
class GoDaddyWriterTest {
  private static final String SECRET = "secret-for-tests-that-no-answer-repeats";
  private static final String RECORDS = "/v1/domains/example.com/records";
  private static final String SET = RECORDS + "/TXT/_acme-challenge";

  @RegisterExtension final Resources resources = new Resources();
  private final VendorServer vendor = resources.add(new VendorServer());
  private final DnsRecord record = txt("_acme-challenge.example.com", "token");
  private final GoDaddyWriter writer = writer();
  private final WriterSteps steps = new WriterSteps(writer, "example.com");

  private GoDaddyWriter writer() {
    SmallRyeConfig config =
        WriterTesting.config(
            Map.of(
                "GODADDY_API_KEY",
                "key-for-tests",
                "GODADDY_API_SECRET",
                SECRET,
                "polycert.http.backoff",
                "1ms",
                "polycert.dns-writer.\"godaddy\".endpoint",
                vendor.uri().toString()));
    return new GoDaddyWriter(
        HttpTesting.clients(config, resources.vertx(), Clock.systemUTC()),
        config.getConfigMapping(WriterConfig.class));
  }

  /** The set is read again after the addition, because another client may have replaced it. */
  @Test
  void addsToWhatIsThereAndLooksWhetherItStays() {
    answers("GetRecords.other");
    done();
    answers("GetRecords");

    assertThat(steps.create(record)).isEqualTo("_acme-challenge.example.com");

    assertThat(vendor.seen())
        .extracting(seen -> seen.method() + " " + seen.uri())
        .containsExactly("GET " + SET, "PATCH " + RECORDS, "GET " + SET);
    assertThat(vendor.seen())
        .allSatisfy(
            seen ->
                assertThat(seen.headers())
                    .containsEntry("authorization", "sso-key key-for-tests:" + SECRET));
    assertBody(
        1,
        """
        [{"type": "TXT", "name": "_acme-challenge", "data": "token", "ttl": 600}]
        """);
    assertThat(steps.intents()).containsExactly("recordAdd");
  }

  @Test
  void findsItsOwnAmongOthers() {
    answers("GetRecords", "GetRecords", "GetRecords.empty");

    assertThat(steps.find(record)).isPresent();
    steps.create(record);
    assertThat(steps.find(record)).isEmpty();
    assertThat(steps.intents()).isEmpty();
  }

  @Test
  void leavesTheValuesOfOthersAsTheyAre() {
    answers("GetRecords");
    done();
    answers("GetRecords.other");

    assertThat(steps.remove(record, null)).isTrue();

    assertThat(vendor.seen().get(1).method() + " " + vendor.seen().get(1).uri())
        .isEqualTo("PUT " + SET);
    assertBody(
        1,
        """
        [{"type": "TXT", "name": "_acme-challenge", "data": "another", "ttl": 3600}]
        """);
  }

  @Test
  void deletesASetThatHoldsNothingElse() {
    answers("GetRecords.own");
    vendor.then(request -> request.response().setStatusCode(204).end());
    answers("GetRecords.empty", "GetRecords.empty");

    assertThat(steps.remove(record, null)).isTrue();
    assertThat(vendor.seen().get(1).method() + " " + vendor.seen().get(1).uri())
        .isEqualTo("DELETE " + SET);
    assertThat(steps.remove(record, null)).isFalse();
  }

  @Test
  void aTargetIsWrittenWithoutItsFinalDotAndTheDomainItselfAsAt() {
    answers("GetRecords.empty");
    done();
    answers("GetRecords.alias", "GetRecords.empty");
    done();
    answers("GetRecords");

    steps.create(new DnsRecord("_acme-challenge.example.com", "CNAME", "there.example.net"));
    assertBody(
        1,
        """
        [{"type": "CNAME", "name": "_acme-challenge", "data": "there.example.net", "ttl": 600}]
        """);
    steps.create(txt("example.com", "token"));
    assertThat(vendor.seen().get(3).uri()).isEqualTo(RECORDS + "/TXT/@");
  }

  @Test
  void seesADelegation() {
    answers("GetRecords.alias");

    Answer<Optional<String>> alias =
        writer
            .alias("example.com", record.name(), new CallContext(Instant.now().plusSeconds(20)))
            .await()
            .indefinitely();

    assertThat(alias).isEqualTo(Answer.of(Optional.of("there.example.net")));
    assertThat(vendor.seen().getFirst().uri()).isEqualTo(RECORDS + "/CNAME/_acme-challenge");
  }

  @Test
  void looksAgainWhereAnotherClientWasQuicker() {
    answers("GetRecords.other");
    refuses(422, "duplicate");
    answers("GetRecords");

    steps.create(record);

    assertThat(vendor.seen()).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({"403, denied, ACCESS_DENIED, CREDENTIALS", "404, unknown, UNKNOWN_DOMAIN, FINAL"})
  void aRefusalIsReportedVerbatim(int status, String file, String code, ErrorClass errorClass) {
    refuses(status, file);

    VendorError error = steps.refused(record);

    assertThat(error.code()).isEqualTo(code);
    assertThat(error.errorClass()).isEqualTo(errorClass);
  }

  @Test
  void aThrottledCallIsRepeated() {
    refuses(429, "throttled");
    answers("GetRecords");

    assertThat(steps.find(record)).isPresent();
  }

  @Test
  void theKeysAreNotReportedWhateverIsRepeated() {
    vendor.thenEcho(
        403,
        message -> "{\"code\": \"ACCESS_DENIED\", \"message\": " + TextNode.valueOf(message) + "}");

    VendorError error = steps.refused(record);

    assertThat(error.message())
        .contains("authorization: sso-key ***:***")
        .doesNotContain(SECRET, "key-for-tests");
  }

  private void assertBody(int call, String json) {
    String body = vendor.seen().get(call).body();
    ObjectMapper mapper = new ObjectMapper();
    try {
      assertThat(mapper.readTree(body)).isEqualTo(mapper.readTree(json));
    } catch (JsonProcessingException e) {
      throw new AssertionError(body, e);
    }
  }

  private void answers(String... names) {
    for (String name : names) {
      vendor.thenJson(200, resource("godaddy/" + name + ".json"));
    }
  }

  /** A change is answered with nothing. */
  private void done() {
    vendor.then(request -> request.response().setStatusCode(200).end());
  }

  private void refuses(int status, String file) {
    vendor.thenJson(status, resource("godaddy/error." + file + ".json"));
  }
}
