package dev.polycert.look;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAddressesTest {

  @Test
  void readsHostsPortsAndIpv6() {
    assertThat(ServerAddresses.parse(List.of("127.0.0.1", " 127.0.0.1:5353", "[::1]:54", "[::1]")))
        .containsExactly(
            new InetSocketAddress("127.0.0.1", 53),
            new InetSocketAddress("127.0.0.1", 5353),
            new InetSocketAddress("::1", 54),
            new InetSocketAddress("::1", 53));
  }

  @Test
  void saysHowToWriteAServer() {
    assertThatThrownBy(() -> ServerAddresses.parse(List.of("::1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'::1' is no server: write host, host:port or [v6]:port");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"foo:bar", "1.1.1.1.1", "::1", "127.0.0.1:70000", "dns://10.0.0.1", "a b", ""})
  void theStartNamesASettingThatCannotBeRead(String server) {
    assertThat(ServerAddresses.wrong("polycert.dns.resolvers", List.of("[::1]:54", server)))
        .containsExactly(
            "polycert.dns.resolvers: '%s' is no server: write host, host:port or [v6]:port"
                .formatted(server));
  }

  @Test
  void theStartAsksNoDnsForTheNamesOfServers() {
    assertThat(ServerAddresses.wrong("polycert.dns.servers", List.of("ns1.example.invalid")))
        .isEmpty();
  }

  @Test
  void readsTheNameServersOfResolvConf() {
    assertThat(
            ServerAddresses.ofResolvConf(
                List.of(
                    "# nameserver 9.9.9.9",
                    "search example.com",
                    "nameserver 169.254.169.253",
                    "  nameserver\t::1 # local",
                    "options edns0")))
        .containsExactly(
            new InetSocketAddress("169.254.169.253", 53), new InetSocketAddress("::1", 53));
  }
}
