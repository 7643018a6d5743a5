package dev.polycert.call;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.log.Redaction;
import dev.polycert.testing.MovedClock;
import dev.polycert.testing.Resources;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Calls of a service whose keys come from the role of the machine. */
class MachineRolesTest {
  private static final Duration HOURS = Duration.ofHours(6);
  private static final NamedAccount B = Accounts.forDomains("b");

  private static final MachineRole ROLE =
      new MachineRole(
          List.of(MachineRole.variable("PLAIN_ROLE", "in place of keys")),
          Pattern.compile("[a-z]+"),
          "the name of a role",
          URI.create("http://192.0.2.1"),
          (metadata, role, variables) ->
              metadata.get("/keys/" + role, Map.of()).map(MachineRolesTest::lease));

  private static final Descriptor SERVICE =
      Descriptor.of("plain", "Plain")
          .at("https://plain.example.com")
          .keyId("PLAIN_KEY_ID")
          .secret("PLAIN_SECRET")
          .token("PLAIN_TOKEN")
          .role(ROLE);

  @RegisterExtension final Resources resources = new Resources();
  private final Vertx vertx = resources.vertx();
  private final VendorServer metadata = resources.add(new VendorServer());
  private final MovedClock clock = new MovedClock(Instant.now());

  /** What the service answers, in this order; nothing but the key afterwards. */
  private final Deque<Response> answers = new ArrayDeque<>();

  private final List<String> signed = new ArrayList<>();
  private final List<String> intents = new ArrayList<>();

  /** The text of an answer: the id, the secret and the token, with the end in six hours. */
  private static Answer<MachineRole.Lease> lease(Answer<MetadataService.Reply> answer) {
    return answer.then(
        got -> {
          String[] keys = got.value().body().split(" ");
          return keys.length == 3
              ? Answer.of(
                  new MachineRole.Lease(
                      Credentials.known(keys[0], keys[1], keys[2]), Instant.now().plus(HOURS)))
              : MetadataService.refused(got.value());
        });
  }

  /** Signs as the REST client has it done, and answers as the test says. */
  private final class SigningClients extends RestClients {
    SigningClients(SmallRyeConfig config) {
      super(config.getConfigMapping(HttpConfig.class), vertx);
    }

    @Override
    public <T> T build(Class<T> api, URI endpoint, ClientRequestFilter signer, Peers peers) {
      return api.cast(
          Proxy.newProxyInstance(
              api.getClassLoader(),
              new Class<?>[] {api},
              (proxy, method, arguments) -> Uni.createFrom().item(() -> answer(signer))));
    }
  }

  private Response answer(ClientRequestFilter signer) {
    MultivaluedMap<String, Object> headers = new MultivaluedHashMap<>();
    try {
      signer.filter(DirectClients.request(metadata.uri(), headers, new byte[0]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String authorization = String.valueOf(headers.getFirst("Authorization"));
    signed.add(authorization);
    return answers.isEmpty()
        ? Response.ok(authorization.getBytes(UTF_8)).build()
        : answers.removeFirst();
  }

  private Client<PlainApi> client(Map<String, String> settings) {
    return client(settings, new Redaction(HttpTesting.config(Map.of())));
  }

  private Client<PlainApi> client(Map<String, String> settings, Redaction redaction) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("polycert.http.metadata-endpoint", metadata.uri().toString());
    SmallRyeConfig config = HttpTesting.config(all);
    Clients clients =
        new Clients(
            config,
            new SigningClients(config),
            HttpTesting.calls(config, clock),
            HttpTesting.roles(config, vertx, clock, redaction));
    return clients.client(
        SERVICE, new ServiceSettings(Optional.empty()), PlainApi.class, Clients::bearer);
  }

  private String read(Client<PlainApi> client) {
    return shown(
        client.read(
            "Call",
            new CallContext(clock.instant().plusSeconds(20)),
            api -> api.ask("x"),
            MachineRolesTest::decode));
  }

  private String write(Client<PlainApi> client) {
    return shown(
        client.write(
            "Change",
            new WriteContext(
                clock.instant().plusSeconds(20),
                new Object(),
                operation -> Uni.createFrom().voidItem().invoke(() -> intents.add(operation))),
            api -> api.ask("x"),
            MachineRolesTest::decode));
  }

  private static Answer<String> decode(HttpAnswer raw) {
    String text = new String(raw.body(), UTF_8);
    return raw.status() == 200
        ? Answer.of(text)
        : Answer.refused(new VendorError(ErrorClass.CREDENTIALS, "Refused", text));
  }

  private static String shown(Uni<Answer<String>> call) {
    return switch (call.await().atMost(Duration.ofSeconds(20))) {
      case Answer.Success<String>(String value, var _) -> value;
      case Answer.Failed<String>(Failure failure) -> failure.error().toString();
    };
  }

  private static Response refused() {
    return Response.status(403).entity("expired".getBytes(UTF_8)).build();
  }

  private void given(String keys) {
    metadata.then(request -> request.response().end(keys));
  }

  @Test
  void itsKeysSignAndAreHiddenInAnswersAndInTheLog() {
    given("fake-role-id fake-role-secret fake-role-token");
    Redaction redaction = new Redaction(HttpTesting.config(Map.of()));
    Client<PlainApi> client = client(Map.of("PLAIN_ROLE", "certificates"), redaction);

    assertThat(client.service().account().missing()).isEmpty();
    assertThat(read(client)).isEqualTo("Bearer ***");
    assertThat(read(client)).isEqualTo("Bearer ***");
    assertThat(signed).containsExactly("Bearer fake-role-secret", "Bearer fake-role-secret");
    assertThat(metadata.seen()).hasSize(1);
    assertThat(metadata.seen().getFirst().uri()).isEqualTo("/keys/certificates");
    assertThat(redaction.clean("fake-role-id fake-role-secret fake-role-token"))
        .isEqualTo("*** *** ***");
  }

  @Test
  void itIsNotAskedWithoutTheVariableNorWhereKeysAreSet() {
    Client<PlainApi> none = client(Map.of());
    Client<PlainApi> half =
        client(Map.of("PLAIN_ROLE", "certificates", "PLAIN_SECRET", "fake-secret"));
    Client<PlainApi> set =
        client(
            Map.of(
                "PLAIN_ROLE", "certificates",
                "PLAIN_KEY_ID", "fake-id",
                "PLAIN_SECRET", "fake-secret"));

    assertThat(none.service().account().missing()).containsExactly("PLAIN_KEY_ID", "PLAIN_SECRET");
    assertThat(half.service().account().missing()).containsExactly("PLAIN_KEY_ID");
    assertThat(read(half)).contains("NotConfigured", "PLAIN_KEY_ID");
    assertThat(read(set)).isEqualTo("Bearer ***");
    assertThat(signed).containsExactly("Bearer fake-secret");
    assertThat(metadata.seen()).isEmpty();
  }

  @Test
  void anAccountAsksByItsOwnVariable() {
    given("fake-role-id-of-b fake-role-secret-of-b fake-role-token-of-b");
    Map<String, String> settings =
        Map.of(
            "PLAIN_KEY_ID", "fake-id",
            "PLAIN_SECRET", "fake-secret",
            "POLYCERT_ACCOUNT__B__PLAIN_ROLE", "roleofb");
    Client<PlainApi> own = B.making(() -> client(settings));

    read(client(settings));
    read(own);

    assertThat(own.service().id()).isEqualTo("plain@b");
    assertThat(signed).containsExactly("Bearer fake-secret", "Bearer fake-role-secret-of-b");
    assertThat(metadata.seen().getFirst().uri()).isEqualTo("/keys/roleofb");
  }

  @Test
  void aCallWhoseKeysAreRefusedIsMadeAgainWithNewOnes() {
    given("fake-role-id fake-role-secret fake-role-token");
    given("other-role-id other-role-secret other-role-token");
    Client<PlainApi> client = client(Map.of("PLAIN_ROLE", "certificates"));
    read(client);
    clock.now = clock.now.plusSeconds(60);
    answers.add(refused());

    assertThat(write(client)).isEqualTo("Bearer ***");
    assertThat(signed)
        .containsExactly(
            "Bearer fake-role-secret", "Bearer fake-role-secret", "Bearer other-role-secret");
    // Each of the two that were sent has an intent of its own.
    assertThat(intents).containsExactly("Change", "Change");

    answers.add(refused());
    assertThat(read(client)).contains("CREDENTIALS", "expired");
    assertThat(signed).hasSize(4);
  }

  @Test
  void noCallIsMadeWithoutKeys() {
    metadata.thenJson(500, "");
    given("nothing");
    Client<PlainApi> client = client(Map.of("PLAIN_ROLE", "certificates"));
    Client<PlainApi> misnamed = client(Map.of("PLAIN_ROLE", "../x"));

    assertThat(write(client)).contains("RETRY", "PLAIN_ROLE: the metadata service of this machine");
    assertThat(write(client)).contains("RETRY", "Role.NoKeys");
    assertThat(write(misnamed)).contains("CREDENTIALS", "PLAIN_ROLE must be the name of a role");
    assertThat(signed).isEmpty();
    assertThat(intents).isEmpty();
    assertThat(metadata.seen()).hasSize(2);
  }
}
