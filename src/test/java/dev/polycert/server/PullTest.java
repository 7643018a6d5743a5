package dev.polycert.server;

import static dev.polycert.order.ScriptedProvider.Call.PLACE;
import static dev.polycert.order.ScriptedProvider.Call.PREPARE;
import static dev.polycert.order.VendorAnswers.issued;
import static dev.polycert.order.VendorAnswers.ready;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Answer;
import dev.polycert.deliver.IssuedCertificates;
import dev.polycert.domain.DomainName;
import dev.polycert.order.Intent;
import dev.polycert.order.Order;
import dev.polycert.order.OrderState;
import dev.polycert.order.Principal;
import dev.polycert.order.PullKey;
import dev.polycert.order.ScriptedProvider;
import dev.polycert.order.use.AccessKeys;
import dev.polycert.order.use.Apply;
import dev.polycert.order.use.Desk;
import dev.polycert.provider.Capability;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.Information;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.testing.Csrs;
import dev.polycert.testing.Resources;
import io.quarkus.runtime.LaunchMode;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.KeyStore;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Machines get the certificates that their keys are for, and nothing else. */
class PullTest {
  @RegisterExtension final Resources resources = new Resources();
  private final ScriptedProvider vendor = new ScriptedProvider("vendor");
  private final ScriptedProvider keeper = new ScriptedProvider("keeper");
  private final Desk desk = resources.add(new Desk(resources.directory(), vendor, keeper));
  private final HttpClient client = resources.add(HttpClient.newHttpClient());
  private CertificateBundle export;
  private Server server;

  @BeforeEach
  void start() {
    issueNext("c1", 90);
    server = TestServer.open(10).start(resources.vertx(), LaunchMode.TEST, desk.pull);
  }

  @Test
  void theKeyOfADomainGetsItsCertificateWithTheKeyInOneText() throws Exception {
    Order order = desk.apply("www.example.com");
    String key = key("www.example.com", false);

    HttpResponse<byte[]> byDomain = get("www.example.com", key);
    HttpResponse<byte[]> byOrder = get(order.id().value(), key);

    assertThat(byDomain.statusCode()).isEqualTo(200);
    assertThat(new String(byDomain.body(), US_ASCII))
        .isEqualTo(export.fullChain() + export.privateKey().reveal());
    assertThat(byDomain.headers().firstValue("content-type")).contains("application/x-pem-file");
    assertThat(byDomain.headers().firstValue("cache-control")).contains("no-store");
    assertThat(byOrder.body()).isEqualTo(byDomain.body());
    assertThat(desk.history(order.id()).getLast().why())
        .startsWith("certificate exported pulled by the key ");
  }

  @Test
  void aMachineThatHasItCostsNoCallAndGetsTheRenewalWhenItIsThere() throws Exception {
    Order order = desk.apply("www.example.com");
    String key = key("www.example.com", false);
    String tag = get("www.example.com", key).headers().firstValue("etag").orElseThrow();
    int entries = desk.history(order.id()).size();

    HttpResponse<byte[]> again = get("www.example.com", key, "if-none-match", "W/\"x\", " + tag);
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(again.headers().firstValue("etag")).contains(tag);
    assertThat(get("www.example.com", key, "if-none-match", "*").statusCode()).isEqualTo(304);
    assertThat(desk.history(order.id())).hasSize(entries);

    issueNext("c2", 150);
    desk.advance(Duration.ofDays(61));
    desk.renew();
    HttpResponse<byte[]> renewed = get("www.example.com", key, "if-none-match", tag);
    assertThat(renewed.statusCode()).isEqualTo(200);
    assertThat(new String(renewed.body(), US_ASCII)).startsWith(export.certificate());
  }

  @Test
  void onePkcs12FileOpensWithThePullKey() throws Exception {
    desk.apply("www.example.com");
    String key = key("www.example.com", false);

    HttpResponse<byte[]> got = get("www.example.com", key, "accept", "application/pkcs12");

    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(new ByteArrayInputStream(got.body()), key.toCharArray());
    assertThat(store.size()).isEqualTo(1);
    assertThat(get("www.example.com", key, "accept", "image/png").statusCode()).isEqualTo(406);
    String other = key("www.example.com", false);
    assertThat(get("www.example.com", other, "accept", "application/pkcs12").headers().map())
        .as("another password is another file")
        .doesNotContainEntry("etag", got.headers().allValues("etag"));
  }

  @Test
  void theWeightsOfTheFormsCount() throws Exception {
    desk.apply("www.example.com");
    String key = key("www.example.com", false);

    for (String accept :
        List.of(
            "application/pkcs12;q=0, */*", "application/pkcs12;q=0.1, application/x-pem-file")) {
      assertThat(get("www.example.com", key, "accept", accept).headers().firstValue("content-type"))
          .as(accept)
          .contains("application/x-pem-file");
    }
  }

  @Test
  void aQueryIsRefusedByNameAndASlashAtTheEndDoesNotMatter() throws Exception {
    desk.apply("www.example.com");
    String key = key("www.example.com", false);

    HttpResponse<byte[]> refused = get("www.example.com?format=PKCS12", key);
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(new String(refused.body(), US_ASCII))
        .contains("\"format\"", "the header Accept names the form");
    assertThat(get("www.example.com/", key).statusCode()).isEqualTo(200);
  }

  @Test
  void headIsGetWithoutTheBody() throws Exception {
    desk.apply("www.example.com");
    String key = key("www.example.com", false);
    HttpRequest head =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.port() + "/certificates/www.example.com"))
            .header("authorization", "Bearer " + key)
            .HEAD()
            .build();

    HttpResponse<byte[]> got = client.send(head, HttpResponse.BodyHandlers.ofByteArray());

    assertThat(got.statusCode()).isEqualTo(200);
    assertThat(got.headers().firstValue("etag")).isPresent();
    assertThat(got.body()).isEmpty();
  }

  @Test
  void aKeyIsGoodForNothingElse() throws Exception {
    desk.apply("www.example.com");
    issueNext("c2", 90);
    desk.apply("mail.example.com");
    String www = key("www.example.com", false);
    String all = key("example.com", true);

    assertThat(get("mail.example.com", www).statusCode()).isEqualTo(401);
    assertThat(get("unknown.example.com", www).statusCode()).isEqualTo(401);
    assertThat(get("mail.example.com", all).statusCode()).isEqualTo(200);
    assertThat(get("www.example.com", all + "x").statusCode()).isEqualTo(401);
    assertThat(get("unknown.example.com", all).statusCode()).isEqualTo(409);
    assertThat(get("%2A.example.com", all).statusCode()).isEqualTo(409);
    assertThat(get("www.example.net", all).statusCode()).isEqualTo(401);
  }

  @Test
  void theOrderOfALabelLeadsToTheCertificateOfThatLabel() throws Exception {
    Order plain = desk.apply("www.example.com");
    issueNext("c2", 60);
    Order labelled = desk.apply(labelled("ec", null)).order();
    String key = key("www.example.com", false);

    assertThat(get(labelled.id().value(), key).headers().firstValue("etag").orElseThrow())
        .contains(labelled.id().value());
    assertThat(get(plain.id().value(), key).headers().firstValue("etag").orElseThrow())
        .contains(plain.id().value());
  }

  @Test
  void whatCannotBeHandedOutIsNotInTheWayOfWhatCan() throws Exception {
    Order given = desk.apply("www.example.com");
    keeper.capabilities = EnumSet.complementOf(EnumSet.of(Capability.EXPORT_KEY));
    keeper.on(PREPARE, ready()).on(PLACE, issued("k1", desk.now().plus(Duration.ofDays(300))));
    desk.applyAt("keeper", "www.example.com");
    issueNext("c2", 400);
    Order withCsr = desk.apply(labelled("csr", Csrs.of("www.example.com").pem())).order();

    HttpResponse<byte[]> got = get("www.example.com", key("www.example.com", false));

    assertThat(withCsr.state()).isEqualTo(OrderState.ISSUED);
    assertThat(got.statusCode()).isEqualTo(200);
    assertThat(got.headers().firstValue("etag").orElseThrow()).contains(given.id().value());
  }

  @Test
  void whereNoneCanBeHandedOutTheAnswerSaysWhy() throws Exception {
    vendor.capabilities = EnumSet.complementOf(EnumSet.of(Capability.EXPORT_KEY));
    desk.apply("www.example.com");

    HttpResponse<byte[]> got = get("www.example.com", key("www.example.com", false));

    assertThat(got.statusCode()).isEqualTo(409);
    assertThat(new String(got.body(), US_ASCII)).contains("private key");
  }

  @Test
  void aPullBesideAStepThatGoesOnIsToComeAgain() throws Exception {
    Order order = desk.apply("www.example.com");
    Intent renewal = new Intent("Renew", desk.now(), desk.now().plusSeconds(60));
    desk.book
        .transition(order.withIntent(renewal).recordedAt(desk.now()), "sending Renew", null)
        .await()
        .indefinitely();
    // So that the time of the request is over, and the step is not.
    desk.advance(Duration.ofSeconds(30));

    HttpResponse<byte[]> got = get("www.example.com", key("www.example.com", false));

    assertThat(got.statusCode()).isEqualTo(503);
    assertThat(got.headers().firstValue("retry-after")).contains("5");
    assertThat(new String(got.body(), US_ASCII)).contains("Others are at work");
  }

  @Test
  void aFaultIsAnswered() throws Exception {
    String key = key("www.example.com", false);
    desk.close();

    HttpResponse<byte[]> got = get("www.example.com", key);

    assertThat(got.statusCode()).isEqualTo(500);
    assertThat(got.headers().firstValue("retry-after")).contains("5");
    assertThat(got.headers().firstValue("content-type")).contains("application/problem+json");
    assertThat(new String(got.body(), US_ASCII)).contains("urn:uuid:");
  }

  @Test
  void theKeyOfTheApiIsNone() throws Exception {
    desk.apply("www.example.com");
    Server closed =
        TestServer.open(10)
            .with("api-key", "fake-key-of-the-server-for-tests")
            .start(resources.vertx(), LaunchMode.TEST, desk.pull);

    server = closed;
    assertThat(get("www.example.com", "fake-key-of-the-server-for-tests").statusCode())
        .isEqualTo(401);
    assertThat(get("www.example.com", key("www.example.com", false)).statusCode()).isEqualTo(200);
  }

  @Test
  void aRevokedKeyGetsNothing() throws Exception {
    desk.apply("www.example.com");
    AccessKeys.Made<PullKey> made = make("www.example.com", false);
    assertThat(get("www.example.com", made.secret()).statusCode()).isEqualTo(200);

    assertThat(
            desk.accessKeys
                .revokePullKey(Principal.PROCESS, made.key().id())
                .await()
                .indefinitely())
        .isTrue();

    assertThat(get("www.example.com", made.secret()).statusCode()).isEqualTo(401);
    assertThat(desk.accessKeys.pullKeys(Principal.PROCESS).await().indefinitely()).isEmpty();
  }

  @Test
  void aKeyGetsNothingThatItsMakerDoesNotOwn() throws Exception {
    Order order = desk.apply("www.example.com");
    List<DomainName> own = List.of(DomainName.parse("example.com"));
    Principal team = new Principal("team", Set.of(), own, List.of("vendor"));
    Principal elsewhere = new Principal("elsewhere", Set.of(), own, List.of("second"));
    String wide = make(Principal.PROCESS, "www.example.com", false).secret();

    String good = make(team, "www.example.com", false).secret();
    assertThat(get("www.example.com", good).statusCode()).isEqualTo(200);
    assertThat(get(order.id().value(), good).statusCode()).isEqualTo(200);
    String other = make(elsewhere, "www.example.com", false).secret();
    assertThat(get("www.example.com", other).statusCode()).isEqualTo(409);
    assertThat(get(order.id().value(), other).statusCode()).isEqualTo(401);

    vendor
        .on(PREPARE, ready())
        .on(PLACE, issued("c9", desk.now().plus(Duration.ofDays(90)), "www.example.net"));
    desk.apply("shop.example.com");
    String shared = make(team, "example.com", true).secret();
    assertThat(get("shop.example.com", shared).statusCode()).isEqualTo(409);
    assertThat(get("www.example.com", wide).statusCode()).isEqualTo(200);
  }

  @Test
  void theBookKeepsOnlyTheHashOfAKey() {
    AccessKeys.Made<PullKey> made = make("www.example.com", false);

    PullKey kept = desk.accessKeys.pullKeys(Principal.PROCESS).await().indefinitely().getFirst();

    String secret = made.secret().substring(made.secret().lastIndexOf('_') + 1);
    assertThat(kept.hash()).hasSize(64).doesNotContain(secret);
    assertThat(made.toString() + kept).doesNotContain(secret).doesNotContain(kept.hash());
  }

  @Test
  void guessingIsSlowedDown() throws Exception {
    for (int i = 0; i < 10; i++) {
      assertThat(get("www.example.com", "pull_0000000000000000_" + "A".repeat(43)).statusCode())
          .isEqualTo(401);
    }
    assertThat(get("www.example.com", "guess").statusCode()).isEqualTo(429);
  }

  @Test
  void strangersTakeNothingFromTheApi() throws Exception {
    String key = "fake-key-of-the-server-for-tests";
    server =
        TestServer.open(10)
            .with("api-key", key)
            .with("calls-per-second", "2")
            .start(resources.vertx(), LaunchMode.TEST, desk.pull);
    for (int i = 0; i < 5; i++) {
      assertThat(get("www.example.com", "guess").statusCode()).isEqualTo(401);
    }

    String pull = key("www.example.com", false);
    assertThat(get("www.example.com", pull).statusCode()).isEqualTo(409);
    assertThat(get("www.example.com", pull).statusCode()).isEqualTo(409);
    assertThat(get("www.example.com", pull).statusCode()).as("pulls have a limit").isEqualTo(429);
    HttpRequest api =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/"))
            .header("x-api-key", key)
            .build();
    assertThat(client.send(api, HttpResponse.BodyHandlers.discarding()).statusCode())
        .isEqualTo(200);
  }

  @Test
  void anAddressThatHasGuessedWaitsBeforeItsKeysAreLookedAt() throws Exception {
    String key = key("www.example.com", false);
    for (int i = 0; i < 10; i++) {
      get("www.example.com", "guess");
    }

    HttpResponse<byte[]> late = get("www.example.com", key);

    assertThat(late.statusCode()).isEqualTo(429);
    assertThat(late.headers().firstValue("retry-after")).contains("6");
  }

  private String key(String domain, boolean below) {
    return make(domain, below).secret();
  }

  private AccessKeys.Made<PullKey> make(String domain, boolean below) {
    return make(Principal.PROCESS, domain, below);
  }

  private AccessKeys.Made<PullKey> make(Principal maker, String domain, boolean below) {
    return desk.accessKeys
        .make(maker, DomainName.parse(domain), below, null)
        .await()
        .indefinitely();
  }

  private void issueNext(String id, int days) {
    export = IssuedCertificates.issued("www.example.com");
    vendor.export = new Answer.Success<>(export, null);
    vendor.on(PREPARE, ready()).on(PLACE, issued(id, desk.now().plus(Duration.ofDays(days))));
  }

  private static Apply.Command labelled(String label, @Nullable String csr) {
    return new Apply.Command(
        List.of(DomainName.parse("www.example.com")),
        List.of("vendor"),
        Map.of(),
        label,
        Apply.Strategy.ALL,
        null,
        KeyAlgorithm.RSA_2048,
        Map.of(),
        new Information(null, null, null, csr, null),
        List.of(),
        false,
        null,
        false);
  }

  private HttpResponse<byte[]> get(String wanted, String key, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.port() + "/certificates/" + wanted))
            .header("authorization", "Bearer " + key);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }
}
