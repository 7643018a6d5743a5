package dev.polycert.look;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressesTest {
  private final PublicAddresses addresses = new PublicAddresses(new LookFixture.Reach(false, 80));

  /**
   * The blocks of the IANA special-purpose address registries, and multicast: the first address and
   * the last one, the one before and the one after, and whether these two are refused as well.
   */
  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, 0.255.255.255, none, 1.0.0.0, ''",
    "10.0.0.0, 10.255.255.255, 9.255.255.255, 11.0.0.0, ''",
    "100.64.0.0, 100.127.255.255, 100.63.255.255, 100.128.0.0, ''",
    "127.0.0.0, 127.255.255.255, 126.255.255.255, 128.0.0.0, ''",
    "169.254.0.0, 169.254.255.255, 169.253.255.255, 169.255.0.0, ''",
    "172.16.0.0, 172.31.255.255, 172.15.255.255, 172.32.0.0, ''",
    "192.0.0.0, 192.0.0.255, 191.255.255.255, 192.0.1.0, ''",
    "192.0.2.0, 192.0.2.255, 192.0.1.255, 192.0.3.0, ''",
    "192.31.196.0, 192.31.196.255, 192.31.195.255, 192.31.197.0, ''",
    "192.52.193.0, 192.52.193.255, 192.52.192.255, 192.52.194.0, ''",
    "192.88.99.0, 192.88.99.255, 192.88.98.255, 192.88.100.0, ''",
    "192.168.0.0, 192.168.255.255, 192.167.255.255, 192.169.0.0, ''",
    "192.175.48.0, 192.175.48.255, 192.175.47.255, 192.175.49.0, ''",
    "198.18.0.0, 198.19.255.255, 198.17.255.255, 198.20.0.0, ''",
    "198.51.100.0, 198.51.100.255, 198.51.99.255, 198.51.101.0, ''",
    "203.0.113.0, 203.0.113.255, 203.0.112.255, 203.0.114.0, ''",
    "224.0.0.0, 239.255.255.255, 223.255.255.255, 240.0.0.0, after",
    "240.0.0.0, 255.255.255.255, 239.255.255.255, none, before",
    "::, ::, none, ::1, after",
    "::1, ::1, ::, ::2, both",
    "64:ff9b::, 64:ff9b::ffff:ffff, 64:ff9a:ffff::, 64:ff9b::1:0:0, both",
    "64:ff9b:1::, 64:ff9b:1:ffff:ffff:ffff:ffff:ffff, 64:ff9b:0:ffff::, 64:ff9b:2::, both",
    "100::, 100::ffff:ffff:ffff:ffff, ff:ffff::, 100:0:0:1::, both",
    "100:0:0:1::, 100:0:0:1:ffff:ffff:ffff:ffff, 100::1, 100:0:0:2::, both",
    "2001::, 2001:0:ffff:ffff:ffff:ffff:ffff:ffff, 2000:ffff::, 2001:1::, after",
    "2001::, 2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff, 2000:ffff::, 2001:200::, ''",
    "2001:2::, 2001:2:0:ffff:ffff:ffff:ffff:ffff, 2001:1:ffff::, 2001:2:1::, both",
    "2001:10::, 2001:1f:ffff:ffff:ffff:ffff:ffff:ffff, 2001:f:ffff::, 2001:20::, both",
    "2001:db8::, 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff, 2001:db7:ffff::, 2001:db9::, ''",
    "2002::, 2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 2001:ffff::, 2003::, ''",
    "2620:4f:8000::, 2620:4f:8000:ffff:ffff:ffff:ffff:ffff, 2620:4f:7fff::, 2620:4f:8001::, ''",
    "3fff::, 3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff, 3ffe:ffff::, 3fff:1000::, ''",
    "5f00::, 5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 5eff:ffff::, 5f01::, both",
    "fc00::, fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, fbff:ffff::, fe00::, both",
    "fe80::, febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff, fe7f:ffff::, fec0::, both",
    "ff00::, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, feff:ffff::, none, before",
  })
  void refusesSpecialBlocksAndNothingBeside(
      String first, String last, String before, String after, String refused) {
    assertThat(allows(first)).isFalse();
    assertThat(allows(last)).isFalse();
    if (!before.equals("none")) {
      assertThat(allows(before)).as(before).isEqualTo(!refused.matches("before|both"));
    }
    if (!after.equals("none")) {
      assertThat(allows(after)).as(after).isEqualTo(!refused.matches("after|both"));
    }
  }

  /** Private IPv4 addresses in what IPv6 has for them. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "::ffff:10.0.0.1", // mapped
        "::10.0.0.1", // compatible
        "::ffff:0:10.0.0.1", // translated (RFC 2765)
        "64:ff9b::10.0.0.1", // NAT64
        "64:ff9b:1::10.0.0.1",
        "2002:a00:1::", // 6to4
        "2001:0:a00:1::f5ff:fffe", // Teredo
        "fe80::5efe:10.0.0.1" // ISATAP
      })
  void refusesIpv4InDisguise(String address) {
    assertThat(allows(address)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "8.8.8.8",
        "::ffff:1.1.1.1",
        "2000::1",
        "2606:4700::1111",
        "2a00::1",
        "3ffe::1"
      })
  void allowsWhatIsPublic(String address) {
    assertThat(allows(address)).isTrue();
  }

  private boolean allows(String address) {
    return addresses.allows(InetAddress.ofLiteral(address));
  }
}
