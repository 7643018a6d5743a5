package dev.polycert.look;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Name;

class HttpTargetsTest {
  private static final ValidationConfig STRICT = new LookFixture.Reach(false, 80);
  private static final LookFixture.Dns DNS = LookFixture.Dns.servers("192.0.2.1");

  /** The answers of a name server that its owner changes from one question to the next. */
  private final List<List<String>> answers = new ArrayList<>();

  private final HttpTargets targets =
      new HttpTargets(STRICT, new Rebinding(), new PublicAddresses(STRICT));

  @Test
  void ofANamesAddressesOnlyThePublicOnesAreGoneTo() {
    answers.add(List.of("10.0.0.1", "93.184.216.34", "169.254.169.254", "::1"));

    assertThat(addresses("http://rebind.example.com/")).containsExactly("93.184.216.34");
  }

  /** The connection goes to an address that was checked: nobody asks for the name again. */
  @Test
  void aNameIsResolvedOnceAndThatAnswerIsUsed() {
    answers.add(List.of("93.184.216.34"));
    answers.add(List.of("127.0.0.1"));

    assertThat(addresses("http://rebind.example.com/")).containsExactly("93.184.216.34");
    assertThat(answers).hasSize(1);
    assertThat(targets.of("http://rebind.example.com/", LookFixture.soon()))
        .isInstanceOf(HttpTarget.Refused.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1/",
        "http://127.1/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://0.0.0.0/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[fe80::1]/",
        "http://[fd00:ec2::254]/",
        "http://192.168.0.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://user@127.0.0.1/",
        "http://127.0.0.1:22/",
        "file:///etc/passwd",
        "gopher://127.0.0.1/"
      })
  void noSpellingLeadsToThisMachineOrItsNetworks(String url) {
    assertThat(targets.of(url, LookFixture.soon())).isInstanceOf(HttpTarget.Refused.class);
  }

  private Stream<String> addresses(String url) {
    return ((HttpTarget.Reachable) targets.of(url, LookFixture.soon()))
        .addresses().stream().map(InetAddress::getHostAddress);
  }

  private final class Rebinding extends RecursiveResolver {
    Rebinding() {
      super(DNS, new DnsQuestions(DNS, LookFixture.CLOCK));
    }

    @Override
    List<InetAddress> allAddresses(Name host, Instant deadline) {
      return answers.isEmpty()
          ? List.of()
          : answers.removeFirst().stream().map(InetAddress::ofLiteral).toList();
    }
  }
}
