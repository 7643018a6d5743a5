package dev.polycert.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.polycert.domain.DomainName.InvalidNameException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DomainNameTest {
  private static final String LABEL_63 = "a".repeat(63);
  private static final String NAME_253 =
      String.join(".", LABEL_63, LABEL_63, LABEL_63, "b".repeat(57), "com");

  @ParameterizedTest
  @CsvSource({
    "example.com, example.com, example.com",
    "WWW.Example.COM., www.example.com, www.example.com",
    "faß.de, xn--fa-hia.de, faß.de",
    "XN--FA-HIA.de, xn--fa-hia.de, faß.de",
    "BÜCHER.example, xn--bcher-kva.example, bücher.example",
    "bu\u0308cher.example, xn--bcher-kva.example, bücher.example",
    "例え。テスト, xn--r8jz45g.xn--zckzah, 例え.テスト",
    "ｗｗｗ．example．com｡, www.example.com, www.example.com",
    "*.bücher.example, *.xn--bcher-kva.example, *.bücher.example",
    "*。example.com, *.example.com, *.example.com",
    "क्\u200dष.com, xn--11b2ezcw70k.com, क्\u200dष.com",
    "نامه\u200cای.com, xn--mgba3gch31f060k.com, نامه\u200cای.com",
    "a.test, a.test, a.test",
    "1.2.3.com, 1.2.3.com, 1.2.3.com",
    "www.xn--55qx5d.cn, www.xn--55qx5d.cn, www.公司.cn",
    "github.io, github.io, github.io",
  })
  void readsEverySpelling(String text, String ascii, String unicode) {
    DomainName name = DomainName.parse(text);

    assertThat(name.ascii()).isEqualTo(ascii);
    assertThat(name.unicode()).isEqualTo(unicode);
    assertThat(name).isEqualTo(DomainName.parse(ascii)).hasSameHashCodeAs(DomainName.parse(ascii));
  }

  static Stream<Arguments> refused() {
    String label64 = "a".repeat(64);
    return Stream.of(
        Arguments.of(
            "", "'' is empty: give a domain name such as www.example.com or *.example.com"),
        Arguments.of(
            "  ", "'  ' is empty: give a domain name such as www.example.com or *.example.com"),
        Arguments.of(
            "a.com\r\nX: y",
            "'a.com<U+000D><U+000A>X: y' has the control character U+000D at position 6: remove"
                + " it"),
        Arguments.of(
            "a.com\0.b.com",
            "'a.com<U+0000>.b.com' has the control character U+0000 at position 6: remove it"),
        Arguments.of("my site.com", "'my site.com' has the space U+0020 at position 3: remove it"),
        Arguments.of(
            "a.com\u00a0", "'a.com<U+00A0>' has the space U+00A0 at position 6: remove it"),
        Arguments.of(
            "https://www.example.com:8443/x?y",
            "'https://www.example.com:8443/x?y' is a URL or path: give only the host,"
                + " 'www.example.com'"),
        Arguments.of(
            "example.com/", "'example.com/' is a URL or path: give only the host, 'example.com'"),
        Arguments.of(
            "me@example.com",
            "'me@example.com' is an e-mail address: give only the domain, 'example.com'"),
        Arguments.of(
            "example.com:443", "'example.com:443' has a port: give only the name, 'example.com'"),
        Arguments.of("a%00.com", "'a%00.com' has a percent sign: give the name without escapes"),
        Arguments.of(
            "..",
            "'..' has an empty label: write one dot between two labels, none in front and at most"
                + " one at the end"),
        Arguments.of(
            "a..com",
            "'a..com' has an empty label: write one dot between two labels, none in front and at"
                + " most one at the end"),
        Arguments.of(
            ".com",
            "'.com' has an empty label: write one dot between two labels, none in front and at most"
                + " one at the end"),
        Arguments.of(
            "a.com..",
            "'a.com..' has an empty label: write one dot between two labels, none in front and at"
                + " most one at the end"),
        Arguments.of("*", "'*' is a wildcard of no name: write *.example.com"),
        Arguments.of(
            "1.2.3.4.in-addr.arpa",
            "'1.2.3.4.in-addr.arpa' ends in .in-addr.arpa, which has the names of IPv4 addresses"
                + " (CA/B Forum ballot SC-086): no public CA issues for it"),
        Arguments.of(
            "*.8.B.D.0.1.0.0.2.IP6.arpa.",
            "'*.8.B.D.0.1.0.0.2.IP6.arpa.' ends in .ip6.arpa, which has the names of IPv6"
                + " addresses (CA/B Forum ballot SC-086): no public CA issues for it"),
        Arguments.of(
            "x.home.arpa",
            "'x.home.arpa' ends in .home.arpa, which is reserved for home networks (RFC 8375): no"
                + " public CA issues for it"),
        Arguments.of(
            "home.arpa",
            "'home.arpa' ends in .home.arpa, which is reserved for home networks (RFC 8375): no"
                + " public CA issues for it"),
        Arguments.of(
            "x.alt",
            "'x.alt' ends in .alt, which is not in the DNS (RFC 9476): no public CA issues for it"),
        Arguments.of("*.", "'*.' is a wildcard of no name: write *.example.com"),
        Arguments.of(
            "*.*.example.com",
            "'*.*.example.com' has a wildcard that is not the whole leftmost label: write"
                + " *.example.com"),
        Arguments.of(
            "a.*.com",
            "'a.*.com' has a wildcard that is not the whole leftmost label: write *.example.com"),
        Arguments.of(
            "*example.com",
            "'*example.com' has a wildcard that is not the whole leftmost label: write"
                + " *.example.com"),
        Arguments.of(
            "-a.com",
            "'-a.com' has the label '-a', which starts with a hyphen: start it with a letter or"
                + " digit"),
        Arguments.of(
            "a-.com",
            "'a-.com' has the label 'a-', which ends with a hyphen: end it with a letter or digit"),
        Arguments.of(
            "ab--c.com",
            "'ab--c.com' has the label 'ab--c', which has hyphens as third and fourth character:"
                + " only xn-- labels may (RFC 5891, 4.2.3.1)"),
        Arguments.of(
            "a_b.com",
            "'a_b.com' has the label 'a_b', which has a character '_' that no name in a"
                + " certificate may have: use letters, digits and hyphens"),
        Arguments.of(
            "a\u202eb.com",
            "'a<U+202E>b.com' has the label 'a<U+202E>b', which has a character '<U+202E>' that no"
                + " name in a certificate may have: use letters, digits and hyphens"),
        Arguments.of(
            "xn--abc.com",
            "'xn--abc.com' has the label 'xn--abc', which is not valid Punycode: give the name in"
                + " Unicode instead"),
        Arguments.of(
            "a\u200db.com",
            "'a<U+200D>b.com' has the label 'a<U+200D>b', which has an invisible joiner where RFC"
                + " 5892 allows none: remove it"),
        Arguments.of(
            "a\u00b7b.com",
            "'a·b.com' has the label 'a·b', which has a character where RFC 5892 does not allow it:"
                + " remove it"),
        Arguments.of(
            "\u0300a.com",
            "'\u0300a.com' has the label '\u0300a', which starts with a combining mark: put a"
                + " letter before it"),
        Arguments.of(
            "אa.com",
            "'אa.com' has the label 'אa', which mixes writing directions in a way that RFC 5893"
                + " forbids: use one direction"),
        Arguments.of(
            "א.1a.com",
            "'א.1a.com' mixes labels written right to left with others in a way that RFC 5893"
                + " forbids: use one direction"),
        Arguments.of(
            label64 + ".com",
            "'"
                + label64
                + ".com' has the label '"
                + LABEL_63
                + "…', which is longer than 63"
                + " octets in its ASCII form: shorten it"),
        Arguments.of(
            "b" + NAME_253.substring(1).replace(".com", "b.com"),
            "'b"
                + "a".repeat(62)
                + "."
                + "a".repeat(16)
                + "…' is longer than 253 octets in its ASCII form (RFC 1035, 2.3.4): shorten it"),
        Arguments.of(
            "*." + NAME_253,
            "'*."
                + LABEL_63
                + "."
                + "a".repeat(14)
                + "…' is longer than 253 octets in its ASCII form (RFC 1035, 2.3.4): shorten it"),
        Arguments.of(
            "x".repeat(5000),
            "'"
                + "x".repeat(80)
                + "…' is 5000 characters long: a domain name has at most 253"
                + " octets"),
        Arguments.of(
            "localhost",
            "'localhost' ends in .localhost, which always means the machine itself (RFC 6761): no"
                + " public CA issues for it"),
        Arguments.of(
            "printer.local",
            "'printer.local' ends in .local, which is for multicast DNS on one link (RFC 6762): no"
                + " public CA issues for it"),
        Arguments.of(
            "db.internal",
            "'db.internal' ends in .internal, which is reserved for private networks: no public CA"
                + " issues for it"),
        Arguments.of(
            "a.invalid",
            "'a.invalid' ends in .invalid, which never exists (RFC 6761): no public CA issues for"
                + " it"),
        Arguments.of(
            "abc.onion",
            "'abc.onion' ends in .onion, which is not in the DNS (RFC 7686): no public CA issues"
                + " for it"),
        Arguments.of(
            "intranet",
            "'intranet' is a single label: give a full name such as intranet.example.com"),
        Arguments.of(
            "a.c0m",
            "'a.c0m' ends in 'c0m', which is no top-level domain: end it as in example.com"),
        Arguments.of(
            "1.example.123",
            "'1.example.123' ends in '123', which is no top-level domain: end it as in"
                + " example.com"),
        Arguments.of(
            "example.0x1f",
            "'example.0x1f' ends in '0x1f', which is no top-level domain: end it as in"
                + " example.com"),
        Arguments.of(
            "1.2.3.4.5",
            "'1.2.3.4.5' ends in '5', which is no top-level domain: end it as in example.com"),
        Arguments.of(
            "192.0.2.256",
            "'192.0.2.256' looks like an IP address, but the numbers of one are at most 255: give a"
                + " domain name such as www.example.com, or the right address"),
        Arguments.of(
            "example.c",
            "'example.c' ends in 'c', which is no top-level domain: end it as in example.com"),
        Arguments.of(
            "com",
            "'com' is a public suffix: give a name registered below it, such as example.com"),
        Arguments.of(
            "co.uk",
            "'co.uk' is a public suffix: give a name registered below it, such as example.co.uk"),
        Arguments.of(
            "*.co.uk",
            "'*.co.uk' is a public suffix: give a name registered below it, such as example.co.uk"),
        Arguments.of(
            "any.ck",
            "'any.ck' is a public suffix: give a name registered below it, such as example.any.ck"),
        Arguments.of(
            "公司.cn",
            "'公司.cn' is a public suffix: give a name registered below it, such as"
                + " example.xn--55qx5d.cn"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void saysWhatIsWrongAndWhatWouldBeRight(String text, String message) {
    assertThatThrownBy(() -> DomainName.parse(text))
        .isInstanceOf(InvalidNameException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f.1",
        "0x7f000001",
        "017700000001",
        "1.2.3.0x",
        "１２７.０.０.１",
        "127.0.0.1.",
        "*.10.0.0.1",
        "::1",
        "[::1]",
        "[2001:db8::1]:443",
        "::ffff:127.0.0.1",
        "fe80::1%eth0"
      })
  void refusesIpAddressesInAllForms(String text) {
    assertThatThrownBy(() -> DomainName.parse(text))
        .isInstanceOf(InvalidNameException.class)
        .hasMessageEndingWith(
            "is an IP address: certificates here are for domain names such as www.example.com");
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "2001:DB8:0:0::1, 2001:db8::1",
    "[2001:db8::1], 2001:db8::1",
    "::ffff:192.0.2.1, 192.0.2.1",
  })
  void takesAnAddressWhereOneMayStand(String text, String canonical) {
    DomainName address = DomainName.ofHost(text);

    assertThat(address.ascii()).isEqualTo(canonical);
    assertThat(address.isAddress()).isTrue();
    assertThat(address.wildcard()).isFalse();
    assertThat(address.notes()).isEmpty();
    assertThat(address.isUnder("1")).isFalse();
    assertThat(address).isEqualTo(DomainName.ofHost(canonical));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0.0.0.0", "::", "224.0.0.1", "ff02::1", "127.1", "fe80::1%eth0", "1.2.3"})
  void refusesWhatIsNoAddressOfAHost(String text) {
    assertThatThrownBy(() -> DomainName.ofHost(text)).isInstanceOf(InvalidNameException.class);
  }

  /** {@code parse} says that a name is wanted; here an address would do. */
  @ParameterizedTest
  @ValueSource(strings = {"127.1", "192.0.2.1.", "*.192.0.2.1", "[2001:db8::1]:443"})
  void saysHowAnAddressIsWritten(String text) {
    assertThatThrownBy(() -> DomainName.ofHost(text))
        .isInstanceOf(InvalidNameException.class)
        .hasMessage(
            "'%s' is an IP address in a form that is not taken: write 192.0.2.1 or 2001:db8::1"
                .formatted(text));
  }

  @Test
  void aNameIsNoAddress() {
    assertThat(DomainName.ofHost("www.example.com")).isEqualTo(DomainName.parse("www.example.com"));
    assertThat(DomainName.ofHost("www.example.com").isAddress()).isFalse();
  }

  @Test
  void takesTheLongestNameAndLabel() {
    assertThat(DomainName.parse(NAME_253).ascii()).hasSize(253).startsWith(LABEL_63);
    assertThat(DomainName.parse(NAME_253 + ".")).isEqualTo(DomainName.parse(NAME_253));
  }

  @Test
  void tellsAWildcardFromItsBase() {
    DomainName wildcard = DomainName.parse("*.Shop.Example.com");

    assertThat(wildcard.wildcard()).isTrue();
    assertThat(wildcard.base()).isEqualTo("shop.example.com");
    assertThat(wildcard).isNotEqualTo(DomainName.parse("shop.example.com"));
    assertThat(wildcard.isUnder("example.com")).isTrue();
    assertThat(wildcard.isUnder("shop.example.com")).isTrue();
    assertThat(wildcard.isUnder("op.example.com")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "*.a.b.example.co.uk, example.co.uk",
    "example.com, example.com",
    "a.b.github.io, github.io",
    "www.bücher.公司.cn, xn--bcher-kva.xn--55qx5d.cn",
    "a.www.ck, www.ck",
    "a.b.shop.test, shop.test",
  })
  void knowsTheRegistrableName(String text, String registrable) {
    assertThat(PublicSuffixes.registrable(DomainName.parse(text).base())).isEqualTo(registrable);
  }

  @Test
  void flagsNamesThatMayPassForOthers() {
    assertThat(DomainName.parse("\u0430pple.com").notes())
        .containsExactly(
            "the label '\u0430pple' mixes Cyrillic and Latin letters: it may pass for another"
                + " name");
    assertThat(DomainName.parse("аррӏе.com").notes())
        .containsExactly(
            "the label 'аррӏе' is all Cyrillic, yet looks Latin: it may pass for another name");
    assertThat(DomainName.parse("xn--80ak6aa92e.com").notes()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "example.com",
        "bücher.example",
        "почта.рф",
        "хоор.рф",
        "日本語テストabc.jp",
        "abc한국漢字.kr",
        "例え.テスト.jp",
        "яндекс.com",
        "a-1.test"
      })
  void leavesOrdinaryNamesAlone(String text) {
    assertThat(DomainName.parse(text).notes()).isEmpty();
  }

  @Test
  void notesPrivateSuffixesAndUnknownTopLevels() {
    assertThat(DomainName.parse("*.github.io").notes())
        .containsExactly(
            "github.io is in the private section of the Public Suffix List: names below it may"
                + " belong to others");
    assertThat(DomainName.parse("shop.cmo").notes())
        .containsExactly(".cmo is not in the Public Suffix List: check the spelling of the name");
  }

  @Test
  void isPlainTextInJson() throws Exception {
    ObjectMapper json = new ObjectMapper();
    record Request(List<DomainName> domains) {}

    Request request = json.readValue("{\"domains\":[\"*.faß.de\"]}", Request.class);

    assertThat(request.domains()).containsExactly(DomainName.parse("*.xn--fa-hia.de"));
    assertThat(json.readValue("{\"domains\":[\"2001:db8::1\"]}", Request.class).domains())
        .containsExactly(DomainName.ofHost("2001:db8::1"));
    assertThat(json.writeValueAsString(request)).isEqualTo("{\"domains\":[\"*.xn--fa-hia.de\"]}");
  }
}
