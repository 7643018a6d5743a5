package dev.polycert.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.polycert.call.Descriptor;
import dev.polycert.call.HttpConfig;
import dev.polycert.deliver.Deliverer;
import dev.polycert.look.ServedLookConfig;
import dev.polycert.metric.MetricsConfig;
import dev.polycert.order.Catalog;
import dev.polycert.order.Catalogs;
import dev.polycert.order.ScriptedDeliverer;
import dev.polycert.order.ScriptedZones;
import dev.polycert.order.ServedConfig;
import dev.polycert.provider.ProviderConfig;
import dev.polycert.vendor.acme.AcmeConfig;
import dev.polycert.vendor.file.FileConfig;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsCheckTest {

  private static SmallRyeConfig config(String variable, String value) {
    return config(Map.of(variable, value));
  }

  private static SmallRyeConfig config(Map<String, String> environment) {
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .addDiscoveredInterceptors()
        .withMapping(ProviderConfig.class)
        .withMapping(ServedConfig.class)
        .withMapping(ServedLookConfig.class)
        .withMapping(HttpConfig.class)
        .withMapping(AcmeConfig.class)
        .withMapping(FileConfig.class)
        .withSources(new EnvConfigSource(environment, 300))
        .build();
  }

  @Test
  void aNegativeTimeStopsTheStart() {
    assertThatThrownBy(() -> config("POLYCERT_SERVED_EVERY", "-1h"))
        .hasMessageContainingAll("polycert.served.every", "-1h", "negative");
    assertThatCode(() -> config("POLYCERT_SERVED_EVERY", "0s")).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "POLYCERT_ACME_LOOK, polycert.acme.look, nein",
    "POLYCERT_ACME_LOOK, polycert.acme.look, ture",
    "POLYCERT_PROVIDER__TENCENT_SSL__LOOK, look, disabled"
  })
  void aSwitchThatIsNeitherOnNorOffStopsTheStart(String variable, String setting, String word) {
    assertThatThrownBy(() -> config(variable, word))
        .hasMessageContainingAll(setting, "(" + variable + ")", word, "neither true", "nor false");
  }

  @Test
  void theVariableOfALimitThatIsNoNumberIsNamed() {
    String variable = "POLYCERT_PROVIDER__TENCENT_SSL__LIMITS__APPLYCERTIFICATE_";

    assertThatThrownBy(() -> config(variable, "many")).hasMessageContaining("(" + variable + ")");
  }

  @ParameterizedTest
  @CsvSource({
    "true, true",
    "YES, true",
    "y, true",
    "On, true",
    "1, true",
    "false, false",
    "No, false",
    "n, false",
    "OFF, false",
    "0, false"
  })
  void aSwitchIsReadInEachSpellingOfOnAndOff(String word, boolean on) {
    AcmeConfig acme = config("POLYCERT_ACME_LOOK", word).getConfigMapping(AcmeConfig.class);

    assertThat(acme.look()).isEqualTo(on);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0s", "PT0S", "0"})
  void aTimeoutOfNothingStopsTheStart(String none) {
    SmallRyeConfig config = config("POLYCERT_DELIVER_FILE_HOOK_TIMEOUT", none);

    assertThat(SettingsCheck.wrongTimes(config))
        .containsExactly("polycert.deliver.file.hook-timeout must be more than 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0K", "0M"})
  void noRoomForAnAnswerStopsTheStart(String none) {
    assertThat(SettingsCheck.wrongSizes(config("POLYCERT_HTTP_MAX_RESPONSE", none)))
        .containsExactly("polycert.http.max-response must be more than 0");
    assertThat(SettingsCheck.wrongSizes(config("POLYCERT_HTTP_MAX_RESPONSE", "1K"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "POLYCERT_HTTP_LIMIT_FACTOR, -1",
    "POLYCERT_HTTP_LIMIT_FACTOR, 0",
    "POLYCERT_ACME_CONCURRENCY, 0",
    "POLYCERT_SERVED_CONCURRENCY, 0"
  })
  void roomForNothingStopsTheStart(String variable, String count) {
    SmallRyeConfig config = config(variable, count);

    assertThat(SettingsCheck.wrongCounts(config))
        .singleElement(STRING)
        .contains("must be more than 0");
  }

  @Test
  void metricsThatWouldNotBeShownStopTheStart() {
    Map<String, String> cloudWatch = Map.of("POLYCERT_METRICS_EMF", "true");
    Map<String, String> both =
        Map.of("POLYCERT_METRICS_EMF", "true", "POLYCERT_METRICS_PROMETHEUS", "true");

    assertThatCode(() -> SettingsCheck.requireOneKindOfMetrics(metrics(cloudWatch)))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> SettingsCheck.requireOneKindOfMetrics(metrics(both)))
        .hasMessageContainingAll("polycert.metrics.emf", "polycert.metrics.prometheus");
  }

  private static SmallRyeConfig metrics(Map<String, String> environment) {
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .withMapping(MetricsConfig.class)
        .withSources(new EnvConfigSource(environment, 300))
        .build();
  }

  @Test
  void aServerDoesNotStartWithADelivererThatCouldNotDeliver() {
    Deliverer wrong =
        new ScriptedDeliverer() {
          @Override
          public List<String> wrongSettings() {
            return List.of("POLYCERT_SHELF must be an absolute path, not shelf");
          }
        };
    Catalog catalog = Catalogs.of(List.of(), List.of(wrong), new ScriptedZones());
    SmallRyeConfig config = config("POLYCERT_SERVED_EVERY", "1h");
    ProviderConfig providers = config.getConfigMapping(ProviderConfig.class);

    assertThatThrownBy(
            () ->
                new SettingsCheck(config, providers, catalog, true, List.of())
                    .start(new StartupEvent()))
        .hasMessage("POLYCERT_SHELF must be an absolute path, not shelf");
  }

  /** The name of a variable has no hyphen. */
  @Test
  void theSettingsOfAProviderAreReadFromTheEnvironment() {
    ProviderConfig providers =
        config("POLYCERT_PROVIDER__TENCENT_SSL__LOOK", "false")
            .getConfigMapping(ProviderConfig.class);

    assertThat(providers.of("tencent-ssl").look()).isFalse();
    assertThat(providers.of("acme").look()).isTrue();
    assertThat(providers.unknown(List.of("acme", "tencent-ssl"))).isEmpty();
  }

  @Test
  void aLimitOfAProviderIsReadFromTheEnvironment() {
    ProviderConfig providers =
        config("POLYCERT_PROVIDER__TENCENT_SSL__LIMITS__APPLYCERTIFICATE_", "2")
            .getConfigMapping(ProviderConfig.class);

    assertThat(providers.service("tencent-ssl").limits(Map.of("ApplyCertificate", 10.0, "*", 20.0)))
        .containsOnly(Map.entry("ApplyCertificate", 2.0), Map.entry("*", 20.0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "NaN", "Infinity"})
  void aLimitThatLetsNothingThroughStopsTheStart(String limit) {
    ProviderConfig providers =
        config("POLYCERT_PROVIDER__TENCENT_SSL__LIMITS__APPLYCERTIFICATE_", limit)
            .getConfigMapping(ProviderConfig.class);

    assertThat(providers.wrongLimits())
        .singleElement(STRING)
        .contains("limits.\"applycertificate\"", "must be more than 0");
  }

  @Test
  void settingsOfAnUnknownProviderStopTheStart() {
    ProviderConfig providers =
        config("POLYCERT_PROVIDER__TENCENT_SS__ACCOUNT", "x")
            .getConfigMapping(ProviderConfig.class);

    assertThat(providers.unknown(List.of("acme", "tencent-ssl")))
        .singleElement(STRING)
        .contains("tencent.ss", "no provider", "acme, tencent-ssl");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POLYCERT_PROVIDER__TENCENT_SSL__LIMITS__APPLYCERTIFICAT_",
        "POLYCERT_PROVIDER__TENCENT_SSL__LIMITS__APPLY_"
      })
  void aLimitOfAnOperationThatIsNotCalledIsNamed(String variable) {
    ProviderConfig providers = config(variable, "2").getConfigMapping(ProviderConfig.class);

    assertThat(
            providers.unknownOperations(
                List.of(
                    Descriptor.of("tencent-ssl", "x").operations("ApplyCertificate", "Describe"))))
        .singleElement(STRING)
        .contains("tencent.ssl", "limits.\"apply", "it calls ApplyCertificate, Describe");
  }

  /**
   * As when a key is wrong that a bean is made with: what the others find is named all the same.
   */
  @Test
  void aCheckThatFailsHidesNoOther() {
    assertThat(
            SettingsCheck.found(
                () -> {
                  throw new RuntimeException("injecting", new IllegalStateException("no key"));
                }))
        .containsExactly("no key");
    assertThatThrownBy(
            () ->
                SettingsCheck.found(
                    () -> {
                      throw new RuntimeException("a bug");
                    }))
        .hasMessage("a bug");
  }

  /** Each of them is a mistake of another part, and one start names all. */
  @Test
  void allMistakesAreNamedAtOnce() {
    SmallRyeConfig config =
        config(
            Map.of(
                "POLYCERT_PROVIDER__TENCENT_SS__ACCOUNT", "x",
                "POLYCERT_HTTP_LIMIT_FACTOR", "0",
                "POLYCERT_DELIVER_FILE_HOOK_TIMEOUT", "0s",
                "POLYCERT_PROVIDER__ACME__LIMITS__NEWORDER_", "-1"));
    SettingsCheck check =
        new SettingsCheck(
            config,
            config.getConfigMapping(ProviderConfig.class),
            Catalogs.of(List.of(), List.of(), new ScriptedZones()),
            true,
            List.of(() -> List.of("one", "two"), () -> List.of("three", "two")));

    assertThatThrownBy(() -> check.start(new StartupEvent()))
        .hasMessageStartingWith("one; two; three; ")
        .hasMessageContainingAll(
            "tencent.ss",
            "polycert.http.limit-factor must",
            "polycert.deliver.file.hook-timeout must",
            "\"neworder\" must");
  }
}
