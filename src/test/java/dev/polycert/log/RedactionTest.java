package dev.polycert.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Descriptor;
import dev.polycert.deliver.IssuedCertificates;
import dev.polycert.notice.ChannelCanaries;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.testing.Services;
import dev.polycert.whole.secrecy.Canaries;
import dev.polycert.whole.secrecy.Needles;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TENCENTCLOUD_SECRET_KEY",
        "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
        "ALIBABA_CLOUD_SECURITY_TOKEN",
        "HUAWEICLOUD_SDK_SK",
        "POLYCERT_ACCOUNT__PROD2__TENCENTCLOUD_SECRET_KEY",
        "POLYCERT_ACCOUNT__PROD2__HUAWEICLOUD_SDK_SK",
        "POLYCERT_ACCOUNT__B__CLOUDFLARE_API_TOKEN",
        "POLYCERT_ACCOUNT__B__RFC2136_TSIG_SECRET",
        "polycert.server.api-key",
        "polycert.vault.key",
        "polycert.vault.key-previous",
        "polycert.postgresql.password",
        "polycert.acme.ca.\"x\".eab-hmac",
        "polycert.notice.\"ops\".url",
        "POLYCERT_NOTICE_OPS_URL",
        "aws.secretAccessKey",
        "aws.sessionToken"
      })
  void valuesOfSecretSettingsAreTakenOut(String name) {
    Redaction redaction = LoggedIncidents.redaction(Map.of(name, "fake-secret-value"));

    assertThat(redaction.clean("sent fake-secret-value twice: fake-secret-value"))
        .isEqualTo("sent *** twice: ***");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"first-fake-secret second-fake-secret", "first-fake-secret,second-fake-secret"})
  void eachOfSeveralSecretsIsTakenOut(String both) {
    Redaction redaction =
        LoggedIncidents.redaction(Map.of("POLYCERT_DELIVER_WEBHOOK_SECRET", both));

    assertThat(redaction.clean("one is second-fake-secret")).isEqualTo("one is ***");
  }

  /**
   * Variables that are not secret, but for those of vendors, of which descriptors say it. A new
   * variable must be hidden or be listed here.
   */
  private static final Pattern PUBLIC =
      Pattern.compile(
          String.join(
              "|",
              "QUARKUS_FUNQY_EXPORT",
              "POLYCERT_ACCOUNT_[A-Z0-9]+_(DOMAINS|ENDPOINT|VENDOR|ZONES|ZONE_IDS)",
              "POLYCERT_(ACME_CONCURRENCY|ACME_DEFAULT_CA|ACME_LOOK)",
              "POLYCERT_ACME_CA_.+_(CONTACT|DIRECTORY|PREFERRED_CHAIN|PROFILE|TRUST)",
              "POLYCERT_ACMEDNS_ACCOUNT_.+_(SUBDOMAIN|USERNAME)",
              "POLYCERT_(ALIBABA_CAS_REGION|ALIBABA_ESA_REGION)",
              "POLYCERT_(HUAWEI_SCM_API_VERSION|HUAWEI_SCM_REGION)",
              "POLYCERT_DELIVER_FILE_(BASE|HOOK|HOOK_TIMEOUT)",
              "POLYCERT_DELIVER_KUBERNETES_(CA|ENDPOINT)",
              "POLYCERT_DELIVER_SSH_HOST_.+_(ADDRESS|BASE|COMMAND|COMMAND_TIMEOUT|HOST_KEYS)",
              "POLYCERT_DELIVER_SSH_HOST_.+_(JUMP|PORT|USER)",
              "POLYCERT_DELIVER_WEBHOOK_ALLOW_PRIVATE_ADDRESSES",
              "POLYCERT_POSTGRESQL_(CA|CONNECTIONS|TIMEOUT|URL|USERNAME)",
              "POLYCERT_DNS_(CONCURRENCY|DELEGATION_ZONE|PORT|RESOLVERS|SERVERS|TIMEOUT)",
              "POLYCERT_DNS_WRITER_.+_(ENDPOINT|PROPAGATION|ZONES|ZONE_IDS)",
              "POLYCERT_EXEC_(ENVIRONMENT|PROGRAM|RECORD_TYPES|TIMEOUT)",
              "POLYCERT_(DYNAMODB_HISTORY_RETENTION|DYNAMODB_TABLE|RATE_KIND|RATE_TABLE)",
              "POLYCERT_HTTPREQ_(CLIENT_.+_ZONES|KEEP)",
              "POLYCERT_HTTP_(ATTEMPTS|BACKOFF|BREAKER_FAILURES|BREAKER_PAUSE|CONNECT_TIMEOUT)",
              "POLYCERT_HTTP_(ENDPOINT|LIMIT_FACTOR|MAX_BACKOFF|MAX_RESPONSE|METADATA_ENDPOINT)",
              "POLYCERT_HTTP_(POOL_SIZE|TOTAL_TIMEOUT|WAIT_QUEUE)",
              "POLYCERT_(LOG_JSON|METRICS_EMF|METRICS_NAMESPACE|METRICS_PROMETHEUS|REQUEST_TIMEOUT)",
              "POLYCERT_NAME_SERVER_(ANSWERS_PER_SECOND|LISTEN|NAMES)",
              "POLYCERT_NOTICE_.+_(ALLOW_PRIVATE_ADDRESSES|CA|CHAT|COLLECT|DOMAINS|EVENTS|FROM)",
              "POLYCERT_NOTICE_.+_(KIND|LINE|PROVIDERS|SERVER|TITLE|TLS|TO|USER)",
              "POLYCERT_OIDC_(ACCOUNTS_CLAIM|AUDIENCE|ISSUER|JWKS|SCOPES_CLAIM|SCOPE_PREFIX)",
              "POLYCERT_OIDC_SUFFIXES_CLAIM",
              "POLYCERT_ORDER_(DEADLINE|LEASE|LOOK|PUBLISH_WAIT|SETTLE)",
              "POLYCERT_PROVIDER_.+_(ACCOUNT|CONCURRENCY|ENDPOINT|LIMITS_.+|LOOK)",
              "POLYCERT_SERVED_(ALLOW_PRIVATE_ADDRESSES|CONCURRENCY|EVERY|TIMEOUT|WATCH)",
              "POLYCERT_SERVER_(ADDRESS_HEADER|CALLS_PER_SECOND|DRAIN_TIMEOUT|ENABLED|HOST|IDLE_TIMEOUT)",
              "POLYCERT_SERVER_(MAX_CONNECTIONS|MAX_IN_FLIGHT|PORT|RENEW_EVERY|SANDBOX)",
              "POLYCERT_SERVER_TRANSFER_TIMEOUT",
              "POLYCERT_STORE_(HISTORY|KIND|PATH|SYNC)",
              "POLYCERT_VALIDATION_(ALLOW_PRIVATE_ADDRESSES|HTTP_PORT)"));

  /** The list is complete, because EnvironmentTest compares it with the settings in the code. */
  @Test
  void everyVariableIsHiddenOrKnownToBePublic() throws IOException {
    String listed = Files.readString(Path.of("infra/environment.yml"));
    List<String> variables =
        Pattern.compile("^  (?:- ')?([A-Z][A-Z0-9_*]+)(?:: .*|')?$", Pattern.MULTILINE)
            .matcher(listed)
            .results()
            .map(variable -> variable.group(1).replace("*", "X"))
            .toList();

    Set<String> others =
        Services.all().stream()
            .flatMap(service -> service.descriptor().variables().stream())
            .filter(variable -> variable.part() == Descriptor.Part.OTHER)
            .map(Descriptor.Variable::name)
            .filter(name -> !name.startsWith("POLYCERT_"))
            .collect(Collectors.toSet());

    assertThat(variables).contains("POLYCERT_VAULT_KEY_PREVIOUS", "CLOUDFLARE_API_TOKEN");
    assertThat(variables)
        .allSatisfy(
            name ->
                assertThat(isHidden(name))
                    .as("%s is a secret, or else public", name)
                    .isEqualTo(!PUBLIC.matcher(name).matches() && !others.contains(name)));
    assertThat(Canaries.SECRETS.keySet()).allMatch(RedactionTest::isHidden);
  }

  private static boolean isHidden(String name) {
    return LoggedIncidents.redaction(Map.of(name, "fake-secret-value"))
        .clean("fake-secret-value")
        .equals("***");
  }

  @Test
  void canariesOfEveryKindAreTakenOutInEveryFormAndWithoutItNoneIs() {
    Redaction redaction = LoggedIncidents.redaction(Canaries.SECRETS);

    Canaries.SECRETS.forEach(
        (name, secret) -> {
          for (String written : Needles.written(secret)) {
            String text = "sent " + written + " twice";
            assertThat(Canaries.in(LoggedIncidents.redaction(Map.of()).clean(text))).isTrue();
            assertThat(Canaries.in(redaction.clean(text))).as("%s: %s", name, written).isFalse();
          }
        });
  }

  /** Of a channel's URL, what the service made up is taken out where it stands alone as well. */
  @Test
  void secretsOfChannelsAreTakenOutInEveryForm() {
    Redaction redaction =
        LoggedIncidents.redaction(ChannelCanaries.settings("https://hooks.example.com"));

    ChannelCanaries.SECRETS.forEach(
        (name, secret) -> {
          for (String written : Needles.written(secret)) {
            String text = "sent " + written + " twice";
            assertThat(Canaries.in(text)).as("%s: %s", name, written).isTrue();
            assertThat(Canaries.in(redaction.clean(text))).as("%s: %s", name, written).isFalse();
          }
        });
    assertThat(redaction.clean("hooks.example.com answers")).isEqualTo("hooks.example.com answers");
  }

  @Test
  void privateKeysAreTakenOutWholeOrCutOff() {
    CertificateBundle export = IssuedCertificates.issued("www.example.com");
    String pem = Objects.requireNonNull(export.privateKey()).reveal();
    Redaction redaction = LoggedIncidents.redaction(Map.of());

    assertThat(redaction.clean("sent " + pem + "in vain")).isEqualTo("sent ***\nin vain");
    assertThat(redaction.clean("{\"key\":\"" + pem.replace("\n", "\\n") + "\"}"))
        .isEqualTo("{\"key\":\"***\\n\"}");
    assertThat(redaction.clean("key=" + URLEncoder.encode(pem, UTF_8) + "&x=1"))
        .isEqualTo("key=***%0A&x=1");
    assertThat(redaction.clean(pem.substring(0, 90) + "…")).isEqualTo("***…");
    assertThat(redaction.clean(export.certificate())).isEqualTo(export.certificate());
  }

  /** A library may quote what it was sent in any of these forms. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "fake/secret+value\"=1",
        "fake\\/secret+value\\\"=1",
        "fake/secret+value\\\"=1",
        "fake\\u002fsecret\\u002bvalue\\u0022\\u003d1",
        "fake\\u002Fsecret\\u002Bvalue\\u0022\\u003D1",
        "fake%2Fsecret%2Bvalue%22%3D1",
        "fake%2fsecret%2bvalue%22%3d1",
        "66616b652f7365637265742b76616c7565223d31",
        "66616B652F7365637265742B76616C7565223D31"
      })
  void everyFormOfASecretIsTakenOut(String written) {
    Redaction redaction = LoggedIncidents.redaction(Map.of("a.secret", "fake/secret+value\"=1"));

    assertThat(redaction.clean("sent " + written + " twice")).isEqualTo("sent *** twice");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "u", "us", "user:", "user:x", "user:xy"})
  void base64OfMoreThanTheSecretIsTakenOut(String before) {
    Redaction redaction = LoggedIncidents.redaction(Map.of("a.secret", "fake/secret?value>>1"));
    byte[] sent = (before + "fake/secret?value>>1" + " and more").getBytes(UTF_8);

    String basic = redaction.clean(Base64.getEncoder().encodeToString(sent));
    String url = redaction.clean(Base64.getUrlEncoder().encodeToString(sent));

    assertThat(basic).contains("***").hasSizeLessThan(30);
    assertThat(url).contains("***").hasSizeLessThan(30);
  }

  @Test
  void aSecretInsideALongerOneLeavesNoRest() {
    Redaction redaction =
        LoggedIncidents.redaction(
            Map.of("a.secret", "fake-secret", "b.secret", "fake-secret-and-more"));

    assertThat(redaction.clean("fake-secret-and-more")).isEqualTo("***");
  }

  /** Proves that the tests of the log would see a secret. */
  @Test
  void withoutItTheSecretIsLogged() {
    Incidents unredacted = new Incidents(() -> 42L, LoggedIncidents.redaction(Map.of()));
    try (LoggedIncidents log = new LoggedIncidents()) {
      unredacted.log(new IllegalStateException(LoggedIncidents.SECRET));
      LoggedIncidents.incidents().log(new IllegalStateException(LoggedIncidents.SECRET));

      assertThat(log.logged().get(0)).contains(LoggedIncidents.SECRET);
      assertThat(log.logged().get(1)).contains("***").doesNotContain(LoggedIncidents.SECRET);
    }
  }

  @Test
  void otherValuesStay() {
    Redaction redaction = LoggedIncidents.redaction(Map.of("polycert.server.host", "localhost"));

    assertThat(redaction.clean("at localhost")).isEqualTo("at localhost");
  }
}
