package dev.polycert.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.polycert.call.AccountConfig;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnknownSettingsTest {
  private final List<String> warnings = new ArrayList<>();
  private List<String> wrong = List.of();

  private void start(String... variables) {
    Map<String, String> environment = new TreeMap<>();
    Arrays.stream(variables)
        .map(variable -> variable.split("=", 2))
        .forEach(pair -> environment.put(pair[0], pair.length == 2 ? pair[1] : "x"));
    wrong =
        UnknownSettings.report(
            environment, KnownSettings.with(List.of()), Set.of("prod2"), warnings::add);
  }

  @ParameterizedTest
  @CsvSource({
    "POLYCERT_REQUEST_TIMEOT, POLYCERT_REQUEST_TIMEOUT",
    "POLYCERT_SERVER_PROT, POLYCERT_SERVER_PORT",
    "POLYCERT_ACOUNT__PROD2__VENDOR, POLYCERT_ACCOUNT_*_VENDOR"
  })
  void aMisspeltVariableIsNamed(String given, String meant) {
    start(given);

    assertThat(warnings)
        .containsExactly(given + " is set, but nothing reads it: did you mean " + meant + "?");
  }

  @ParameterizedTest
  @CsvSource({
    "POLYCERT_ACCOUNT__PROD2__DOMAIN, POLYCERT_ACCOUNT__PROD2__DOMAINS",
    "POLYCERT_ACCOUNT__PROD2__TENCENTCLOUD_SECRET_IT,"
        + " POLYCERT_ACCOUNT__PROD2__TENCENTCLOUD_SECRET_ID",
    "POLYCERT_DNS_WRITER__CLOUDFLARE__ZNES, POLYCERT_DNS_WRITER__CLOUDFLARE__ZONES",
    "POLYCERT_NOTICE_OPS_EVENT, POLYCERT_NOTICE_OPS_EVENTS",
    "POLYCERT_PROVIDER__TENCENT_SSL__ACOUNT, POLYCERT_PROVIDER__TENCENT_SSL__ACCOUNT",
    "POLYCERT_ACME_CA_PEBBLE_DIRECTROY, POLYCERT_ACME_CA_PEBBLE_DIRECTORY",
    "POLYCERT_DELIVER_SSH_HOST_WEB_ADRESS, POLYCERT_DELIVER_SSH_HOST_WEB_ADDRESS",
    "POLYCERT_HTTPREQ_CLIENT_LEGO_PASWORD, POLYCERT_HTTPREQ_CLIENT_LEGO_PASSWORD"
  })
  void aMisspeltVariableOfANamedThingStopsTheStart(String given, String meant) {
    start(given);
    assertThat(wrong)
        .containsExactly(given + " is set, but nothing reads it: did you mean " + meant + "?");
  }

  /** Not by a call of {@code report}, but as the process starts. */
  @Test
  void theEnvironmentOfTheProcessIsRead() {
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .withMapping(AccountConfig.class)
            .withSources(new EnvConfigSource(Map.of("POLYCERT_NOTICE_OPS_EVENT", "x"), 300))
            .build();
    UnknownSettings settings =
        new UnknownSettings(config, config.getConfigMapping(AccountConfig.class), List.of());

    assertThat(settings.wrong()).singleElement(STRING).contains("POLYCERT_NOTICE_OPS_EVENT is set");
  }

  @Test
  void anAccountNeedsAVendor() {
    start("POLYCERT_ACCOUNT__B__TENCENTCLOUD_SECRET_ID");
    assertThat(wrong)
        .containsExactly(
            "POLYCERT_ACCOUNT__B__TENCENTCLOUD_SECRET_ID is of an account without a vendor: set"
                + " POLYCERT_ACCOUNT__B__VENDOR");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POLYCERT_SERVICE_HOST=10.96.0.7",
        "POLYCERT_SERVICE_PORT=80",
        "POLYCERT_SERVICE_PORT_HTTP=80",
        "POLYCERT_PORT=tcp://10.96.0.7:80",
        "POLYCERT_PORT_8080_TCP=tcp://10.96.0.7:8080",
        "POLYCERT_PORT_8080_TCP_PROTO=tcp",
        "POLYCERT_PORT_8080_TCP_PORT=8080",
        "POLYCERT_PORT_8080_TCP_ADDR=10.96.0.7",
        "POLYCERT_NOTICE_PORT=tcp://10.96.0.8:80",
        "POLYCERT_NOTICE_SERVICE_HOST=10.96.0.8",
        "POLYCERT_URL=https://polycert.example.com",
        "POLYCERT_SERVER_ENABLED=true",
        "POLYCERT_API_KEY",
        "POLYCERT_DNS_WRITER__ROUTE53__ZONES=",
        "POLYCERT_ACME_CA_MAIN_EAB_KEY_ID",
        "POLYCERT_ACME_CA__LETS_ENCRYPT__DIRECTORY",
        "POLYCERT_ACCOUNT__PROD2__TENCENTCLOUD_SECRET_ID",
        "POLYCERT_ACCOUNT__PROD2__POLYCERT_DELIVER_FILE_BASE",
        "POLYCERT_ACCOUNT__PROD2__POLYCERT_ACMEDNS_ACCOUNT_WWW_PASSWORD",
        "POLYCERT_PROVIDER__TENCENT_SSL__LIMITS__APPLYCERTIFICATE_"
      })
  void whatIsReadOrOfOthersIsNotNamed(String variable) {
    start(variable);

    assertThat(warnings).isEmpty();
  }

  @Test
  void whatAProgramOfAnAccountGetsIsRead() {
    start(
        "POLYCERT_ACCOUNT__PROD2__POLYCERT_EXEC_ENVIRONMENT=DNS_KEY, DNS_USER",
        "POLYCERT_ACCOUNT__PROD2__DNS_USER");

    assertThat(wrong).isEmpty();
    start("POLYCERT_ACCOUNT__PROD2__DNS_USER");
    assertThat(wrong).singleElement(STRING).contains("POLYCERT_ACCOUNT__PROD2__DNS_USER");
  }
}
