package dev.polycert.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.polycert.deliver.Deliverer;
import dev.polycert.dns.DnsWriter;
import dev.polycert.provider.CertificateProvider;
import dev.polycert.testing.Services;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanContainer;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which services take accounts beside the default one, and what these read. */
class AccountsOfServicesTest {
  private static final NamedAccount B = Accounts.forDomains("b");
  private static final String PREFIX = "POLYCERT_ACCOUNT__B__";

  static List<Services.Found> services() {
    return Services.all();
  }

  private static Object make(Class<?> type, Map<String, String> settings) {
    Map<Class<?>, Object> parts = new HashMap<>();
    parts.put(Clock.class, Clock.systemUTC());
    parts.put(ObjectMapper.class, new ObjectMapper());
    return Services.make(type, settings, parts);
  }

  private static Service service(Object made) {
    return switch (made) {
      case CertificateProvider provider -> provider.service();
      case DnsWriter writer -> writer.service();
      case Deliverer deliverer -> deliverer.service();
      default -> throw new IllegalStateException(made.getClass().getName());
    };
  }

  @ParameterizedTest
  @MethodSource("services")
  void eachTakesAccountsOrSaysWhatToDoInstead(Services.Found found) {
    Object made = B.making(() -> make(found.type(), Map.of()));

    if (made instanceof OneAccount one) {
      assertThat(one.inPlaceOfAccounts()).isNotBlank();
      return;
    }
    Service service = service(made);
    assertThat(service.id()).isEqualTo(found.id() + "@b");
    assertThat(service.account().missing()).allMatch(name -> name.startsWith(PREFIX));
  }

  private static Service withVariables(String id, Map<String, String> variables) {
    Services.Found found =
        Services.all().stream().filter(it -> it.id().equals(id)).findFirst().orElseThrow();
    Map<String, String> settings = new HashMap<>();
    variables.forEach((name, value) -> settings.put(PREFIX + name, value));
    NamedAccount account =
        new NamedAccount(
            "b",
            found.vendor(),
            List.of(),
            List.of(),
            List.of(),
            Optional.of(URI.create("http://127.0.0.1:1")));
    return service(account.making(() -> make(found.type(), settings)));
  }

  @Test
  void servicesOfOnesOwnReadTheirVariablesBehindThePrefix() {
    Map<String, Map<String, String>> all =
        Map.of(
            "exec", Map.of("POLYCERT_EXEC_PROGRAM", "/bin/true"),
            "file", Map.of("POLYCERT_DELIVER_FILE_BASE", "/srv"),
            "webhook", Map.of("POLYCERT_DELIVER_WEBHOOK_SECRET", "whsec_" + "A".repeat(32)),
            "rfc2136", Map.of("RFC2136_TSIG_NAME", "key", "RFC2136_TSIG_SECRET", "AAAA"),
            "kubernetes", Map.of("POLYCERT_DELIVER_KUBERNETES_TOKEN", "t"));

    all.forEach(
        (id, variables) ->
            assertThat(withVariables(id, variables).account().missing()).as(id).isEmpty());
    assertThat(
            withVariables(
                    "acmedns",
                    Map.of(
                        "POLYCERT_ACMEDNS_ACCOUNT_WWW_SUBDOMAIN", "x",
                        "POLYCERT_ACMEDNS_ACCOUNT_WWW_USERNAME", "y"))
                .account()
                .missing())
        .containsExactly(PREFIX + "POLYCERT_ACMEDNS_ACCOUNT_WWW_PASSWORD");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ssh", "acme", "nameserver"})
  void anAccountOfAServiceWithoutAccountsIsRefusedByName(String vendor) {
    AccountConfig config =
        new SmallRyeConfigBuilder()
            .withMapping(AccountConfig.class)
            .withSources(
                new PropertiesConfigSource(
                    Map.of("polycert.account.\"b\".vendor", vendor), "test", 100))
            .build()
            .getConfigMapping(AccountConfig.class);

    assertThat(new ConfiguredAccounts(config, container(vendor)).wrong())
        .singleElement(STRING)
        .startsWith("polycert.account.\"b\".vendor: '%s' has no accounts: ".formatted(vendor));
  }

  /** Has the beans of a vendor. */
  private static BeanContainer container(String vendor) {
    Class<?> type =
        Services.all().stream()
            .filter(found -> found.vendor().equals(vendor))
            .map(Services.Found::type)
            .findFirst()
            .orElseThrow();
    Bean<?> bean =
        (Bean<?>)
            Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {Bean.class},
                (proxy, method, arguments) ->
                    switch (method.getName()) {
                      case "getBeanClass" -> type;
                      case "hashCode" -> 1;
                      case "equals" -> proxy == arguments[0];
                      default -> throw new IllegalStateException(method.getName());
                    });
    return (BeanContainer)
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {BeanContainer.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getBeans" -> Set.of(bean);
                  case "getReference" -> make(type, Map.of());
                  default -> null;
                });
  }
}
