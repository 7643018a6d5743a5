package dev.polycert.look;

import static dev.polycert.domain.Finding.Status.ABSENT;
import static dev.polycert.domain.Finding.Status.DIFFERENT;
import static dev.polycert.domain.Finding.Status.PARTIAL;
import static dev.polycert.domain.Finding.Status.PRESENT;
import static dev.polycert.domain.Finding.Status.UNREACHABLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.domain.Finding;
import dev.polycert.look.LookFixture.Dns;
import dev.polycert.look.LookFixture.Reach;
import dev.polycert.testing.Resources;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.SelfSignedCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URL;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The host www.example.com is a server on 127.0.0.1, which these looks may go to. */
class FileLookTest {
  private static final String PATH = "/.well-known/pki-validation/fileauth.txt";
  private static final String URL = "http://www.example.com" + PATH;
  private static final Set<String> OURS = Set.of("127.0.0.1", "127.0.0.2", "0:0:0:0:0:0:0:1");
  private static final String SERVER = " (127.0.0.1)";

  @RegisterExtension static final Resources RESOURCES = new Resources();
  private static final Vertx VERTX = RESOURCES.vertx();
  private static final HttpFetch HTTP = new HttpFetch(VERTX);

  @RegisterExtension final Resources resources = new Resources();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private FakeDnsServer dns;
  private HttpServer server;

  @BeforeEach
  void startDns() throws IOException {
    dns = resources.add(FakeDnsServer.start("127.0.0.1").getFirst()).recursive();
    dns.add("www.example.com", "A", "127.0.0.1");
    dns.add("metadata.example.com", "A", "169.254.169.254");
  }

  @Test
  void findsTheFile() {
    int port = serve(Map.of(PATH, r -> r.end("token\n")));

    Finding finding = look(port, URL, "token");

    assertThat(finding)
        .isEqualTo(
            new Finding(
                URL,
                PRESENT,
                List.of(new Finding.Seen(URL + SERVER, List.of("200: token"), null)),
                null));
    assertThat(requests).containsExactly("www.example.com " + PATH);
  }

  @Test
  void showsAnotherContent() {
    int port = serve(Map.of(PATH, r -> r.end("<html>\0Hello")));

    Finding finding = look(port, URL, "token");

    assertThat(finding.status()).isEqualTo(DIFFERENT);
    assertThat(finding.missing())
        .isEqualTo(
            "publish token at %s, for requests from abroad too; %s answers with '<html><U+0000>Hello'"
                .formatted(URL, URL + SERVER));
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 403, 500, 303, 201, 206})
  void saysWhatIsAnsweredInPlaceOfTheFile(int status) {
    int port =
        serve(Map.of(PATH, r -> r.setStatusCode(status).putHeader("Location", "/x").end("token")));

    Finding finding = look(port, URL, "token");

    assertThat(finding.status()).isEqualTo(ABSENT);
    assertThat(finding.missing())
        .isEqualTo(
            "publish token at %s, for requests from abroad too; %s answers %d"
                .formatted(URL, URL + SERVER, status));
  }

  @Test
  void followsRedirects() {
    int port =
        serve(
            Map.of(
                PATH,
                r -> redirect(r, "/a"),
                "/a",
                r -> redirect(r, "//www.example.com/b"),
                "/b",
                r -> redirect(r, "c?d=e"),
                "/c?d=e",
                r -> r.end("token")));

    Finding finding = look(port, URL, "token");

    assertThat(finding.status()).isEqualTo(PRESENT);
    assertThat(finding.seen().getFirst().values()).containsExactly("302 -> /a");
    assertThat(finding.seen()).hasSize(4);
  }

  @Test
  void followsTenRedirectsAndNoMore() {
    Map<String, Consumer<HttpServerResponse>> chain = new HashMap<>();
    chain.put(PATH, r -> redirect(r, "/1"));
    IntStream.range(1, 10).forEach(i -> chain.put("/" + i, r -> redirect(r, "/" + (i + 1))));
    chain.put("/10", r -> r.end("token"));
    int port = serve(chain);
    assertThat(look(port, URL, "token").status()).isEqualTo(PRESENT);

    chain.put("/10", r -> redirect(r, "/11"));
    requests.clear();
    Finding finding = look(port, URL, "token");

    assertThat(finding.status()).isEqualTo(UNREACHABLE);
    assertThat(finding.missing()).endsWith("it is one redirect too many");
    assertThat(requests).hasSize(11);
  }

  @Test
  void followsNoCircle() {
    int port = serve(Map.of(PATH, r -> redirect(r, "/a"), "/a", r -> redirect(r, URL)));

    assertThat(look(port, URL, "token").missing()).endsWith("the redirects go in a circle");
    assertThat(requests).hasSize(2);
  }

  @Test
  void isNotPresentWhileAnyAddressAnswersOtherwise() {
    dns.add("www.example.com", "A", "127.0.0.2").add("www.example.com", "AAAA", "::1");
    int port = serve(Map.of(PATH, r -> r.end("token")));
    serveOn("127.0.0.2", port, Map.of(PATH, r -> r.end("token")));
    HttpServer other = serveOn("::1", port, Map.of());

    Finding finding = look(port, URL, "token");

    assertThat(finding.status()).isEqualTo(PARTIAL);
    assertThat(finding.missing()).endsWith(URL + " (0:0:0:0:0:0:0:1) answers 404");
    assertThat(finding.seen())
        .extracting(Finding.Seen::server)
        .containsExactly(URL + " (0:0:0:0:0:0:0:1)", URL + SERVER, URL + " (127.0.0.2)");

    other.close().toCompletionStage().toCompletableFuture().join();
    assertThat(look(port, URL, "token").status())
        .as("a CA takes an IPv4 address where it cannot connect to one of IPv6")
        .isEqualTo(PRESENT);
  }

  @Test
  void isNotPresentWhileOneOfSeveralAddressesOfAFamilyIsDown() {
    dns.add("www.example.com", "A", "127.0.0.2");
    int port = serve(Map.of(PATH, r -> r.end("token")));

    Finding finding = look(port, URL, "token");

    assertThat(finding.status()).isEqualTo(PARTIAL);
    assertThat(finding.missing())
        .endsWith(URL + " (127.0.0.2) refuses the connection, or cannot be reached");
    serveOn("127.0.0.2", port, Map.of(PATH, r -> r.end("token")));
    assertThat(look(port, URL, "token").status()).isEqualTo(PRESENT);
  }

  @Test
  void isNotPresentWithAnythingBeforeTheContent() {
    Map<String, Consumer<HttpServerResponse>> answers = new HashMap<>();
    int port = serve(answers);

    for (String body : List.of("\ntoken", " token", "\uFEFFtoken")) {
      answers.put(PATH, r -> r.end(body));
      assertThat(look(port, URL, "token").status()).as(body).isEqualTo(DIFFERENT);
    }
    answers.put(PATH, r -> r.end("token \r\n"));
    assertThat(look(port, URL, "token").status()).isEqualTo(PRESENT);
  }

  @Test
  void followsARedirectToAnAddressFromAnAddressOnly() {
    int port =
        serve(Map.of(PATH, r -> redirect(r, "http://127.0.0.1/a"), "/a", r -> r.end("token")));

    assertThat(look(port, URL, "token").missing())
        .endsWith("a CA follows no redirect from a name to an address");
    assertThat(look(port, "http://127.0.0.1" + PATH, "token").status()).isEqualTo(PRESENT);
  }

  @Test
  void followsTheRedirectOfEachAddress() {
    dns.add("www.example.com", "AAAA", "::1");
    int port = serve(Map.of(PATH, r -> r.end("token"), "/b", r -> r.end("no")));
    serveOn("::1", port, Map.of(PATH, r -> redirect(r, "http://v4.example.com/b")));
    dns.add("v4.example.com", "A", "127.0.0.1");

    Finding finding = look(port, URL, "token");

    assertThat(finding.status()).isEqualTo(PARTIAL);
    assertThat(finding.missing()).contains("http://v4.example.com/b (127.0.0.1) answers with 'no'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://metadata.example.com/",
        "http://169.254.169.254/",
        "http://[::2]/",
        "http://[::ffff:10.0.0.1]/"
      })
  void followsNoRedirectIntoPrivateNetworks(String location) {
    int port = serve(Map.of(PATH, r -> redirect(r, location)));

    Finding finding = look(port, URL, "token");

    assertThat(finding.status()).isEqualTo(UNREACHABLE);
    assertThat(finding.missing()).endsWith("which is not on the public Internet");
    assertThat(finding.seen().getLast().server()).isEqualTo(location);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://www.example.com:22/", "file:///etc/passwd", "http://u:p@www.example.com/",
        "http://nowhere.example.com/", "http://", "http://a b/"
      })
  void refusesOtherUrls(String url) {
    Finding finding = look(80, url, "token");

    assertThat(finding.status()).isEqualTo(UNREACHABLE);
    assertThat(finding.missing()).startsWith("make " + url + " answer directly; ");
  }

  @Test
  void goesToPrivateAddressesOnlyWhenAllowed() {
    int port = serve(Map.of(PATH, r -> r.end("token")));

    assertThat(statusWhenPrivateIs(false, port)).isEqualTo(UNREACHABLE);
    assertThat(requests).isEmpty();
    assertThat(statusWhenPrivateIs(true, port)).isEqualTo(PRESENT);
  }

  @Test
  void readsNoMoreThanAFile() {
    int port = serve(Map.of(PATH, r -> r.end("token" + "x".repeat(HttpFetch.MOST_BYTES))));

    Finding finding = look(port, URL, "token");

    assertThat(finding.status()).isEqualTo(DIFFERENT);
    assertThat(finding.seen().getFirst().values()).containsExactly("200: more than 65536 bytes");
  }

  @Test
  void waitsNoLongerThanTheDeadline() {
    int port = serve(Map.of(PATH, r -> r.setChunked(true).write("tok")));

    Finding finding = look(port, URL, "token", LookFixture.CLOCK.instant().plusMillis(500));

    assertThat(finding.status()).isEqualTo(UNREACHABLE);
    assertThat(finding.missing()).endsWith("gave no complete answer in time");
  }

  @Test
  void saysThatNobodyListens() {
    dns.add("down.example.com", "A", "127.0.0.1");
    int closed = serve(Map.of());
    server.close().toCompletionStage().toCompletableFuture().join();

    Finding finding = look(closed, "http://down.example.com/", "token");

    assertThat(finding.status()).isEqualTo(UNREACHABLE);
    assertThat(finding.missing()).endsWith("refuses the connection, or cannot be reached");
  }

  @Test
  void takesAnyCertificate() {
    SelfSignedCertificate certificate = SelfSignedCertificate.create("other.example.com");
    int port =
        serve(
            new HttpServerOptions().setSsl(true).setKeyCertOptions(certificate.keyCertOptions()),
            Map.of("/", r -> r.end("token")));

    Finding finding = look(port, "https://www.example.com:" + port, "token");

    assertThat(finding.status()).isEqualTo(PRESENT);
  }

  private int serve(Map<String, Consumer<HttpServerResponse>> answers) {
    return serve(new HttpServerOptions(), answers);
  }

  private int serve(HttpServerOptions options, Map<String, Consumer<HttpServerResponse>> answers) {
    server =
        VERTX
            .createHttpServer(options)
            .requestHandler(request -> answer(request, answers))
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    return server.actualPort();
  }

  private HttpServer serveOn(
      String address, int port, Map<String, Consumer<HttpServerResponse>> answers) {
    return VERTX
        .createHttpServer()
        .requestHandler(request -> answer(request, answers))
        .listen(port, address)
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }

  private void answer(
      HttpServerRequest request, Map<String, Consumer<HttpServerResponse>> answers) {
    requests.add(request.getHeader("Host") + " " + request.uri());
    answers.getOrDefault(request.uri(), r -> r.setStatusCode(404).end()).accept(request.response());
  }

  private static void redirect(HttpServerResponse response, String location) {
    response.setStatusCode(302).putHeader("Location", location).end();
  }

  private Finding look(int port, String url, String content) {
    return look(port, url, content, LookFixture.soon());
  }

  private Finding look(int port, String url, String content, Instant deadline) {
    Reach reach = new Reach(false, port);
    PublicAddresses addresses =
        new PublicAddresses(reach) {
          @Override
          boolean allows(InetAddress address) {
            return OURS.contains(address.getHostAddress()) || super.allows(address);
          }
        };
    return LookFixture.fileLook(Dns.servers(dns.address()), reach, addresses, HTTP)
        .look(url, content, deadline);
  }

  private Finding.Status statusWhenPrivateIs(boolean allowed, int port) {
    Reach reach = new Reach(allowed, port);
    return LookFixture.fileLook(Dns.servers(dns.address()), reach, new PublicAddresses(reach), HTTP)
        .look(URL, "token", LookFixture.soon())
        .status();
  }
}
