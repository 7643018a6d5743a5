package dev.polycert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.call.Descriptor;
import dev.polycert.call.Descriptor.Variable;
import dev.polycert.call.Service;
import dev.polycert.deliver.Deliverer;
import dev.polycert.dns.DnsWriter;
import dev.polycert.provider.CertificateProvider;
import dev.polycert.provider.Offer;
import io.quarkus.arc.All;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The tables of the papers are made from the descriptors of the services. With {@code -Ddocs.write}
 * they are written anew.
 */
@QuarkusTest
class DocsTest {
  /** Variables of ours, which the papers explain in words of their own. */
  private static final String OURS = "POLYCERT_";

  @Inject @All List<CertificateProvider> providers;
  @Inject @All List<DnsWriter> writers;
  @Inject @All List<Deliverer> deliverers;

  @Test
  void theProvidersAreMadeFromTheirDescriptors() {
    Papers.holds(
        "providers",
        table(
            List.of("provider", "needs", "gives", "validation", "keys", "calls per second"),
            rows(providers, CertificateProvider::service, DocsTest::provider)));
  }

  @Test
  void theOptionsAreMadeFromTheDescriptors() {
    Papers.holds(
        "options",
        rows(providers, CertificateProvider::service, provider -> provider)
            .map(CertificateProvider::descriptor)
            .map(provider -> "- " + code(provider.id()) + ": " + options(provider))
            .collect(Collectors.joining("\n")));
  }

  @Test
  void theOptionsOfDeploymentsAreMadeByTheProviders() {
    Papers.holds(
        "deploy-options",
        rows(providers, CertificateProvider::service, provider -> provider)
            .filter(provider -> !provider.deployOptions().isEmpty())
            .map(
                provider ->
                    "- "
                        + code(provider.descriptor().id())
                        + ": "
                        + new TreeMap<>(provider.deployOptions())
                            .entrySet().stream()
                                .map(
                                    option ->
                                        code(option.getKey()) + inParentheses(option.getValue()))
                                .collect(Collectors.joining(", ")))
            .collect(Collectors.joining("\n")));
  }

  @Test
  void theWritersAreMadeFromTheirDescriptors() {
    Papers.holds(
        "dns-writers",
        table(
            List.of("writer", "writes", "environment variables", "takes effect in"),
            rows(writers, DnsWriter::service, writer -> writer(writer.service().descriptor()))));
  }

  @Test
  void theDeliverersAreMadeFromTheirDescriptors() {
    Papers.holds(
        "deliverers",
        table(
            List.of("`to`", "brings it to", "options", "environment variables"),
            rows(deliverers, Deliverer::service, it -> deliverer(it.service().descriptor()))));
  }

  /** With options that it has, and all that it needs. */
  @Test
  void eachTargetHasAWorkedExample() {
    Map<String, Descriptor> byId =
        deliverers.stream()
            .map(deliverer -> deliverer.service().descriptor())
            .collect(Collectors.toMap(Descriptor::id, Function.identity()));
    Set<String> shown = new TreeSet<>();
    for (JsonNode target : Papers.targets()) {
      Descriptor deliverer = byId.get(target.path("to").asText());
      assertThat(deliverer).as("%s", target).isNotNull();
      shown.add(deliverer.id());
      Set<String> options = new TreeSet<>();
      target.fieldNames().forEachRemaining(options::add);
      options.removeAll(Set.of("to", "serves"));
      assertThat(deliverer.options().stream().map(Descriptor.Option::name))
          .as("%s", target)
          .containsAll(options);
      assertThat(options)
          .as("%s", target)
          .containsAll(
              deliverer.options().stream()
                  .filter(Descriptor.Option::required)
                  .map(Descriptor.Option::name)
                  .toList());
    }
    assertThat(shown).isEqualTo(byId.keySet());
  }

  @Test
  void theVariablesAreMadeFromTheDescriptors() {
    Map<String, Set<String>> users = new TreeMap<>();
    services()
        .filter(service -> service.variables().stream().anyMatch(it -> !isOurs(it)))
        .forEach(
            service ->
                users
                    .computeIfAbsent(variables(service), key -> new TreeSet<>())
                    .add(code(service.id())));

    Papers.holds(
        "variables",
        table(
            List.of("variable", "of"),
            users.entrySet().stream()
                .map(entry -> List.of(entry.getKey(), String.join(", ", entry.getValue())))));
  }

  @Test
  void ourOwnVariablesAreExplained() {
    String papers = Papers.all().stream().map(Papers::text).collect(Collectors.joining());

    assertThat(services().flatMap(service -> service.variables().stream()))
        .filteredOn(DocsTest::isOurs)
        .isNotEmpty()
        .allSatisfy(variable -> assertThat(papers).contains(code(variable.name())));
  }

  @Test
  void everyTestOfAPromiseIsThere() throws IOException {
    Set<String> tests;
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      tests =
          files
              .map(file -> file.getFileName().toString().replace(".java", ""))
              .collect(Collectors.toSet());
    }

    assertThat(Papers.block("promises").lines().skip(2).map(row -> row.split("[|]")[3]))
        .allSatisfy(
            named ->
                assertThat(Pattern.compile("`([^`]+)`").matcher(named).results())
                    .isNotEmpty()
                    .allSatisfy(test -> assertThat(tests).contains(test.group(1))));
  }

  private Stream<Descriptor> services() {
    return Stream.of(
            providers.stream().map(CertificateProvider::service),
            writers.stream().map(DnsWriter::service),
            deliverers.stream().map(Deliverer::service))
        .flatMap(services -> services)
        .map(Service::descriptor);
  }

  private static List<String> provider(CertificateProvider provider) {
    Descriptor service = provider.descriptor();
    Offer offer = provider.offer();
    return List.of(
        code(service.id()) + " " + service.title(),
        offer.needs(),
        offer.gives(),
        sorted(offer.validations()),
        sorted(offer.keyAlgorithms()),
        limits(service.limits()));
  }

  private static List<String> writer(Descriptor service) {
    Duration propagation = service.propagation();
    assertThat(propagation).as("how long records of %s take", service.id()).isNotNull();
    return List.of(
        code(service.id()), service.title(), keys(service), propagation.toMinutes() + " min");
  }

  private List<String> deliverer(Descriptor service) {
    boolean provided =
        providers.stream()
            .map(CertificateProvider::descriptor)
            .anyMatch(
                provider ->
                    provider.id().equals(service.id())
                        && provider.variables().equals(service.variables()));
    return List.of(
        code(service.id()),
        service.title(),
        options(service),
        provided && service.access().isEmpty() ? "as the provider" : keys(service));
  }

  /** The variables, and what else is to be said of the credentials. */
  private static String keys(Descriptor service) {
    return Stream.of(variables(service), service.access())
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining("; "));
  }

  private static String variables(Descriptor service) {
    return service.variables().stream()
        .sorted(Comparator.comparing(variable -> !variable.required()))
        .map(variable -> code(variable.name()) + inParentheses(variable.meaning()))
        .collect(Collectors.joining(", "));
  }

  private static boolean isOurs(Variable variable) {
    return variable.name().startsWith(OURS);
  }

  private static String options(Descriptor service) {
    return service.options().stream()
        .map(
            option ->
                code(option.name())
                    + inParentheses((option.required() ? "required: " : "") + option.meaning()))
        .collect(Collectors.joining(", "));
  }

  private static String sorted(Collection<? extends Enum<?>> values) {
    return values.stream()
        .sorted(Comparator.comparing(Enum::ordinal))
        .map(Enum::name)
        .collect(Collectors.joining(", "));
  }

  private static String limits(Map<String, Double> limits) {
    return limits.isEmpty()
        ? "none documented: 10 for each operation"
        : limits.entrySet().stream()
            .sorted(Map.Entry.<String, Double>comparingByKey().reversed())
            .map(
                limit ->
                    "%s %.0f"
                        .formatted(
                            limit.getKey().equals("*") ? "others" : limit.getKey(),
                            limit.getValue()))
            .collect(Collectors.joining(", "));
  }

  /** One of each, by the ids of the services. */
  private static <T, R> Stream<R> rows(
      List<T> all, Function<T, Service> service, Function<T, R> row) {
    return all.stream().sorted(Comparator.comparing(it -> service.apply(it).id())).map(row);
  }

  private static String table(List<String> head, Stream<List<String>> rows) {
    return Stream.concat(Stream.of(head, head.stream().map(name -> "---").toList()), rows)
        .map(cells -> String.join(" | ", cells))
        .map(row -> "| " + row + " |")
        .collect(Collectors.joining("\n"));
  }

  private static String code(String name) {
    return "`" + name + "`";
  }

  private static String inParentheses(String text) {
    return text.isEmpty() ? "" : " (" + text + ")";
  }
}
