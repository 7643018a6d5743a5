package dev.polycert.function.read;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.polycert.call.Accounts;
import dev.polycert.domain.DomainName;
import dev.polycert.function.read.InvalidInput.FieldError;
import dev.polycert.order.Catalog;
import dev.polycert.order.Catalogs;
import dev.polycert.order.ScriptedDeliverer;
import dev.polycert.order.ScriptedProvider;
import dev.polycert.order.ScriptedZones;
import dev.polycert.provider.Capability;
import dev.polycert.provider.DeliveryTarget;
import dev.polycert.provider.Information;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DeliverReaderTest {

  @Test
  void aPlaceForEachDomainIsNamedByTheDomain() {
    List<DeliveryTarget> targets =
        read(
            "{\"deliver\": [{\"to\": \"one-place\", \"row\": \"tls/{domain}\"}]}",
            "a.example.com",
            "*.example.com");

    assertThat(targets)
        .containsExactly(new DeliveryTarget("one-place", Map.of("row", "tls/{domain}")));
    assertThat(targets.getFirst().optionsFor(DomainName.parse("*.example.com")))
        .containsEntry("row", "tls/_wildcard.example.com");
    assertThat(targets.getFirst().optionsFor(DomainName.ofHost("2001:db8::1")))
        .containsEntry("row", "tls/2001-db8--1");
  }

  @Test
  void aTargetSaysWhereItServes() {
    String target =
        """
        {"deliver": [{"to": "one-place", "row": "tls/{domain}", "serves": %s}]}\
        """;

    DeliveryTarget named =
        read(target.formatted("[\"{domain}:8443\", \"10.0.0.1\"]"), "a.example.com").getFirst();
    assertThat(named.serves()).containsExactly("{domain}:8443", "10.0.0.1:443");
    assertThat(named.servesFor(DomainName.parse("b.example.com")))
        .extracting(Object::toString)
        .containsExactly("b.example.com:8443", "10.0.0.1:443");
    assertThat(named.servesFor(DomainName.parse("*.example.com")))
        .extracting(Object::toString)
        .containsExactly("10.0.0.1:443");
    assertThat(read(target.formatted("[]"), "a.example.com").getFirst().serves()).isEmpty();
    assertThat(read(target.formatted("null"), "a.example.com").getFirst().serves()).isNull();
    assertThat(errors(target.formatted("[\"*.example.com:443\"]"), "a.example.com"))
        .singleElement()
        .matches(error -> error.field().equals("deliver[0].serves[0]"))
        .matches(error -> error.message().contains("wildcard"));
  }

  @Test
  void onePlaceForSeveralDomainsIsRejected() {
    assertThat(
            errors(
                "{\"deliver\": [{\"to\": \"one-place\", \"row\": \"tls\"}]}",
                "a.example.com",
                "b.example.com"))
        .singleElement()
        .matches(error -> error.field().equals("deliver[0].row"))
        .matches(error -> error.message().contains("put {domain} into it"));
  }

  @Test
  void onePlaceForTwoTargetsIsRejected() {
    String targets =
        """
        {"deliver": [{"to": "one-place", "row": "tls/{domain}"},\
         {"to": "one-place", "row": "tls/{domain}"},\
         {"to": "one-place@default", "row": "tls/a.example.com"}]}\
        """;

    assertThat(read(targets, "b.example.com")).hasSize(3);
    assertThat(errors(targets, "b.example.com", "a.example.com"))
        .filteredOn(error -> error.field().equals("deliver[2].to"))
        .singleElement()
        .matches(error -> error.message().contains("the same place as deliver[0]"));
  }

  @Test
  void aTargetThatIsGivenAgainIsNoted() {
    DeliverReader reader =
        reader(
            fields(
                """
                {"deliver": [{"to": "one-place", "row": "a"}, {"to": "one-place", "row": "a"},\
                 {"to": "one-place", "row": "b"}, {"to": "one-place@default", "row": "a"}]}\
                """),
            1,
            "a.example.com");
    reader.read(List.of("vendor"), Information.none());

    assertThat(reader.notes())
        .containsExactly(
            "deliver[1] is the same target as deliver[0]",
            "deliver[3] is the same target as deliver[0]");
  }

  @Test
  void hostsThatCouldNotBeLookedAtAreRejected() {
    String many =
        IntStream.range(0, 15).mapToObj("\"h%d.example.com\""::formatted).collect(joining(","));
    assertThat(
            errors(
                "{\"deliver\": [{\"to\": \"one-place\", \"row\": \"a\", \"serves\": [%1$s]}, {\"to\": \"one-place\", \"row\": \"b\", \"serves\": [%1$s]}]}"
                    .formatted(many),
                "a.example.com"))
        .extracting(FieldError::field)
        .containsExactly("deliver[1].serves");
    assertThat(
            errors(
                "{\"deliver\": [{\"to\": \"one-place\", \"row\": \"a\", \"serves\":"
                    + " [\"{domain}:7001\"]}]}",
                "*.example.com"))
        .extracting(FieldError::field)
        .containsExactly("deliver[0].serves");
  }

  @Test
  void whatIsRemovedIsSpeltRight() {
    Fields fields =
        fields(
            """
            {"remove": [{"to": "one-plac"}, {"to": "one-place@gone", "row": "tls"},\
             {"to": "one-place", "rwo": "tls"}]}\
            """);

    reader(fields, 1, "a.example.com").readRemoved("remove");

    assertThat(catchThrowableOfType(InvalidInput.class, fields::finish).errors())
        .extracting(FieldError::field)
        .containsExactly("remove[0].to", "remove[2].rwo");
  }

  @Test
  void onePlaceForSeveralProvidersIsRejected() {
    Fields fields = fields("{\"deliver\": [{\"to\": \"one-place\", \"row\": \"tls/{domain}\"}]}");

    reader(fields, 2, "a.example.com").read(List.of("vendor"), Information.none());

    assertThat(catchThrowableOfType(InvalidInput.class, fields::finish).errors())
        .singleElement()
        .matches(error -> error.field().equals("deliver[0].row"))
        .matches(error -> error.message().contains("strategy FIRST"));
  }

  @Test
  void anUnknownTargetIsReportedWithTheKnownOnes() {
    assertThat(
            errors("{\"deliver\": [{\"to\": \"one-plac\"}, {\"row\": \"x\"}, 7]}", "a.example.com"))
        .extracting(FieldError::field)
        .containsExactlyInAnyOrder("deliver[0].to", "deliver[1].to", "deliver[2]");
    assertThat(errors("{\"deliver\": [{\"to\": \"one-place\", \"rwo\": \"x\"}]}", "a.example.com"))
        .singleElement()
        .matches(error -> error.message().contains("row"));
  }

  @Test
  void theDefaultAccountCanBeNamed() {
    assertThat(
            read(
                "{\"deliver\": [{\"to\": \"one-place@default\", \"row\": \"x\"}]}",
                "a.example.com"))
        .containsExactly(new DeliveryTarget("one-place@default", Map.of("row", "x")));
    assertThat(
            errors("{\"deliver\": [{\"to\": \"one-place@b\", \"row\": \"x\"}]}", "a.example.com"))
        .singleElement()
        .matches(error -> error.message().startsWith("unknown \"one-place@b\""));
  }

  @Test
  void eachDomainsAccountNeedsItsKeysAndOptions() {
    Catalog catalog =
        Catalogs.of(
            List.of(new ScriptedProvider("vendor")),
            List.of(
                new ScriptedDeliverer("shelf"),
                new ScriptedDeliverer("shelf@b") {
                  @Override
                  public List<String> missing() {
                    return List.of("KEY_OF_B");
                  }
                }),
            new ScriptedZones(),
            List.of(Accounts.forDomains("b", "example.com")));
    String target = "{\"deliver\": [{\"to\": \"shelf\", \"row\": \"{domain}\"}]}";

    Fields other = fields(target);
    new DeliverReader(other, catalog, List.of(DomainName.parse("www.example.org")), 1)
        .read(List.of("vendor"), Information.none());
    other.finish();

    Fields both = fields(target);
    new DeliverReader(
            both,
            catalog,
            List.of(DomainName.parse("www.example.org"), DomainName.parse("www.example.com")),
            1)
        .read(List.of("vendor"), Information.none());
    assertThat(catchThrowableOfType(InvalidInput.class, both::finish).errors())
        .containsExactly(new FieldError("deliver[0].to", "shelf@b needs KEY_OF_B"));

    Fields ofOrders = fields(target);
    DeliverReader.ofOrders(ofOrders, catalog, 2).read(List.of(), Information.none());
    ofOrders.finish();
  }

  @Test
  void aTargetThatIsNoTextIsReportedOnce() {
    assertThat(errors("{\"deliver\": [{\"to\": [\"one-place\"]}]}", "a.example.com"))
        .containsExactly(new FieldError("deliver[0].to", "expected a string, got an array"));
  }

  @Test
  void anOptionIsNoLongerThanAnOrderCanKeep() {
    assertThat(
            errors(
                "{\"deliver\": [{\"to\": \"one-place\", \"row\": \"%s\"}]}"
                    .formatted("x".repeat(100_000)),
                "a.example.com"))
        .contains(
            new FieldError(
                "deliver[0].row",
                "is too long: it takes 100000 bytes, and there is room for 1024"));
  }

  @Test
  void aKeyThatStaysWithTheApplicantCannotBeDelivered() {
    Fields fields = fields("{\"deliver\": [{\"to\": \"one-place\", \"row\": \"x\"}]}");
    Information csr = new Information(null, null, null, "csr", null);

    reader(fields, 1, "a.example.com").read(List.of("vendor"), csr);

    assertThat(catchThrowableOfType(InvalidInput.class, fields::finish).errors())
        .singleElement()
        .matches(error -> error.message().contains("private key"));
  }

  @Test
  void whatCannotBeTakenOutOfAProviderCannotBeDelivered() {
    ScriptedProvider keeper = new ScriptedProvider("keeper");
    keeper.capabilities = EnumSet.complementOf(EnumSet.of(Capability.EXPORT_KEY));
    Fields fields = fields("{\"deliver\": [{\"to\": \"one-place\", \"row\": \"x\"}]}");

    new DeliverReader(
            fields,
            Catalogs.delivering(new ScriptedProvider("vendor"), keeper),
            List.of(DomainName.parse("a.example.com")),
            1)
        .read(List.of("keeper"), Information.none());

    assertThat(catchThrowableOfType(InvalidInput.class, fields::finish).errors())
        .containsExactly(
            new FieldError(
                "deliver", "the private keys of keeper cannot be taken out; those of vendor can"));
  }

  private static List<DeliveryTarget> read(String json, String... domains) {
    Fields fields = fields(json);
    List<DeliveryTarget> targets =
        reader(fields, 1, domains).read(List.of("vendor"), Information.none());
    fields.finish();
    return targets;
  }

  private static List<FieldError> errors(String json, String... domains) {
    return catchThrowableOfType(InvalidInput.class, () -> read(json, domains)).errors();
  }

  private static DeliverReader reader(Fields fields, int certificatesEach, String... domains) {
    return new DeliverReader(
        fields,
        Catalogs.delivering(new ScriptedProvider("vendor")),
        Stream.of(domains).map(DomainName::parse).toList(),
        certificatesEach);
  }

  private static Fields fields(String json) {
    return Fields.of(StrictJson.parse(json));
  }
}
