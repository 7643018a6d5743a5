package dev.polycert.vendor.cloudflare;

import static dev.polycert.dns.WriterTesting.resource;
import static dev.polycert.dns.WriterTesting.txt;
import static org.assertj.core.api.Assertions.assertThat;

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
import dev.polycert.whole.secrecy.Canaries;
import dev.polycert.whole.secrecy.EchoWatch;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.SmallRyeConfig;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server that answers as Cloudflare's reference shows. */
@QuarkusTest
class CloudflareWriterTest {
  private static final String TOKEN = Canaries.of("CLOUDFLARE_API_TOKEN");
  private static final String RECORDS =
      "/client/v4/zones/023e105f4ecef8ad9ca31a8372d0c353/dns_records";
  private static final String ID = "372e67954025e0ba6aaa6d586b9e0b59";

  @RegisterExtension final Resources resources = new Resources();
  private final Vertx vertx = resources.vertx();
  private final VendorServer cloudflare = resources.add(new VendorServer());
  private final DnsRecord record = txt("_acme-challenge.example.com", "token");
  private final List<String> delegated = new ArrayList<>();
  private final WriterSteps steps = new WriterSteps(writer(), "example.com");

  private CloudflareWriter writer() {
    SmallRyeConfig config =
        WriterTesting.config(
            Map.of(
                "CLOUDFLARE_API_TOKEN",
                TOKEN,
                "polycert.http.backoff",
                "1ms",
                "polycert.dns-writer.\"cloudflare\".endpoint",
                cloudflare.uri().toString()));
    return new CloudflareWriter(
        HttpTesting.clients(config, vertx, Clock.systemUTC()),
        config.getConfigMapping(WriterConfig.class),
        WriterTesting.hosted(config, delegated));
  }

  @Test
  void createsWhatIsNotThere() throws IOException {
    answers("ListZones", "ListDnsRecords.empty", "CreateDnsRecord");

    assertThat(steps.create(record)).isEqualTo(ID);

    assertThat(cloudflare.seen())
        .extracting(seen -> seen.method() + " " + seen.uri())
        .containsExactly(
            "GET /client/v4/zones?name=example.com",
            "GET " + RECORDS + "?type=TXT&name.exact=_acme-challenge.example.com&per_page=500",
            "POST " + RECORDS);
    assertThat(cloudflare.seen())
        .allSatisfy(
            seen -> assertThat(seen.headers()).containsEntry("authorization", "Bearer " + TOKEN));
    assertThat(new ObjectMapper().readTree(cloudflare.seen().getLast().body()))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"type": "TXT", "name": "_acme-challenge.example.com",
                     "content": "\\"token\\"", "ttl": 60}
                    """));
    assertThat(steps.intents()).containsExactly("CreateDnsRecord");
  }

  @Test
  void findsItsOwnAmongOthersAndRemembersTheZone() {
    answers("ListZones", "ListDnsRecords", "ListDnsRecords");

    assertThat(steps.find(record)).contains(ID);
    assertThat(steps.create(record)).isEqualTo(ID);

    assertThat(cloudflare.seen()).hasSize(3);
    assertThat(steps.intents()).isEmpty();
  }

  @Test
  void removesItsOwnAlone() {
    answers("ListZones", "ListDnsRecords", "DeleteDnsRecord", "ListDnsRecords.empty");

    assertThat(steps.remove(record, ID)).isTrue();
    assertThat(cloudflare.seen().getLast().method()).isEqualTo("DELETE");
    assertThat(cloudflare.seen().getLast().uri()).isEqualTo(RECORDS + "/" + ID);
    assertThat(steps.remove(record, ID)).isFalse();
  }

  @Test
  void takesOverWhatSomebodyElseHasJustCreated() {
    answers("ListZones", "ListDnsRecords.empty");
    cloudflare.thenJson(400, resource("cloudflare/error.identical.json"));
    answers("ListDnsRecords");

    assertThat(steps.create(record)).isEqualTo(ID);
  }

  @Test
  void saysWhereANamePoints() {
    answers("ListZones", "ListDnsRecords.alias", "ListDnsRecords.empty");

    assertThat(steps.alias("_acme-challenge.example.com")).contains("x.acme.example.net");
    assertThat(cloudflare.seen().getLast().uri())
        .isEqualTo(RECORDS + "?type=CNAME&name.exact=_acme-challenge.example.com&per_page=500");
    assertThat(steps.alias("_acme-challenge.example.com")).isEmpty();
    assertThat(steps.intents()).isEmpty();
  }

  @Test
  void ofTheZonesOfSeveralAccountsTheDelegatedOneIsWritten() {
    delegated.add("lola.ns.cloudflare.com");
    answers("ListZones.several", "ListDnsRecords");

    assertThat(steps.find(record)).contains(ID);
    assertThat(cloudflare.seen().getLast().uri()).startsWith(RECORDS);
  }

  @Test
  void zonesOfSeveralAccountsThatAreNotDelegatedAreNamed() {
    answers("ListZones.several");

    VendorError error = steps.refused(record);

    assertThat(error.code()).isEqualTo("Dns.SeveralZones");
    assertThat(error.message())
        .contains(
            "9a7806061c88ada191ed06f989cc3dac (ada.ns.cloudflare.com, rick.ns.cloudflare.com)")
        .contains("polycert.dns-writer.\"cloudflare\".zone-ids to example.com=<id>");
  }

  @Test
  void aZoneOfOthersIsNamed() {
    cloudflare.thenJson(200, resource("cloudflare/ListDnsRecords.empty.json"));

    VendorError error = steps.refused(record);

    assertThat(error.code()).isEqualTo("Dns.NoZone");
    assertThat(error.message()).contains("example.com");
  }

  @Test
  void aWrongTokenIsToldWithoutTheToken() {
    cloudflare.thenJson(
        403,
        resource("cloudflare/error.authentication.json")
            .replace("Authentication error", "Authentication error for " + TOKEN));

    VendorError error = steps.refused(record);

    assertThat(error.errorClass()).isEqualTo(ErrorClass.CREDENTIALS);
    assertThat(error.code()).isEqualTo("10000");
    assertThat(error.message()).contains("Authentication error").doesNotContain(TOKEN);
  }

  /** With the same class and after as many calls as the same error without. */
  @ParameterizedTest
  @ValueSource(strings = {"", "ListZones", "ListZones ListDnsRecords.empty"})
  void anErrorThatRepeatsTheTokenIsTheSameWithoutIt(String before) {
    String[] earlier = before.isEmpty() ? new String[0] : before.split(" ");
    String refusal = resource("cloudflare/error.authentication.json");
    answers(earlier);
    cloudflare.thenJson(403, refusal);
    VendorError plain = steps.refused(record);
    int calls = cloudflare.seen().size();
    try (EchoWatch watch = new EchoWatch()) {
      answers(earlier);
      cloudflare.thenEcho(403, message -> echo(refusal, message));
      VendorError echo = new WriterSteps(writer(), "example.com").refused(record);

      watch.assertHidden(echo);
      assertThat(echo.message()).contains("authorization: Bearer ***");
      assertThat(echo.errorClass()).isEqualTo(plain.errorClass());
      assertThat(echo.code()).isEqualTo(plain.code());
    }
    assertThat(cloudflare.seen()).hasSize(2 * calls);
  }

  private static String echo(String refusal, String message) {
    String quoted = TextNode.valueOf(message).toString();
    return refusal.replace("Authentication error", quoted.substring(1, quoted.length() - 1));
  }

  private void answers(String... names) {
    for (String name : names) {
      cloudflare.thenJson(200, resource("cloudflare/" + name + ".json"));
    }
  }
}
