package dev.polycert.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

class SandboxDnsTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox(Map.of());

  @Test
  void answersWhatWasSetInAnyCaseWithAuthority() throws IOException {
    set("_Check.www.example.com", "TXT", "token\\\"1\\\"");

    Message answer = ask("_CHECK.WWW.example.COM", Type.TXT, resolver());

    assertThat(answer.getHeader().getFlag(Flags.AA)).isTrue();
    assertThat(texts(answer)).containsExactly("token\"1\"");
  }

  @Test
  void tellsAMissingNameFromAMissingType() throws IOException {
    set("a.b.example.com", "TXT", "x");

    Message noName = ask("c.example.com", Type.TXT, resolver());
    Message noType = ask("a.b.example.com", Type.CNAME, resolver());
    Message emptyNonTerminal = ask("b.example.com", Type.TXT, resolver());

    assertThat(noName.getRcode()).isEqualTo(Rcode.NXDOMAIN);
    assertThat(noType.getRcode()).isEqualTo(Rcode.NOERROR);
    assertThat(emptyNonTerminal.getRcode()).isEqualTo(Rcode.NOERROR);
    assertThat(List.of(noName, noType, emptyNonTerminal))
        .allSatisfy(
            answer -> {
              assertThat(answer.getSection(Section.ANSWER)).isEmpty();
              assertThat(answer.getSection(Section.AUTHORITY))
                  .singleElement()
                  .returns(Type.SOA, Record::getType)
                  .returns(Name.fromConstantString("example.com."), Record::getName);
            });
  }

  @Test
  void isTheNameServerOfEveryRegistrableDomain() throws IOException {
    assertThat(ask("example.com.cn", Type.NS, resolver()).getSection(Section.ANSWER))
        .singleElement()
        .isInstanceOfSatisfying(
            NSRecord.class, ns -> assertThat(ns.getTarget()).hasToString("ns.sandbox.test."));
    assertThat(ask("example.com", Type.SOA, resolver()).getSection(Section.ANSWER)).hasSize(1);
    assertThat(ask("www.example.com.cn", Type.NS, resolver()).getSection(Section.ANSWER)).isEmpty();
    assertThat(ask("ns.sandbox.test", Type.A, resolver()).getSection(Section.ANSWER)).hasSize(1);
  }

  @Test
  void followsCnames() throws IOException {
    set("_dnsauth.example.com", "CNAME", "proof.other.test.");
    set("proof.other.test", "TXT", "there");

    Message answer = ask("_dnsauth.example.com", Type.TXT, resolver());

    assertThat(answer.getSection(Section.ANSWER)).hasSize(2);
    assertThat(answer.getSection(Section.ANSWER).getFirst())
        .isInstanceOfSatisfying(
            CNAMERecord.class,
            cname -> assertThat(cname.getTarget()).hasToString("proof.other.test."));
    assertThat(texts(answer)).containsExactly("there");
  }

  @Test
  void truncatesOverUdpAndServesLongTextsOverTcp() throws IOException {
    String longText = "0123456789".repeat(100);
    set("long.example.com", "TXT", longText);
    SimpleResolver udp = resolver();
    udp.setIgnoreTruncation(true);
    udp.setEDNS(-1);
    SimpleResolver tcp = resolver();
    tcp.setTCP(true);

    Message truncated = ask("long.example.com", Type.TXT, udp);
    Message whole = ask("long.example.com", Type.TXT, tcp);

    assertThat(truncated.getHeader().getFlag(Flags.TC)).isTrue();
    assertThat(whole.getHeader().getFlag(Flags.TC)).isFalse();
    assertThat(((TXTRecord) whole.getSection(Section.ANSWER).getFirst()).getStrings())
        .hasSize(4)
        .allSatisfy(part -> assertThat(part).hasSizeLessThanOrEqualTo(255));
    assertThat(texts(whole)).containsExactly(longText);
  }

  @Test
  void refusesDomainsThatTheAccountsDoNotOwn() throws IOException {
    SANDBOX.control("PUT", "settings", "{\"domains\":[\"owned.test\"]}");

    assertThat(ask("www.example.com", Type.TXT, resolver()).getRcode()).isEqualTo(Rcode.REFUSED);
    assertThat(ask("www.owned.test", Type.TXT, resolver()).getRcode()).isEqualTo(Rcode.NXDOMAIN);
  }

  private static void set(String name, String type, String value) {
    SANDBOX.control(
        "PUT",
        "dns",
        "{\"name\":\"%s\",\"type\":\"%s\",\"value\":\"%s\"}".formatted(name, type, value));
  }

  private static SimpleResolver resolver() {
    return new SimpleResolver(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), SANDBOX.server().dnsPort()));
  }

  private static Message ask(String name, int type, SimpleResolver resolver) throws IOException {
    return resolver.send(
        Message.newQuery(Record.newRecord(Name.fromString(name, Name.root), type, DClass.IN)));
  }

  private static List<String> texts(Message answer) {
    return answer.getSection(Section.ANSWER).stream()
        .filter(TXTRecord.class::isInstance)
        .map(record -> ((TXTRecord) record).getStringsAsByteArrays())
        .map(
            parts -> parts.stream().map(String::new).collect(java.util.stream.Collectors.joining()))
        .toList();
  }
}
