package dev.polycert.vendor.kubernetes;

import static dev.polycert.deliver.IssuedCertificates.issued;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import dev.polycert.call.VendorServer;
import dev.polycert.deliver.Deliveries;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.testing.Resources;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SelfSignedCertificate;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server that answers as the API reference shows. */
@QuarkusTest
class KubernetesDelivererTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> WWW = Map.of("namespace", "web", "name", "www");

  @RegisterExtension final Resources resources = new Resources();
  private final Vertx vertx = resources.vertx();
  private final VendorServer server = resources.add(new VendorServer());
  private final KubernetesDeliverer deliverer = Kubernetes.at(server.uri(), null, vertx);
  private final Deliveries deliveries = new Deliveries(deliverer, WWW);

  @Test
  void aSecretIsAppliedWithoutForce() {
    CertificateBundle export = issued("www.example.com");
    applied();

    assertThat(deliveries.delivered(export, null)).isEqualTo("web/www");

    VendorServer.Seen seen = server.seen().getFirst();
    assertThat(seen.method() + " " + seen.uri())
        .isEqualTo("PATCH /api/v1/namespaces/web/secrets/www?fieldManager=polycert");
    assertThat(seen.headers())
        .containsEntry("authorization", "Bearer " + Kubernetes.TOKEN)
        .containsEntry("content-type", "application/apply-patch+yaml");
    assertThat(deliveries.intents()).containsExactly("ApplySecret");
    JsonNode body = body(0);
    assertThat(body.path("type").asText()).isEqualTo("kubernetes.io/tls");
    assertThat(data(body, "tls.crt")).isEqualTo(export.fullChain());
    assertThat(data(body, "tls.key")).isEqualTo(export.privateKey().reveal());
  }

  @Test
  void aRepetitionAfterALostAnswerIsTheSameCall() {
    CertificateBundle export = issued("www.example.com");
    server.thenCut();
    assertThat(deliveries.failed(export, null)).isInstanceOf(Failure.Unclear.class);
    applied();
    String place = deliveries.delivered(export, null);
    applied();
    assertThat(deliveries.delivered(issued("www.example.com"), place)).isEqualTo(place);

    assertThat(server.seen().get(1).body()).isEqualTo(server.seen().get(0).body());
    assertThat(server.seen().get(2).uri()).isEqualTo(server.seen().get(0).uri());
  }

  @Test
  void anotherManagerIsNamedAndOverruledOnlyOnRequest() {
    server.thenJson(409, Kubernetes.answer("error.conflict"));

    VendorError error = deliveries.refused(issued("www.example.com"), null);

    assertThat(error.code()).isEqualTo("FieldManagerConflict");
    assertThat(error.errorClass()).isEqualTo(ErrorClass.FINAL);
    assertThat(error.message()).contains("cert-manager-certificates-issuing", ".data.tls.crt");
    assertThat(server.seen()).hasSize(1);
    applied();
    new Deliveries(deliverer, Map.of("namespace", "web", "name", "www", "force", "true"))
        .delivered(issued("www.example.com"), null);
    assertThat(server.seen().getLast().uri())
        .isEqualTo("/api/v1/namespaces/web/secrets/www?fieldManager=polycert&force=true");
  }

  @ParameterizedTest
  @CsvSource({
    "401, Unauthorized, CREDENTIALS",
    "403, Forbidden, CREDENTIALS",
    "404, NotFound, FINAL",
    "415, UnsupportedMediaType, FINAL"
  })
  void errorsMeanWhatTheyMean(int status, String reason, ErrorClass errorClass) {
    server.thenJson(status, status(status, reason));

    VendorError error = deliveries.refused(issued("www.example.com"), null);

    assertThat(error.errorClass()).isEqualTo(errorClass);
    assertThat(error.code()).isEqualTo(reason);
    assertThat(error.message()).isEqualTo("no");
  }

  @ParameterizedTest
  @CsvSource({"409, Conflict", "500, InternalError", "503, ServiceUnavailable", "504, Timeout"})
  void aServerThatFailsMayHaveTheSecret(int status, String reason) {
    server.thenJson(status, status(status, reason));

    assertThat(deliveries.failed(issued("www.example.com"), null))
        .isInstanceOf(Failure.Unclear.class);
  }

  private static String status(int status, String reason) {
    return "{\"kind\":\"Status\",\"status\":\"Failure\",\"message\":\"no\",\"reason\":\"%s\",\"code\":%d}"
        .formatted(reason, status);
  }

  @Test
  void aSecretOfAnotherTypeIsRefused() {
    server.thenJson(422, Kubernetes.answer("error.invalid"));

    VendorError error = deliveries.refused(issued("www.example.com"), null);

    assertThat(error.code()).isEqualTo("Invalid");
    assertThat(error.message()).contains("field is immutable");
  }

  @Test
  void neitherTokenNorKeyIsQuoted() {
    CertificateBundle export = issued("www.example.com");
    server.thenEcho(
        400,
        echo ->
            JSON.createObjectNode()
                .put("kind", "Status")
                .put("reason", "BadRequest")
                .put("message", echo)
                .toString());

    VendorError error = deliveries.refused(export, null);

    assertThat(error.message()).contains("authorization: Bearer ***");
    assertThat(export.privateKey().hideIn(error).message())
        .doesNotContain(
            Base64.getEncoder().encodeToString(export.privateKey().reveal().getBytes(UTF_8)));
  }

  /** Otherwise any server would get the token and the key. */
  @Test
  void onlyTheClustersOwnCaIsTrusted() throws IOException {
    SelfSignedCertificate selfSigned = SelfSignedCertificate.create("localhost");
    SelfSignedCertificate other = SelfSignedCertificate.create("localhost");
    int port =
        vertx
            .createHttpServer(
                new HttpServerOptions().setSsl(true).setKeyCertOptions(selfSigned.keyCertOptions()))
            .requestHandler(
                request ->
                    request
                        .response()
                        .putHeader("Content-Type", "application/json")
                        .end(Kubernetes.answer("applySecret.applied")))
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join()
            .actualPort();
    URI endpoint = URI.create("https://localhost:" + port);

    assertThat(
            new Deliveries(Kubernetes.at(endpoint, pem(selfSigned), vertx), WWW)
                .delivered(issued("www.example.com"), null))
        .isEqualTo("web/www");
    assertThat(
            new Deliveries(Kubernetes.at(endpoint, pem(other), vertx), WWW)
                .refused(issued("www.example.com"), null)
                .code())
        .isEqualTo("Transport.Tls");
  }

  private static String pem(SelfSignedCertificate certificate) throws IOException {
    return "\uFEFF"
        + Files.readString(Path.of(certificate.certificatePath())).replace("\n", "\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "WWW", "a_b", "-a", "a..b", "a/b", "www?force=true"})
  void namesAreCheckedBeforehand(String name) {
    Map<String, String> options = Map.of("namespace", name, "name", name, "force", "yes");

    assertThat(deliverer.wrong(options)).containsOnlyKeys("namespace", "name", "force");
    assertThat(new Deliveries(deliverer, options).refused(issued("a.example"), null).code())
        .isEqualTo("Target.Invalid");
  }

  @Test
  void aWildcardHasANameThatKubernetesTakes() {
    Map<String, String> options = Map.of("namespace", "web", "name", "_wildcard.example.com");
    applied();

    assertThat(deliverer.wrong(options)).isEmpty();
    assertThat(new Deliveries(deliverer, options).delivered(issued("*.example.com"), null))
        .isEqualTo("web/wildcard.example.com");
  }

  private void applied() {
    server.thenJson(200, Kubernetes.answer("applySecret.applied"));
  }

  private JsonNode body(int index) {
    try {
      return JSON.readTree(server.seen().get(index).body());
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static String data(JsonNode body, String name) {
    return new String(Base64.getDecoder().decode(body.path("data").path(name).asText()), UTF_8);
  }
}
