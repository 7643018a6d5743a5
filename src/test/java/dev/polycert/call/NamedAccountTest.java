package dev.polycert.call;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.polycert.metric.NotedMetrics;
import dev.polycert.testing.Resources;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.spi.BeanContainer;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an account beside the default one has of its own. */
class NamedAccountTest {
  private static final Descriptor SERVICE =
      Descriptor.of("plain", "Plain")
          .at("https://plain.example.com")
          .keyId("PLAIN_KEY_ID")
          .secret("PLAIN_SECRET")
          .limit("Call", 3);
  private static final NamedAccount B = Accounts.forDomains("b");
  private static final String OWN = "fake-secret-of-account-b";

  @RegisterExtension final Resources resources = new Resources();
  private final List<String> buckets = new CopyOnWriteArrayList<>();
  private final NotedMetrics metrics = new NotedMetrics();

  private final SmallRyeConfig config =
      HttpTesting.config(
          Map.of(
              "PLAIN_KEY_ID", "fake-id",
              "PLAIN_SECRET", "fake-secret-of-the-default-account",
              "POLYCERT_ACCOUNT__B__PLAIN_KEY_ID", "fake-id-of-b",
              "POLYCERT_ACCOUNT__B__PLAIN_SECRET", OWN));

  private Client<PlainApi> client() {
    Vertx vertx = resources.vertx();
    Clients clients =
        HttpTesting.clients(
            config,
            new AnsweringClients(
                config, vertx, call -> Response.ok(("your key is " + OWN).getBytes(UTF_8)).build()),
            HttpTesting.calls(
                config,
                Clock.systemUTC(),
                metrics,
                (key, perSecond, deadline, urgency) -> {
                  buckets.add(key);
                  return Uni.createFrom().item(Optional.empty());
                }),
            vertx);
    return clients.client(
        SERVICE,
        new ServiceSettings(Optional.empty(), Optional.of("default"), Map.of()),
        PlainApi.class,
        Clients::bearer);
  }

  @Test
  void itsLimitsAndMetricsAreItsOwnAndItsKeysAreHidden() {
    Client<PlainApi> theirs = client();
    Client<PlainApi> own = B.making(this::client);
    String first = answer(theirs);
    String second = answer(own);

    assertThat(buckets).containsExactly("plain/default/Call", "plain@b/Call");
    assertThat(metrics.take()).contains("plain Call OK", "plain@b Call OK");
    assertThat(first).isEqualTo("your key is " + OWN);
    assertThat(second).isEqualTo("your key is ***");
  }

  @Test
  void itsClockIsItsOwn() {
    assertThat(B.making(this::client).clock()).isNotSameAs(client().clock());
  }

  @Test
  void theServiceSaysWhoseItIs() {
    Service service = B.making(this::client).service();

    assertThat(service.id()).isEqualTo("plain@b");
    assertThat(service.account()).isEqualTo(new Account("b", List.of(), "b"));
    assertThat(service.descriptor().required())
        .containsExactly("POLYCERT_ACCOUNT__B__PLAIN_KEY_ID", "POLYCERT_ACCOUNT__B__PLAIN_SECRET");
  }

  @Test
  void aMissingVariableIsNamedWhole() {
    Service service = Accounts.forDomains("c").making(this::client).service();

    assertThat(service.account().missing())
        .containsExactly("POLYCERT_ACCOUNT__C__PLAIN_KEY_ID", "POLYCERT_ACCOUNT__C__PLAIN_SECRET");
  }

  @Test
  void aNameThatNoVariableCanHaveIsRejected() {
    for (String name : List.of("eu-prod", "Prod", "default")) {
      assertThat(wrong(Map.of("polycert.account.\"" + name + "\".vendor", "x")))
          .as(name)
          .singleElement(STRING)
          .contains(name);
    }
  }

  @Test
  void twoAccountsOfAVendorForOneDomainAreRejected() {
    Map<String, String> both =
        Map.of(
            "polycert.account.\"b\".vendor", "plain",
            "polycert.account.\"b\".domains", "example.com",
            "polycert.account.\"c\".vendor", "plain",
            "polycert.account.\"c\".domains", "example.org,Example.com");

    assertThat(wrong(both))
        .containsExactly(
            "polycert.account.\"b\".domains and polycert.account.\"c\".domains both name"
                + " example.com: keep it in one of them");
  }

  private static List<String> wrong(Map<String, String> settings) {
    AccountConfig config =
        new SmallRyeConfigBuilder()
            .withMapping(AccountConfig.class)
            .withSources(new PropertiesConfigSource(settings, "test", 100))
            .build()
            .getConfigMapping(AccountConfig.class);
    BeanContainer none =
        (BeanContainer)
            Proxy.newProxyInstance(
                NamedAccountTest.class.getClassLoader(),
                new Class<?>[] {BeanContainer.class},
                (proxy, method, arguments) -> Set.of());
    return new ConfiguredAccounts(config, none)
        .wrong().stream().filter(it -> !it.contains("there is no vendor")).toList();
  }

  private static String answer(Client<PlainApi> client) {
    Answer<String> answer =
        client
            .read(
                "Call",
                new CallContext(Instant.now().plusSeconds(20)),
                api -> api.ask("x"),
                raw -> Answer.of(new String(raw.body(), UTF_8)))
            .await()
            .atMost(Duration.ofSeconds(20));
    assertThat(answer).isInstanceOf(Answer.Success.class);
    return ((Answer.Success<String>) answer).value();
  }
}
