package dev.polycert.vendor.hetzner;

import static dev.polycert.dns.WriterTesting.resource;
import static dev.polycert.dns.WriterTesting.txt;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
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
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a server that answers as Hetzner's reference shows. */
@QuarkusTest
class HetznerWriterTest {
  private static final String TOKEN = "token-of-a-project-that-no-answer-repeats";
  private static final String SETS = "/v1/zones/42/rrsets";
  private static final String LIST = "GET " + SETS + "?name=_acme-challenge&type=TXT";
  private static final String ACTIONS = "POST " + SETS + "/_acme-challenge/TXT/actions/";

  @RegisterExtension final Resources resources = new Resources();
  private final Vertx vertx = resources.vertx();
  private final VendorServer hetzner = resources.add(new VendorServer());
  private final DnsRecord record = txt("_acme-challenge.example.com", "token");
  private final List<String> delegated = new ArrayList<>();
  private final WriterSteps steps = new WriterSteps(writer(), "example.com");

  private HetznerWriter writer() {
    SmallRyeConfig config =
        WriterTesting.config(
            Map.of(
                "HCLOUD_TOKEN",
                TOKEN,
                "polycert.http.backoff",
                "1ms",
                "polycert.dns-writer.\"hetzner\".endpoint",
                hetzner.uri().toString()));
    return new HetznerWriter(
        HttpTesting.clients(config, vertx, Clock.systemUTC()),
        config.getConfigMapping(WriterConfig.class),
        WriterTesting.hosted(config, delegated));
  }

  @Test
  void createsASetWhereThereIsNoneAndWaitsForTheEnd() {
    answers("ListZones", "ListRrsets.empty", "Change", "GetAction.running", "GetAction");

    assertThat(steps.create(record)).isEqualTo("_acme-challenge.example.com");

    assertThat(hetzner.seen())
        .extracting(seen -> seen.method() + " " + seen.uri())
        .containsExactly(
            "GET /v1/zones?name=example.com",
            LIST,
            ACTIONS + "add_records",
            "GET /v1/actions/13",
            "GET /v1/actions/13");
    assertThat(hetzner.seen())
        .allSatisfy(
            seen -> assertThat(seen.headers()).containsEntry("authorization", "Bearer " + TOKEN));
    assertBody(
        """
        {"records": [{"value": "\\"token\\""}], "ttl": 60}
        """);
    assertThat(steps.intents()).containsExactly("AddRecords");
  }

  /** Hetzner takes no other TTL than the set has. */
  @Test
  void addsToASetWithItsTtlAndRemembersTheZone() {
    answers("ListZones", "ListRrsets.other", "Change.done", "ListRrsets");

    steps.create(record);

    assertBody(
        """
        {"records": [{"value": "\\"token\\""}], "ttl": 3600}
        """);
    assertThat(steps.find(record)).contains("_acme-challenge.example.com");
    assertThat(hetzner.seen()).hasSize(4);
  }

  @Test
  void leavesTheTtlOfTheZoneToASetThatHasIt() {
    answers("ListZones");
    hetzner.thenJson(
        200, resource("hetzner/ListRrsets.other.json").replace("\"ttl\": 3600", "\"ttl\": null"));
    answers("Change.done");

    steps.create(record);

    assertBody(
        """
        {"records": [{"value": "\\"token\\""}]}
        """);
  }

  @Test
  void findsItsOwnAmongOthers() {
    answers("ListZones", "ListRrsets", "ListRrsets");

    assertThat(steps.find(record)).isPresent();
    steps.create(record);

    assertThat(hetzner.seen()).hasSize(3);
    assertThat(steps.intents()).isEmpty();
  }

  @Test
  void removesItsOwnAlone() {
    answers("ListZones", "ListRrsets", "Change.done", "ListRrsets.other");

    assertThat(steps.remove(record, null)).isTrue();
    assertThat(last()).isEqualTo(ACTIONS + "remove_records");
    assertBody(
        """
        {"records": [{"value": "\\"token\\""}]}
        """);
    assertThat(steps.remove(record, null)).isFalse();
    assertThat(steps.intents()).containsExactly("RemoveRecords");
  }

  @Test
  void aTargetIsWrittenWithItsFinalDot() {
    answers("ListZones", "ListRrsets.empty", "Change.done");

    steps.create(new DnsRecord("_Acme-Challenge.example.com", "CNAME", "there.example.net"));

    assertThat(last()).isEqualTo("POST " + SETS + "/_acme-challenge/CNAME/actions/add_records");
    assertBody(
        """
        {"records": [{"value": "there.example.net."}], "ttl": 60}
        """);
  }

  @ParameterizedTest
  @CsvSource({"409, conflict", "404, notFound"})
  void looksAgainWhereAnotherClientWasQuicker(int status, String error) {
    answers("ListZones", "ListRrsets.empty");
    hetzner.thenJson(status, resource("hetzner/error." + error + ".json"));
    if (status == 404) {
      answers("ListZones");
    }
    answers("ListRrsets");

    assertThat(steps.create(record)).isEqualTo("_acme-challenge.example.com");
    assertThat(last()).isEqualTo(LIST);
  }

  @Test
  void whatIsGoneWhenItIsToBeRemovedIsRemoved() {
    answers("ListZones", "ListRrsets");
    hetzner.thenJson(404, resource("hetzner/error.notFound.json"));
    answers("ListZones", "ListRrsets.other");

    assertThat(steps.remove(record, null)).isTrue();
  }

  @Test
  void aSetThatIsLockedIsWaitedFor() {
    answers("ListZones", "ListRrsets.empty");
    hetzner.thenJson(423, resource("hetzner/error.locked.json"));
    answers("Change.done");

    steps.create(record);

    assertThat(last()).isEqualTo(ACTIONS + "add_records");
    assertThat(steps.intents()).containsExactly("AddRecords");
  }

  @Test
  void anActionThatFailsIsReported() {
    answers("ListZones", "ListRrsets.empty", "Change", "GetAction.failed");

    VendorError error = steps.refused(record);

    assertThat(error.code()).isEqualTo("action_failed");
    assertThat(error.errorClass()).isEqualTo(ErrorClass.FINAL);
  }

  /** The next try finds the record, or adds it again. */
  @Test
  void anActionThatDoesNotEndIsTriedAgainLater() {
    answers("ListZones", "ListRrsets.empty", "Change");
    answers("GetAction.running", "GetAction.running", "GetAction.running", "GetAction.running");

    VendorError error = steps.refused(record);

    assertThat(error.errorClass()).isEqualTo(ErrorClass.RETRY);
    assertThat(error.message()).contains("the end of the action");
  }

  @Test
  void aZoneOfAnotherProjectIsNamed() {
    answers("ListZones.empty");

    VendorError error = steps.refused(record);

    assertThat(error.code()).isEqualTo("Dns.NoZone");
    assertThat(error.message()).contains("example.com");
  }

  @Test
  void aWrongTokenIsReportedWithoutTheToken() {
    String refusal = resource("hetzner/error.unauthorized.json");
    hetzner.thenEcho(
        401,
        message -> {
          String quoted = TextNode.valueOf(message).toString();
          return refusal.replace(
              "unable to authenticate", quoted.substring(1, quoted.length() - 1));
        });

    VendorError error = steps.refused(record);

    assertThat(error.errorClass()).isEqualTo(ErrorClass.CREDENTIALS);
    assertThat(error.code()).isEqualTo("unauthorized");
    assertThat(error.message()).contains("authorization: Bearer ***").doesNotContain(TOKEN);
  }

  @Test
  void saysWhereANamePoints() {
    answers("ListZones", "ListRrsets.alias", "ListRrsets.empty");

    assertThat(steps.alias("_acme-challenge.example.com")).contains("x.acme.example.net.");
    assertThat(last()).isEqualTo(LIST.replace("TXT", "CNAME"));
    assertThat(steps.alias("_acme-challenge.example.com")).isEmpty();
    assertThat(steps.intents()).isEmpty();
  }

  @Test
  void theIdOfTheCallIsKept() {
    hetzner.then(
        request ->
            request
                .response()
                .setStatusCode(403)
                .putHeader("X-Correlation-ID", "d5064a1f0bb9de4b")
                .end("{\"error\":{\"code\":\"token_readonly\",\"message\":\"no\"}}"));

    VendorError error = steps.refused(record);

    assertThat(error.errorClass()).isEqualTo(ErrorClass.CREDENTIALS);
    assertThat(error.requestId()).isEqualTo("d5064a1f0bb9de4b");
  }

  private String last() {
    VendorServer.Seen seen = hetzner.seen().getLast();
    return seen.method() + " " + seen.uri();
  }

  /** Of the last request that had one. */
  private void assertBody(String json) {
    String body =
        hetzner.seen().stream().filter(s -> s.method().equals("POST")).toList().getLast().body();
    ObjectMapper mapper = new ObjectMapper();
    try {
      assertThat(mapper.readTree(body)).isEqualTo(mapper.readTree(json));
    } catch (JsonProcessingException e) {
      throw new AssertionError(body, e);
    }
  }

  private void answers(String... names) {
    for (String name : names) {
      hetzner.thenJson(200, resource("hetzner/" + name + ".json"));
    }
  }
}
