package dev.polycert.vendor.nameserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.dns.DnsRecord;
import dev.polycert.vault.TestVault;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** What the name server says, and what it refuses to say. */
class NameAnswersTest {
  static final String ZONE = "acme.example.net";

  private final ZoneRecords records = new ZoneRecords(new TestVault.Memory());
  private final NameAnswers answers =
      new NameAnswers(
          List.of(ZONE),
          List.of("ns1.example.net", "ns2.example.net"),
          records,
          Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

  @Test
  void aTextIsAnsweredByAuthorityUnderTheNameAsItWasAsked() throws IOException {
    add("a.acme.example.net", "TXT", "one");
    add("a.acme.example.net", "TXT", "two");

    Message answer = ask("A.acme.EXAMPLE.net", Type.TXT);

    assertThat(shown(answer, Section.ANSWER))
        .containsExactly("A.acme.EXAMPLE.net. TXT one", "A.acme.EXAMPLE.net. TXT two");
    assertThat(answer.getHeader().getFlag(Flags.AA)).isTrue();
    assertThat(answer.getHeader().getFlag(Flags.RA)).as("no recursion").isFalse();
  }

  @Test
  void cnamesAreFollowedWithinTheZone() throws IOException {
    add("a.acme.example.net", "CNAME", "b.acme.example.net");
    add("b.acme.example.net", "TXT", "one");
    add("c.acme.example.net", "CNAME", "elsewhere.example.org");
    add("d.acme.example.net", "CNAME", "d.acme.example.net");

    assertThat(shown(ask("a.acme.example.net", Type.TXT), Section.ANSWER))
        .containsExactly(
            "a.acme.example.net. CNAME b.acme.example.net.", "b.acme.example.net. TXT one");
    assertThat(shown(ask("c.acme.example.net", Type.TXT), Section.ANSWER))
        .containsExactly("c.acme.example.net. CNAME elsewhere.example.org.");
    assertThat(shown(ask("a.acme.example.net", Type.CNAME), Section.ANSWER)).hasSize(1);
    assertThat(ask("d.acme.example.net", Type.TXT).getSection(Section.ANSWER))
        .as("a circle ends")
        .hasSizeLessThan(10);
  }

  @ParameterizedTest
  @CsvSource({
    "none.acme.example.net, TXT, NXDOMAIN, true",
    "b.acme.example.net, TXT, NOERROR, true", // a name above another one exists (RFC 8020)
    "a.b.acme.example.net, A, NOERROR, true",
    "acme.example.net, TXT, NOERROR, true",
    "example.net, TXT, REFUSED, false",
    "notacme.example.net, TXT, REFUSED, false",
    "example.com, A, REFUSED, false",
    "acme.example.net, AXFR, REFUSED, false",
    "acme.example.net, IXFR, REFUSED, false"
  })
  void whatIsNotThereIsDeniedAndWhatIsNotOursIsRefused(
      String name, String type, String code, boolean authority) throws IOException {
    add("a.b.acme.example.net", "TXT", "one");

    Message answer = ask(name, Type.value(type));

    assertThat(Rcode.string(answer.getRcode())).isEqualTo(code);
    assertThat(answer.getSection(Section.ANSWER)).isEmpty();
    assertThat(answer.getHeader().getFlag(Flags.AA)).isEqualTo(authority);
    assertThat(answer.getSection(Section.AUTHORITY).stream().map(Record::getType))
        .isEqualTo(authority ? List.of(Type.SOA) : List.of());
    // A record that comes in the next moment must be seen in the next moment.
    assertThat(answer.getSection(Section.AUTHORITY)).allMatch(soa -> soa.getTTL() <= 5);
  }

  @Test
  void theZoneNamesItsServers() throws IOException {
    assertThat(shown(ask(ZONE, Type.NS), Section.ANSWER))
        .containsExactly(
            "acme.example.net. NS ns1.example.net.", "acme.example.net. NS ns2.example.net.");
    assertThat(ask(ZONE, Type.SOA).getSection(Section.ANSWER)).hasSize(1);
    assertThat(ask(ZONE, Type.ANY).getSection(Section.ANSWER)).as("one kind").hasSize(1);
  }

  @Test
  void whatDoesNotFitADatagramSaysSoAndComesByTcp() throws IOException {
    for (int i = 0; i < 40; i++) {
      add("a.acme.example.net", "TXT", ("value-" + i + "-").repeat(10));
    }
    byte[] plain = query("a.acme.example.net", Type.TXT).toWire();
    Message extended = query("a.acme.example.net", Type.TXT);
    extended.addRecord(new OPTRecord(65_000, 0, 0), Section.ADDITIONAL);

    assertThat(answers.answer(plain, true).orElseThrow()).hasSizeLessThanOrEqualTo(512);
    assertThat(answers.answer(extended.toWire(), true).orElseThrow())
        .hasSizeLessThanOrEqualTo(1232);
    Message cut = new Message(answers.answer(plain, true).orElseThrow());
    assertThat(cut.getHeader().getFlag(Flags.TC)).isTrue();
    Message whole = new Message(answers.answer(plain, false).orElseThrow());
    assertThat(whole.getSection(Section.ANSWER)).hasSize(40);
    assertThat(answers.cut(plain).orElseThrow())
        .as("to a flood nothing larger than its question")
        .hasSizeLessThanOrEqualTo(plain.length);
  }

  @Test
  void otherVersionsOpcodesAndAnswersAreToldOrLeftAlone() throws IOException {
    Message version = query(ZONE, Type.SOA);
    version.addRecord(new OPTRecord(1232, 0, 1), Section.ADDITIONAL);
    assertThat(Rcode.string(reply(version).getRcode())).isEqualTo("BADVERS");

    Message update = query(ZONE, Type.SOA);
    update.getHeader().setOpcode(Opcode.UPDATE);
    assertThat(reply(update).getRcode()).isEqualTo(Rcode.NOTIMP);

    Message two = query(ZONE, Type.SOA);
    two.addRecord(two.getQuestion(), Section.QUESTION);
    assertThat(reply(two).getRcode()).isEqualTo(Rcode.FORMERR);

    Message answer = query(ZONE, Type.SOA);
    answer.getHeader().setFlag(Flags.QR);
    assertThat(answers.answer(answer.toWire(), true))
        .as("else two servers talk for ever")
        .isEmpty();
    assertThat(answers.answer(new byte[11], true)).isEmpty();
  }

  @Test
  void recordsAreThereAfterARestart() {
    TestVault.Memory store = new TestVault.Memory();
    ZoneRecords before = new ZoneRecords(store);
    before.add(new DnsRecord("a." + ZONE, "TXT", "one two \"three\"\n")).await().indefinitely();
    before.add(new DnsRecord("a." + ZONE, "TXT", "gone")).await().indefinitely();
    before.remove(new DnsRecord("a." + ZONE, "TXT", "gone")).await().indefinitely();

    ZoneRecords after = new ZoneRecords(store);
    after.load().await().indefinitely();

    assertThat(after.at("a." + ZONE))
        .containsExactly(new DnsRecord("a." + ZONE, "TXT", "one two \"three\"\n"));
  }

  private void add(String name, String type, String value) {
    records.add(new DnsRecord(name, type, value)).await().indefinitely();
  }

  private Message ask(String name, int type) throws IOException {
    return reply(query(name, type));
  }

  private Message reply(Message query) throws IOException {
    return new Message(answers.answer(query.toWire(), true).orElseThrow());
  }

  static Message query(String name, int type) throws IOException {
    return Message.newQuery(Record.newRecord(Name.fromString(name, Name.root), type, DClass.IN));
  }

  private static List<String> shown(Message message, int section) {
    return message.getSection(section).stream()
        .map(it -> it.getName() + " " + Type.string(it.getType()) + " " + it.rdataToString())
        .toList();
  }
}
