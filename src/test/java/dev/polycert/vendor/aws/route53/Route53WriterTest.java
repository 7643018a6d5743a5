package dev.polycert.vendor.aws.route53;

import static dev.polycert.dns.WriterTesting.resource;
import static dev.polycert.dns.WriterTesting.txt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.HttpTesting;
import dev.polycert.call.VendorError;
import dev.polycert.call.VendorServer;
import dev.polycert.call.XmlElement;
import dev.polycert.dns.DnsRecord;
import dev.polycert.dns.WriterConfig;
import dev.polycert.dns.WriterSteps;
import dev.polycert.dns.WriterTesting;
import dev.polycert.testing.Resources;
import dev.polycert.vendor.aws.AwsTesting;
import dev.polycert.whole.secrecy.EchoWatch;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.SmallRyeConfig;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Against a server that answers as the API reference shows. */
@QuarkusTest
class Route53WriterTest {
  private static final String SETS = "/2013-04-01/hostedzone/Z1D633PJN98FT9/rrset";
  private static final String OURS = "<ResourceRecord><Value>\"token\"</Value></ResourceRecord>";

  @RegisterExtension final Resources resources = new Resources();
  private final Vertx vertx = resources.vertx();
  private final VendorServer route53 = resources.add(new VendorServer());
  private final DnsRecord record = txt("_acme-challenge.example.com", "token");
  private final List<String> delegated = new ArrayList<>();
  private final WriterSteps steps = new WriterSteps(writer(), "example.com");

  private Route53Writer writer() {
    SmallRyeConfig config =
        WriterTesting.config(
            Map.of(
                "polycert.http.backoff",
                "1ms",
                "polycert.dns-writer.\"route53\".endpoint",
                route53.uri().toString()));
    return new Route53Writer(
        config.getConfigMapping(WriterConfig.class),
        WriterTesting.hosted(config, delegated),
        AwsTesting.keys(),
        AwsTesting.endpoints(),
        HttpTesting.restClients(config, vertx),
        HttpTesting.calls(config, Clock.systemUTC()));
  }

  @Test
  void createsASetWhereThereIsNone() throws IOException {
    answer(200, "ListHostedZonesByName");
    answer(200, "ListResourceRecordSets.other");
    answer(200, "ChangeResourceRecordSets");

    steps.create(record);

    assertThat(route53.seen())
        .extracting(seen -> seen.method() + " " + seen.uri())
        .containsExactly(
            "GET /2013-04-01/hostedzonesbyname?dnsname=example.com.",
            "GET " + SETS + "?name=_acme-challenge.example.com.&type=TXT&maxitems=1",
            "POST " + SETS + "/");
    assertThat(changes()).containsExactly("CREATE 60 [\"token\"]");
    assertThat(steps.intents()).containsExactly("ChangeResourceRecordSets");
  }

  @Test
  void signsEveryRequest() {
    answer(200, "ListHostedZonesByName");
    answer(200, "ListResourceRecordSets.other");

    steps.find(record);

    assertThat(route53.seen())
        .hasSize(2)
        .allSatisfy(
            seen -> {
              assertThat(seen.headers().get("authorization"))
                  .startsWith("AWS4-HMAC-SHA256 Credential=" + AwsTesting.KEY_ID + "/")
                  .contains("/us-east-1/route53/aws4_request");
              assertThat(seen.headers().get("authorization"))
                  .isEqualTo(AwsTesting.authorization(seen, "route53", "us-east-1"));
            });
  }

  @Test
  void addsToASetAndKeepsTheOthersToTheLetter() throws IOException {
    answer(200, "ListHostedZonesByName");
    route53.thenJson(200, set(""));
    answer(200, "ChangeResourceRecordSets");

    steps.create(record);

    assertThat(changes())
        .containsExactly(
            "DELETE 300 [\"of somebody & else\"]",
            "CREATE 300 [\"of somebody & else\", \"token\"]");
  }

  @Test
  void removesItsOwnAlone() throws IOException {
    answer(200, "ListHostedZonesByName");
    route53.thenJson(200, set(OURS));
    answer(200, "ChangeResourceRecordSets");
    route53.thenJson(200, set(""));

    assertThat(steps.remove(record, null)).isTrue();
    assertThat(changes())
        .containsExactly(
            "DELETE 300 [\"of somebody & else\", \"token\"]",
            "CREATE 300 [\"of somebody & else\"]");
    assertThat(steps.remove(record, null)).isFalse();
  }

  @Test
  void readsAgainWhatSomebodyHasChangedInBetween() throws IOException {
    answer(200, "ListHostedZonesByName");
    answer(200, "ListResourceRecordSets.other");
    answer(400, "error.changed");
    route53.thenJson(200, set(""));
    answer(200, "ChangeResourceRecordSets");

    steps.create(record);

    assertThat(changes())
        .containsExactly(
            "DELETE 300 [\"of somebody & else\"]",
            "CREATE 300 [\"of somebody & else\", \"token\"]");
  }

  @Test
  void waitsWhenThrottledAndTellsWhatIsNotAllowed() {
    answer(400, "error.throttling");
    answer(403, "error.accessDenied");

    VendorError error = steps.refused(record);

    assertThat(error.code()).isEqualTo("AccessDenied");
    assertThat(error.errorClass()).isEqualTo(ErrorClass.CREDENTIALS);
    assertThat(error.message()).contains("route53:ListHostedZonesByName");
    assertThat(error.requestId()).isEqualTo("b25f48e8-84fd-11e6-80d9-574e0c4664cc");
  }

  @Test
  void anErrorThatRepeatsTheRequestIsTheSameWithoutItsKeys() {
    String refusal = resource("route53/error.accessDenied.xml");
    route53.thenJson(403, refusal);
    VendorError plain = steps.refused(record);
    try (EchoWatch watch = new EchoWatch()) {
      route53.thenEcho(
          403,
          message ->
              refusal.replaceFirst(
                  "(?s)<Message>.*?</Message>",
                  Matcher.quoteReplacement(
                      "<Message>"
                          + message.replace("&", "&amp;").replace("<", "&lt;")
                          + "</Message>")));
      VendorError echo = steps.refused(record);

      watch.assertHidden(echo);
      assertThat(echo.message()).contains("Credential=***/", "Signature=***");
      assertThat(echo.errorClass()).isEqualTo(plain.errorClass());
      assertThat(echo.code()).isEqualTo(plain.code());
    }
    assertThat(route53.seen()).hasSize(2);
  }

  @Test
  void saysWhereANamePoints() {
    answer(200, "ListHostedZonesByName");
    answer(200, "ListResourceRecordSets.alias");
    answer(200, "ListResourceRecordSets.other");

    assertThat(steps.alias("_acme-challenge.example.com")).contains("x.acme.example.net.");
    assertThat(route53.seen().getLast().uri())
        .isEqualTo(SETS + "?name=_acme-challenge.example.com.&type=CNAME&maxitems=1");
    assertThat(steps.alias("_acme-challenge.example.com")).isEmpty();
    assertThat(steps.intents()).isEmpty();
  }

  @Test
  void ofSeveralPublicZonesTheDelegatedOneIsWritten() {
    delegated.add("ns-2048.awsdns-64.com");
    route53.thenJson(
        200,
        resource("route53/ListHostedZonesByName.xml")
            .replace("<PrivateZone>true</PrivateZone>", "<PrivateZone>false</PrivateZone>"));
    route53.thenJson(200, servers("ns-512.awsdns-00.net."));
    route53.thenJson(200, servers("ns-2048.awsdns-64.com."));
    route53.thenJson(200, set(OURS));

    assertThat(steps.find(record)).isPresent();

    assertThat(route53.seen())
        .extracting(VendorServer.Seen::uri)
        .containsExactly(
            "/2013-04-01/hostedzonesbyname?dnsname=example.com.",
            "/2013-04-01/hostedzone/ZPRIVATE111111/rrset?name=example.com.&type=NS&maxitems=1",
            SETS + "?name=example.com.&type=NS&maxitems=1",
            SETS + "?name=_acme-challenge.example.com.&type=TXT&maxitems=1");
  }

  private static String servers(String server) {
    return resource("route53/ListResourceRecordSets.servers.xml").replace("@server@", server);
  }

  private List<String> changes() throws IOException {
    String body =
        route53.seen().stream().filter(s -> s.method().equals("POST")).toList().getLast().body();
    XmlElement request = XmlElement.parse(body.getBytes(StandardCharsets.UTF_8));
    assertThat(request.name()).isEqualTo("ChangeResourceRecordSetsRequest");
    return request
        .child("ChangeBatch")
        .flatMap(b -> b.child("Changes"))
        .orElseThrow()
        .children()
        .stream()
        .map(Route53WriterTest::change)
        .toList();
  }

  private static String change(XmlElement change) {
    XmlElement set = change.child("ResourceRecordSet").orElseThrow();
    assertThat(set.textOf("Name")).contains("_acme-challenge.example.com.");
    assertThat(set.textOf("Type")).contains("TXT");
    return change.textOf("Action").orElseThrow()
        + " "
        + set.textOf("TTL").orElseThrow()
        + " "
        + set.child("ResourceRecords").orElseThrow().children().stream()
            .map(one -> one.textOf("Value").orElseThrow())
            .toList();
  }

  private static String set(String ours) {
    return resource("route53/ListResourceRecordSets.xml").replace("@ours@", ours);
  }

  private void answer(int status, String name) {
    route53.thenJson(status, resource("route53/" + name + ".xml"));
  }
}
