package dev.polycert.look;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.domain.DomainName;
import dev.polycert.domain.Finding;
import dev.polycert.domain.Issuer;
import dev.polycert.domain.Obstacle;
import dev.polycert.whole.fuzz.Cases;
import dev.polycert.whole.fuzz.Mutator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CAARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSECRecord;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/** Whatever a DNS server answers, a look ends in a finding that is no flood. */
class DnsAnswersFuzzTest {
  /** A chain may lead in circles for ever; a test may not. */
  private static final int MOST_QUESTIONS = 200;

  private static final Cases CASES = new Cases(DnsAnswersFuzzTest.class, 60_000);

  @AfterContainer
  static void tell() throws IOException {
    CASES.tell();
  }

  @Property(seed = "43", shrinking = ShrinkingMode.OFF)
  void everyAnswerIsAFinding(@ForAll long seed) {
    LookFixture.Dns dns = LookFixture.Dns.resolver("192.0.2.1", 53);
    for (String type : List.of("TXT", "CNAME")) {
      HostileServers servers = new HostileServers(dns, seed);
      RecursiveResolver resolver = new RecursiveResolver(dns, servers);
      DnsLook look =
          new DnsLook(
              new ZoneFinder(dns, resolver, new PublicAddresses(new LookFixture.Reach(true, 80))),
              servers);

      Finding finding =
          CASES.of(
              () -> servers.answered,
              () -> look.look("_dnsauth.www.example.com", type, "v", LookFixture.soon()));

      assertThat(servers.asked).as("questions for one look").isLessThan(MOST_QUESTIONS);
      assertThat((long) finding.toString().length()).isLessThan(20_000 + 4 * servers.answered);
      servers.answered = 0;
      assertThat(
              CASES.of(
                  () -> servers.answered,
                  () -> look.alias("_acme-challenge.www.example.com", LookFixture.soon())))
          .isNotNull();
    }
  }

  @Property(seed = "47", tries = 500, shrinking = ShrinkingMode.OFF)
  void everyAnswerIsAnObstacleOrNone(@ForAll long seed) {
    LookFixture.Dns dns = LookFixture.Dns.resolver("192.0.2.1", 53);
    HostileServers servers = new HostileServers(dns, seed);
    RecursiveResolver resolver = new RecursiveResolver(dns, servers);
    ZoneFinder finder =
        new ZoneFinder(dns, resolver, new PublicAddresses(new LookFixture.Reach(true, 80)));
    DomainName domain = DomainName.parse("*.www.example.com");
    Issuer issuer = Issuer.ofAcme(List.of("ca.example"), "https://ca.example/1", "dns-01");

    for (Optional<Obstacle> obstacle :
        List.of(
            CASES.of(
                () -> servers.answered,
                () ->
                    new CaaLook(resolver, finder, servers, LookFixture.CLOCK)
                        .look(domain, issuer, LookFixture.soon())),
            CASES.of(
                () -> servers.answered,
                () ->
                    new DnssecLook(resolver, finder, servers, LookFixture.CLOCK)
                        .look(domain.base(), LookFixture.soon())))) {
      assertThat(obstacle.map(Obstacle::text).orElse("").length()).isLessThan(5_000);
    }
    assertThat(servers.asked).as("questions for two looks").isLessThan(MOST_QUESTIONS);
  }

  private static final class HostileServers extends DnsQuestions {
    private final Mutator mutator;
    private final SplittableRandom random;
    private int asked;
    private long answered;

    HostileServers(DnsConfig config, long seed) {
      super(config, LookFixture.CLOCK);
      random = new SplittableRandom(seed);
      mutator = new Mutator(random);
    }

    @Override
    DnsReply askResolver(InetSocketAddress server, Name name, int type, Instant deadline) {
      return answer(name, type);
    }

    @Override
    DnsReply askAuthority(InetSocketAddress server, Name name, int type, Instant deadline) {
      return answer(name, type);
    }

    @Override
    DnsReply askUnchecked(InetSocketAddress server, Name name, int type, Instant deadline) {
      return answer(name, type);
    }

    @Override
    DnsReply askSigned(Zone zone, Zone.Server server, Name name, int type, Instant deadline) {
      return answer(name, type);
    }

    private synchronized DnsReply answer(Name name, int type) {
      asked++;
      if (asked > MOST_QUESTIONS) {
        return DnsReply.Failure.silent("has been asked too often");
      }
      try {
        byte[] valid = valid(name, type).toWire();
        byte[] wire = random.nextInt(3) == 0 ? valid : mutator.bytes(valid);
        answered += wire.length;
        return new DnsReply.Answer(new Message(wire));
      } catch (IOException malformed) {
        return DnsReply.Failure.silent("answers malformed");
      }
    }

    private Message valid(Name name, int type) throws IOException {
      Message message = Message.newQuery(Record.newRecord(name, type, DClass.IN));
      message.getHeader().setFlag(Flags.QR);
      message.getHeader().setFlag(Flags.AA);
      Name zone = Name.fromConstantString("example.com.");
      Name other = mutator.pick(List.of(name, zone, Name.root, Name.fromConstantString("a.b.")));
      List<Record> records = new ArrayList<>();
      records.add(new TXTRecord(name, DClass.IN, 60, List.of("v", "w")));
      records.add(new CNAMERecord(name, DClass.IN, 60, other));
      records.add(new NSRecord(zone, DClass.IN, 60, Name.fromConstantString("ns1.example.com.")));
      records.add(new SOARecord(zone, DClass.IN, 60, other, other, 1, 2, 3, 4, 5));
      records.add(new ARecord(other, DClass.IN, 60, InetAddress.ofLiteral("192.0.2.7")));
      records.add(new CAARecord(name, DClass.IN, 60, 128, "issue", "ca.example; accounturi=1"));
      records.add(new DSRecord(name, DClass.IN, 60, 1, 13, 2, new byte[32]));
      records.add(new DNSKEYRecord(name, DClass.IN, 60, 257, 3, 13, new byte[64]));
      records.add(new NSECRecord(name, DClass.IN, 60, other, new int[] {Type.A, Type.RRSIG}));
      Instant now = LookFixture.CLOCK.instant();
      records.add(
          new RRSIGRecord(
              name, DClass.IN, 60, type, 13, 60, now.plusSeconds(60), now, 1, zone, new byte[64]));
      for (Record record : records) {
        boolean asked = record.getType() == type && random.nextInt(4) != 0;
        if (asked || random.nextInt(4) == 0) {
          message.addRecord(record, mutator.pick(List.of(Section.ANSWER, Section.AUTHORITY)));
        }
      }
      return message;
    }
  }
}
