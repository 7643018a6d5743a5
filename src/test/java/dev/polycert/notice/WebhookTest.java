package dev.polycert.notice;

import static dev.polycert.notice.SampleNotices.failed;
import static dev.polycert.notice.SampleNotices.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.standardwebhooks.Webhook;
import dev.polycert.call.Answer;
import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import dev.polycert.call.VendorServer;
import dev.polycert.metric.Metrics;
import dev.polycert.order.LoggedNotices;
import dev.polycert.order.Notice;
import dev.polycert.order.NoticeChannels.Tried;
import dev.polycert.rate.VirtualTime;
import dev.polycert.testing.Resources;
import dev.polycert.vendor.webhook.Webhooks;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SelfSignedCertificate;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Messages over HTTP, to receivers on this machine. */
@QuarkusTest
class WebhookTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TOKEN = "fake-token-0123456789";

  @RegisterExtension final Resources resources = new Resources();
  private final Vertx vertx = resources.vertx();
  private final VendorServer receiver = resources.add(new VendorServer());
  private final String url = receiver.uri() + "/hooks/" + TOKEN;

  @Inject LoggedNotices log;

  private Sender sender(String... namesAndValues) {
    List<String> all = new ArrayList<>(List.of("allow-private-addresses", "true"));
    all.addAll(List.of(namesAndValues));
    return SendersTest.senders(vertx)
        .of("ops", "ops.", SampleNotices.settings(all.toArray(String[]::new)));
  }

  private static Answer<Boolean> send(Sender sender, Notice... notices) {
    return sender.send(message(notices), Instant.now().plusSeconds(20)).await().indefinitely();
  }

  private static VendorError refused(Answer<Boolean> answer) {
    assertThat(answer).isInstanceOf(Answer.Failed.class);
    Failure failure = ((Answer.Failed<Boolean>) answer).failure();
    return failure.error();
  }

  @Test
  void oneEventIsAnObjectAndSeveralAreAnArrayAndBothAreSigned() throws Exception {
    Sender sender = sender("kind", "webhook", "url", url, "secret", Webhooks.SECRET);
    receiver.thenJson(204, "").thenJson(200, "{}");

    assertThat(send(sender, failed("a.example"))).isInstanceOf(Answer.Success.class);
    assertThat(send(sender, failed("a.example"), failed("b.example")))
        .isInstanceOf(Answer.Success.class);

    VendorServer.Seen one = receiver.seen().get(0);
    assertVerifies(one);
    assertThat(one.headers()).containsEntry("content-type", "application/cloudevents+json");
    JsonNode event = JSON.readTree(one.body());
    assertThat(event.path("specversion").asText()).isEqualTo("1.0");
    assertThat(event.path("type").asText()).isEqualTo("dev.polycert.order.failed");
    assertThat(event.path("data").path("provider").asText()).isEqualTo("tencent-ssl");
    VendorServer.Seen both = receiver.seen().get(1);
    assertVerifies(both);
    assertThat(both.headers()).containsEntry("content-type", "application/cloudevents-batch+json");
    assertThat(JSON.readTree(both.body())).hasSize(2);
  }

  private static void assertVerifies(VendorServer.Seen seen) throws Exception {
    Map<String, List<String>> headers =
        seen.headers().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, it -> List.of(it.getValue())));
    new Webhook(Webhooks.SECRET).verify(seen.body(), headers);
  }

  @Test
  void aMessageIsRepeatedAsTheSameUntilItArrives() {
    Sender sender = sender("kind", "webhook", "url", url, "secret", Webhooks.SECRET);
    receiver.thenCut().thenJson(503, "").thenJson(200, "");

    assertThat(send(sender, failed("a.example"))).isInstanceOf(Answer.Success.class);
    assertThat(receiver.seen())
        .hasSize(3)
        .extracting(seen -> seen.headers().get("webhook-id"))
        .containsOnly(message(failed("a.example")).id());
  }

  /** As it is signed, so it is on the wire: nothing encodes the query once more. */
  @Test
  void aSignedQueryArrivesAsItIs() {
    receiver.thenJson(200, "{\"errcode\":0,\"errmsg\":\"ok\"}");

    send(
        sender("kind", "dingtalk", "secret", "SECfake", "url", url + "?access_token=a%2Bb"),
        failed("a.example"));

    assertThat(receiver.seen().getFirst().uri())
        .matches(
            "/hooks/" + TOKEN + "\\?access_token=a%2Bb&timestamp=\\d{13}&sign=[\\w%.~-]{43,}%3D");
    assertThat(receiver.seen().getFirst().headers())
        .containsEntry("content-type", "application/json");
  }

  @Test
  void whatAnAnswerRepeatsOfTheUrlIsHidden() {
    receiver.thenEcho(404, text -> text);

    VendorError error = refused(send(sender("kind", "slack", "url", url), failed("a.example")));

    assertThat(error.message()).contains("a.example").doesNotContain(TOKEN);
  }

  @Test
  void aReceiverWithACertificateOfAnOwnCaIsTrustedByThat() throws Exception {
    SelfSignedCertificate certificate = SelfSignedCertificate.create("localhost");
    HttpServer server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setSsl(true)
                    .setKeyCertOptions(certificate.keyCertOptions()))
            .requestHandler(request -> request.response().end("ok"))
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    String https = "https://localhost:" + server.actualPort() + "/hooks/" + TOKEN;
    String ca = Files.readString(Path.of(certificate.certificatePath()));

    assertThat(send(sender("kind", "slack", "url", https, "ca", ca), failed("a.example")))
        .isInstanceOf(Answer.Success.class);
    assertThat(refused(send(sender("kind", "slack", "url", https), failed("a.example"))).code())
        .isEqualTo("Transport.Tls");
    certificate.delete();
  }

  /** From the port to the wire: channels by their names, each with what it wants. */
  @Test
  void channelsBringWhatTheyAreChosenFor() {
    VirtualTime time = new VirtualTime();
    Channels channels = channels(time, true);
    receiver.thenJson(200, "ok").thenJson(200, "ok");

    channels.send(failed("www.a.example"));
    channels.send(failed("b.example"));
    channels.flush(Instant.now().plusSeconds(20)).await().indefinitely();

    Map<String, String> texts = new TreeMap<>();
    receiver.seen().forEach(seen -> texts.put(seen.uri(), seen.body()));
    assertThat(texts).containsOnlyKeys("/all", "/some");
    assertThat(texts.get("/all")).contains("www.a.example", "b.example");
    assertThat(texts.get("/some")).contains("www.a.example").doesNotContain("b.example");
  }

  @Test
  void aFunctionLeavesNoticesOfOrdersToTheStream() {
    Channels channels = channels(new VirtualTime(), false);

    channels.send(failed("www.a.example"));
    channels.flush(Instant.now().plusSeconds(20)).await().indefinitely();
    assertThat(receiver.seen()).isEmpty();

    receiver.thenJson(200, "ok").thenJson(200, "ok").thenJson(200, "ok");
    channels
        .send(List.of(failed("www.a.example")), Instant.now().plusSeconds(20))
        .await()
        .indefinitely();
    channels.send(SampleNotices.ofHost(Notice.Kind.SERVED_EXPIRING, "b.example:443"));
    channels.flush(Instant.now().plusSeconds(20)).await().indefinitely();
    assertThat(receiver.seen()).hasSize(3);
  }

  @Test
  void aTestAnswersForEachChannel() {
    Channels channels = channels(new VirtualTime(), true);
    receiver.then(WebhookTest::answerByPath).then(WebhookTest::answerByPath);

    List<Tried> tried =
        channels.test(channels.names(), Instant.now().plusSeconds(20)).await().indefinitely();

    assertThat(tried).extracting(Tried::channel).containsExactly("all", "some");
    assertThat(tried.get(0).error()).isNull();
    assertThat(tried.get(1).error()).returns("HTTP.404", VendorError::code);
    assertThat(channels.failing()).containsExactly("some");
  }

  private static void answerByPath(HttpServerRequest request) {
    boolean known = request.path().equals("/all");
    request.response().setStatusCode(known ? 200 : 404).end(known ? "ok" : "no_service");
  }

  private Channels channels(VirtualTime time, boolean server) {
    Map<String, String> settings = new TreeMap<>();
    for (String name : List.of("all", "some")) {
      settings.put("polycert.notice.\"" + name + "\".kind", "slack");
      settings.put("polycert.notice.\"" + name + "\".url", receiver.uri() + "/" + name);
      settings.put("polycert.notice.\"" + name + "\".allow-private-addresses", "true");
    }
    settings.put("polycert.notice.\"some\".domains", "a.example");
    return new Channels(
        SampleNotices.config(settings),
        SendersTest.senders(vertx),
        List::of,
        log,
        Metrics.NONE,
        Clock.systemUTC(),
        server,
        time);
  }

  @Test
  void noticesWaitForOthersWithoutHoldingUpTheSender() {
    VirtualTime time = new VirtualTime();
    Channels channels = channels(time, true);

    channels.send(failed("b.example"));
    assertThat(receiver.seen()).isEmpty();
    receiver.thenJson(200, "ok");
    time.pass(Duration.ofMinutes(1));
    channels.flush(Instant.now().plusSeconds(20)).await().indefinitely();
    assertThat(receiver.seen()).hasSize(1);
  }
}
