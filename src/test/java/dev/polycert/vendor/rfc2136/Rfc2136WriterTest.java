package dev.polycert.vendor.rfc2136;

import static dev.polycert.dns.WriterTesting.txt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Answer;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.HttpTesting;
import dev.polycert.call.NamedAccount;
import dev.polycert.call.VendorError;
import dev.polycert.dns.DnsRecord;
import dev.polycert.dns.KnotServer;
import dev.polycert.dns.WriterConfig;
import dev.polycert.dns.WriterSteps;
import dev.polycert.dns.WriterTesting;
import dev.polycert.domain.DnsNames;
import dev.polycert.testing.RequiresPrograms;
import dev.polycert.testing.Resources;
import dev.polycert.whole.secrecy.LeakWatch;
import dev.polycert.whole.secrecy.Needles;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.mutiny.Uni;
import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Against Knot DNS. */
@RequiresPrograms("knotd")
class Rfc2136WriterTest {
  private static final String ZONE = "example.com";
  @RegisterExtension static final Resources RESOURCES = new Resources();
  private static KnotServer knot;

  private final WriterSteps steps = new WriterSteps(writer(Map.of()), ZONE);

  @BeforeAll
  static void start() {
    knot = RESOURCES.add(KnotServer.start(ZONE));
  }

  private static Rfc2136Writer writer(Map<String, String> others) {
    Map<String, String> settings = new HashMap<>();
    settings.put("polycert.dns-writer.\"rfc2136\".endpoint", knot.endpoint().toString());
    settings.put("RFC2136_TSIG_NAME", KnotServer.KEY_NAME);
    settings.put("RFC2136_TSIG_SECRET", KnotServer.KEY_SECRET);
    settings.put("polycert.http.backoff", "1ms");
    settings.put("polycert.http.attempts", "2");
    settings.putAll(others);
    SmallRyeConfig config = WriterTesting.config(settings);
    return new Rfc2136Writer(
        config,
        config.getConfigMapping(WriterConfig.class),
        HttpTesting.calls(config, Clock.systemUTC()),
        Clock.systemUTC());
  }

  @Test
  void whatIsCreatedIsServedAndFoundUntilItIsRemoved() {
    DnsRecord record = txt("_acme-challenge.life.example.com", "token");

    assertThat(steps.find(record)).isEmpty();
    String id = steps.create(record);
    assertThat(knot.records(record.name(), "TXT")).containsExactly("token");
    assertThat(steps.find(record)).contains(id);

    assertThat(steps.remove(record, id)).isTrue();
    assertThat(knot.records(record.name(), "TXT")).isEmpty();
    assertThat(steps.remove(record, id)).isFalse();
    assertThat(steps.intents()).containsExactly("Add", "Delete");
  }

  @Test
  void whatIsSetWronglyIsNamedAtTheStart() {
    assertThat(writer(Map.of()).wrongSettings()).isEmpty();
    assertThat(
            writer(
                    Map.of(
                        "polycert.dns-writer.\"rfc2136\".endpoint", "https://ns1.example.net",
                        "RFC2136_TSIG_NAME", "a key",
                        "RFC2136_TSIG_SECRET", "no/canary!",
                        "RFC2136_TSIG_ALGORITHM", "sha256"))
                .wrongSettings())
        .hasSize(4)
        .noneMatch(text -> text.contains("canary"))
        .anyMatch(text -> text.startsWith("RFC2136_TSIG_NAME must be a DNS name, not 'a key'"))
        .anyMatch(text -> text.startsWith("RFC2136_TSIG_SECRET must be base64"))
        .anyMatch(text -> text.startsWith("RFC2136_TSIG_ALGORITHM must be one of hmac-sha256"))
        .anyMatch(
            text ->
                text.startsWith("POLYCERT_DNS_WRITER__RFC2136__ENDPOINT is dns://host")
                    && text.endsWith("not https://ns1.example.net"));
  }

  @Test
  void anAccountWritesItsOwnServerWithItsOwnKey() {
    NamedAccount own =
        new NamedAccount(
            "b",
            "rfc2136",
            List.of(),
            List.of(ZONE),
            List.of(),
            Optional.of(URI.create(knot.endpoint().toString())));
    Map<String, String> settings =
        Map.of(
            "polycert.dns-writer.\"rfc2136\".endpoint",
            "dns://192.0.2.1",
            "RFC2136_TSIG_NAME",
            "nobodys-key",
            "POLYCERT_ACCOUNT__B__RFC2136_TSIG_NAME",
            KnotServer.KEY_NAME,
            "POLYCERT_ACCOUNT__B__RFC2136_TSIG_SECRET",
            KnotServer.KEY_SECRET);
    Rfc2136Writer writer = own.making(() -> writer(settings));
    DnsRecord record = txt("_acme-challenge.account.example.com", "token");

    new WriterSteps(writer, ZONE).create(record);

    assertThat(writer.id()).isEqualTo("rfc2136@b");
    assertThat(knot.records(record.name(), "TXT")).containsExactly("token");
  }

  @Test
  void saysWhereANamePoints() {
    knot.add(ZONE, "_acme-challenge.points.example.com", "CNAME", "x.acme.example.net.");

    assertThat(steps.alias("_acme-challenge.points.example.com"))
        .hasValueSatisfying(
            target -> assertThat(DnsNames.same(target, "x.acme.example.net")).isTrue());
    assertThat(steps.alias("_acme-challenge.none.example.com")).isEmpty();
    assertThat(steps.alias("ns.example.com")).isEmpty();
    assertThat(steps.intents()).isEmpty();
  }

  @Test
  void theSecretIsNotLoggedWhateverTheServerSays() {
    Needles needles = Needles.of(List.of(KnotServer.KEY_SECRET));
    DnsRecord record = txt("_acme-challenge.quiet.example.com", "token");
    WriterSteps unknown = new WriterSteps(writer(Map.of("RFC2136_TSIG_NAME", "nobodys-key")), ZONE);
    WriterSteps malformed =
        new WriterSteps(writer(Map.of("RFC2136_TSIG_SECRET", KnotServer.KEY_SECRET + "!")), ZONE);
    try (LeakWatch watch = new LeakWatch(needles::in, line -> true)) {
      steps.remove(record, steps.create(record));
      String told = unknown.refused(record) + " " + malformed.refused(record);
      Logger.getLogger(Rfc2136WriterTest.class).trace("the log is watched");

      assertThat(needles.in(told)).as(told).isFalse();
      assertThat(watch.leaks()).isEmpty();
      assertThat(watch.seen()).isPositive();
    }
  }

  @Test
  void severalTextsAtOneNameStandSideBySideAndEachGoesAlone() {
    String name = "_acme-challenge.several.example.com";
    knot.add(ZONE, name, "TXT", "\"of somebody else\"");

    steps.create(txt(name, "first"));
    steps.create(txt(name, "second"));
    steps.create(txt(name, "second"));
    assertThat(knot.records(name, "TXT"))
        .containsExactlyInAnyOrder("of somebody else", "first", "second");

    assertThat(steps.remove(txt(name, "first"), null)).isTrue();
    assertThat(knot.records(name, "TXT")).containsExactlyInAnyOrder("of somebody else", "second");
  }

  @Test
  void theOthersKeepTheirTimeToLive() {
    String name = "_acme-challenge.ttl.example.com";
    knot.add(ZONE, name, "TXT", "\"of somebody else\"");

    steps.create(txt(name, "ours"));

    assertThat(knot.timesToLive(name, "TXT")).containsExactly(300L, 300L);
  }

  @Test
  void aTextIsTakenToTheLetter() {
    String value = "a\"b\\c; d" + "x".repeat(300);
    DnsRecord record = txt("_letters.example.com", value);

    steps.create(record);

    assertThat(steps.find(record)).isPresent();
    assertThat(steps.find(txt(record.name(), value + "x"))).isEmpty();
    assertThat(steps.remove(record, null)).isTrue();
    assertThat(knot.records(record.name(), "TXT")).isEmpty();
  }

  @Test
  void aCnameIsCreatedButNeverInPlaceOfAnother() {
    DnsRecord record =
        new DnsRecord("_acme-challenge.alias.example.com", "CNAME", "one.example.net");

    steps.create(record);
    assertThat(knot.records(record.name(), "CNAME")).containsExactly("one.example.net.");

    VendorError error = steps.refused(new DnsRecord(record.name(), "CNAME", "two.example.net"));
    assertThat(error.code()).isEqualTo("YXDOMAIN");
    assertThat(error.errorClass()).isEqualTo(ErrorClass.FINAL);
    assertThat(knot.records(record.name(), "CNAME")).containsExactly("one.example.net.");
  }

  @Test
  void aTextIsNotLostBesideACname() {
    String name = "_acme-challenge.taken.example.com";
    knot.add(ZONE, name, "CNAME", "elsewhere.example.net.");

    assertThat(steps.refused(txt(name, "token")).code()).isEqualTo("YXRRSET");
  }

  @Test
  void aWrongSecretIsToldFromAnUnknownKey() {
    DnsRecord record = txt("_acme-challenge.key.example.com", "token");

    VendorError wrongSecret =
        new WriterSteps(writer(Map.of("RFC2136_TSIG_SECRET", "d3Jvbmc=")), ZONE).refused(record);
    VendorError unknownKey =
        new WriterSteps(writer(Map.of("RFC2136_TSIG_NAME", "nobody")), ZONE).refused(record);

    assertThat(wrongSecret.code()).isEqualTo("BADSIG");
    assertThat(unknownKey.code()).isEqualTo("BADKEY");
    assertThat(List.of(wrongSecret, unknownKey))
        .allMatch(error -> error.errorClass() == ErrorClass.CREDENTIALS);
    assertThat(knot.records(record.name(), "TXT")).isEmpty();
  }

  @Test
  void settingsThatAreNoneAreRefusedWithoutTheSecret() {
    DnsRecord record = txt("_acme-challenge.settings.example.com", "token");

    assertThat(
            new WriterSteps(writer(Map.of("RFC2136_TSIG_SECRET", "no/base64!")), ZONE)
                .refused(record)
                .message())
        .contains("RFC2136_TSIG_SECRET")
        .doesNotContain("no/base64");
    assertThat(
            new WriterSteps(writer(Map.of("RFC2136_TSIG_ALGORITHM", "rot13")), ZONE)
                .refused(record)
                .message())
        .contains("RFC2136_TSIG_ALGORITHM");
    assertThat(
            new WriterSteps(
                    writer(Map.of("polycert.dns-writer.\"rfc2136\".endpoint", "http://127.0.0.1")),
                    ZONE)
                .refused(record)
                .message())
        .contains("dns://");
  }

  @Test
  void aZoneThatIsNotServedIsRefused() {
    WriterSteps others = new WriterSteps(writer(Map.of()), "example.net");

    VendorError error = others.refused(txt("_acme-challenge.example.net", "token"));

    assertThat(error.code()).isIn("NOTAUTH", "REFUSED");
    assertThat(error.errorClass()).isIn(ErrorClass.FINAL, ErrorClass.CREDENTIALS);
  }

  @Test
  void aServerThatIsDownIsAskedAgainLater() {
    KnotServer down = KnotServer.start("down.example");
    down.close();
    Rfc2136Writer writer =
        writer(Map.of("polycert.dns-writer.\"rfc2136\".endpoint", down.endpoint().toString()));

    Object outcome =
        new WriterSteps(writer, "down.example").failed(txt("_a.down.example", "token"));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Failure.Refused.class,
            refused -> assertThat(refused.error().errorClass()).isEqualTo(ErrorClass.RETRY));
  }

  @Test
  void fiftyRecordsAreCreatedAtOnce() {
    Rfc2136Writer writer = writer(Map.of());
    String name = "_acme-challenge.many.example.com";

    List<Uni<Answer<String>>> creations =
        IntStream.range(0, 50)
            .mapToObj(i -> writer.create(ZONE, txt(name, "token" + i), steps.context()))
            .toList();
    List<Answer<String>> results = Uni.join().all(creations).andFailFast().await().indefinitely();

    assertThat(results).allMatch(Answer.Success.class::isInstance);
    assertThat(knot.records(name, "TXT"))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 50).mapToObj(i -> "token" + i).toList());
  }

  @Test
  void withoutSettingsItNamesTheVariables() {
    SmallRyeConfig config = WriterTesting.config(Map.of());
    Rfc2136Writer writer =
        new Rfc2136Writer(
            config,
            config.getConfigMapping(WriterConfig.class),
            HttpTesting.calls(config, Clock.systemUTC()),
            Clock.systemUTC());

    assertThat(writer.missing())
        .containsExactlyInAnyOrder(
            "POLYCERT_DNS_WRITER__RFC2136__ENDPOINT", "RFC2136_TSIG_NAME", "RFC2136_TSIG_SECRET");
  }
}
