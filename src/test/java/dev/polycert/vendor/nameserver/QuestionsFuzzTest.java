package dev.polycert.vendor.nameserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.dns.DnsRecord;
import dev.polycert.vault.TestVault;
import dev.polycert.whole.fuzz.Cases;
import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Whatever the name server is asked, it answers in a datagram that can be read, or not at all. */
class QuestionsFuzzTest {
  private static final Cases CASES = new Cases(QuestionsFuzzTest.class, 65_535);
  private static final int TRIES = 50;

  private final NameAnswers answers = answers();

  private static NameAnswers answers() {
    ZoneRecords records = new ZoneRecords(new TestVault.Memory());
    for (int i = 0; i < 30; i++) {
      records.add(new DnsRecord("a.acme.example.net", "TXT", "value-" + i)).await().indefinitely();
    }
    records
        .add(new DnsRecord("b.acme.example.net", "CNAME", "a.acme.example.net"))
        .await()
        .indefinitely();
    return new NameAnswers(
        List.of("acme.example.net"), List.of("ns1.example.net"), records, Clock.systemUTC());
  }

  @AfterContainer
  static void tell() throws IOException {
    CASES.tell();
  }

  @Property(seed = "47", shrinking = ShrinkingMode.OFF)
  void everyQuestionIsAnsweredInBoundsOrNotAtAll(@ForAll long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    for (String name : List.of("a.acme.example.net", "b.acme.example.net", "x.example.org")) {
      Message query = NameAnswersTest.query(name, random.nextInt(300) + 1);
      if (random.nextBoolean()) {
        query.addRecord(
            new OPTRecord(random.nextInt(65_536), 0, random.nextInt(3)), Section.ADDITIONAL);
      }
      for (int i = 0; i < TRIES; i++) {
        byte[] wire = query.toWire();
        for (int changes = random.nextInt(4); changes > 0; changes--) {
          wire[random.nextInt(wire.length)] = (byte) random.nextInt(256);
        }
        byte[] sent =
            random.nextInt(5) == 0 ? Arrays.copyOf(wire, random.nextInt(2 * wire.length)) : wire;
        CASES.of(
            sent.length,
            () -> {
              check(sent);
              return sent;
            });
      }
    }
  }

  private void check(byte[] sent) {
    answers.answer(sent, true).ifPresent(answer -> check(sent, answer, 1232));
    answers.answer(sent, false).ifPresent(answer -> check(sent, answer, 65_535));
    answers.cut(sent).ifPresent(answer -> check(sent, answer, 512));
  }

  private static void check(byte[] sent, byte[] answer, int most) {
    assertThat(answer).hasSizeLessThanOrEqualTo(most);
    try {
      Message read = new Message(answer);
      assertThat(read.getHeader().getFlag(Flags.QR)).isTrue();
      assertThat(read.getHeader().getFlag(Flags.RA)).isFalse();
      assertThat(read.getHeader().getID()).isEqualTo((sent[0] & 0xff) << 8 | (sent[1] & 0xff));
      assertThat(read.getSection(Section.ANSWER))
          .allMatch(it -> List.of(Type.TXT, Type.CNAME, Type.NS, Type.SOA).contains(it.getType()));
    } catch (IOException unreadable) {
      throw new AssertionError("an answer that cannot be read", unreadable);
    }
  }
}
