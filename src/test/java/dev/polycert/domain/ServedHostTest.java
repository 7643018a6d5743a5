package dev.polycert.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServedHostTest {

  @ParameterizedTest
  @CsvSource({
    "www.example.com, www.example.com:443, www.example.com",
    "WWW.Example.com.:8443, www.example.com:8443, www.example.com",
    "bücher.example:443, xn--bcher-kva.example:443, xn--bcher-kva.example",
    "192.0.2.7, 192.0.2.7:443, 192.0.2.7",
    "192.0.2.7:8443, 192.0.2.7:8443, 192.0.2.7",
    "2001:DB8::7, [2001:db8::7]:443, 2001:db8::7",
    "[2001:db8:0::7]:8443, [2001:db8::7]:8443, 2001:db8::7",
    "www.example.com@[::1]:8443, www.example.com@[::1]:8443, www.example.com",
    "www.example.com@127.0.0.1, www.example.com@127.0.0.1:443, www.example.com"
  })
  void readsEachFormAndSpellsItInOneWay(String text, String spelled, String expected) {
    ServedHost host = ServedHost.parse(text);

    assertThat(host).hasToString(spelled).isEqualTo(ServedHost.parse(spelled));
    assertThat(host.expected().ascii()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "'', empty",
    "https://www.example.com, must be name:port",
    "www.example.com:0, no port",
    "www.example.com:70000, no port",
    "www.example.com:https, must be name:port",
    "*.example.com, wildcard",
    "*.example.com@127.0.0.1, wildcard",
    "www.example.com@mail.example.com, must have an address after the @",
    "[::1, must be name:port",
    "2001:db8::7:443:1:2:3:4:5, must be name:port",
    "0.0.0.0:443, address of no single host",
    "localhost, localhost"
  })
  void saysWhatIsWrong(String text, String why) {
    assertThatThrownBy(() -> ServedHost.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }
}
