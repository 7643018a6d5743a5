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
import dev.polycert.order.PullKey;
import dev.polycert.order.ScriptedProvider;
import dev.polycert.order.use.Apply;
import dev.polycert.order.use.Desk;
import dev.polycert.order.use.PullKeys;
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
    PullKeys.Made made = make("www.example.com", false);
    assertThat(get("www.example.com", made.secret()).statusCode()).isEqualTo(200);

    assertThat(desk.pullKeys.revoke(made.key().id()).await().indefinitely()).isTrue();

    assertThat(get("www.example.com", made.secret()).statusCode()).isEqualTo(401);
    assertThat(desk.pullKeys.all().await().indefinitely()).isEmpty();
  }

  @Test
  void theBookKeepsOnlyTheHashOfAKey() {
    PullKeys.Made made = make("www.example.com", false);

    PullKey kept = desk.pullKeys.all().await().indefinitely().getFirst();

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

  private PullKeys.Made make(String domain, boolean below) {
    return desk.pullKeys.make(DomainName.parse(domain), below, null).await().indefinitely();
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
