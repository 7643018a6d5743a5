package dev.polycert.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polycert.call.HttpConfig;
import dev.polycert.call.HttpTesting;
import dev.polycert.function.invocation.Parts;
import dev.polycert.testing.Resources;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong settings are rejected by name, before there is a notice. */
class SendersTest {
  private static final String URL = "https://chat.example/hooks/fake";

  @RegisterExtension final Resources resources = new Resources();

  static Senders senders(Vertx vertx) {
    return senders(
        vertx, Map.of("polycert.http.backoff", "1ms", "polycert.http.max-backoff", "2ms"));
  }

  static Senders senders(Vertx vertx, Map<String, String> settings) {
    SmallRyeConfig config = HttpTesting.config(settings);
    return new Senders(
        vertx,
        config.getConfigMapping(HttpConfig.class),
        HttpTesting.restClients(config, vertx),
        HttpTesting.calls(config, Clock.systemUTC()),
        Parts.MAPPER);
  }

  private void make(String settings) {
    String[] namesAndValues = settings.split("[= ]", -1);
    senders(resources.vertx()).of("ops", "ops.", SampleNotices.settings(namesAndValues));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          kind=slack | ops.url is missing; slack needs it
          kind=telegram token=1:fake | ops.chat is missing; telegram needs it
          kind=smtp server=mail.example.com:587 from=a@example.com | ops.to is missing
          kind=slack url=https://chat.example/ chat=1 | ops.chat is not for slack
          kind=slack url=https://chat.example/ secret=fake | ops.secret is not for slack
          kind=slack url=http://chat.example/ | ops.url must begin with https://
          kind=slack url=https://10.0.0.1/ | ops.url leads to an address that is not on the public Internet; set ops.allow-private-addresses=true
          kind=slack url=http://127.0.0.1/ | ops.url leads to an address that is not on the public Internet
          kind=slack url=https://user@chat.example/ | ops.url must have a host, no user and no fragment
          kind=webhook url=https://chat.example/ secret=fake | ops.secret must be whsec_
          kind=smtp server=mail.example.com from=a@example.com to=b@example.com | ops.server must be host:port
          kind=smtp server=mail.example.com:25 from=a@example.com to=b@example.com tls=none | ops.tls may be none for a server on this machine alone
          kind=smtp server=mail.example.com:25 from=a@example.com to=b@example.com user=a | ops.password is missing; a login needs both
          kind=smtp server=mail.example.com:25 from=a to=b@example.com | ops.from must be an address alone
          kind=smtp server=mail.example.com:25 from=a@example.com to=<b@example.com> | ops.to must be an address alone
          """)
  void wrongSettings(String settings, String message) {
    assertThatThrownBy(() -> make(settings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  /** Of a process that is configured by its environment alone. */
  @Test
  void variablesSetAChannel() {
    NoticeConfig config =
        new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(NoticeConfig.class)
            .withSources(
                new EnvConfigSource(
                    Map.of(
                        "POLYCERT_NOTICE_OPS_KIND", "slack",
                        "POLYCERT_NOTICE_OPS_URL", URL,
                        "POLYCERT_NOTICE_OPS_EVENTS", "order.failed,served.differs",
                        "POLYCERT_NOTICE_OPS_COLLECT", "0s",
                        "POLYCERT_NOTICE_OPS_ALLOW_PRIVATE_ADDRESSES", "true"),
                    300))
            .build()
            .getConfigMapping(NoticeConfig.class);

    assertThat(config.byName()).containsOnlyKeys("ops");
    NoticeConfig.Channel ops = config.byName().get("ops");
    assertThat(ops.kind()).isEqualTo(Kind.SLACK);
    assertThat(ops.url()).contains(URL);
    assertThat(ops.events().orElseThrow()).containsExactly("order.failed", "served.differs");
    assertThat(ops.collect()).isZero();
    assertThat(ops.allowPrivateAddresses()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "kind=slack url=" + URL,
    "kind=teams url=" + URL,
    "kind=discord url=" + URL,
    "kind=telegram token=1:fake chat=@ops",
    "kind=dingtalk url=" + URL,
    "kind=dingtalk secret=SECfake url=" + URL,
    "kind=feishu url=" + URL,
    "kind=wecom url=" + URL,
    "kind=slack url=http://127.0.0.1:8080/ allow-private-addresses=true",
    "kind=smtp server=127.0.0.1:25 tls=none from=a@example.com to=b@example.com"
  })
  void rightSettings(String settings) {
    assertThatCode(() -> make(settings)).doesNotThrowAnyException();
  }
}
