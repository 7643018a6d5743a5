package dev.polycert.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.domain.DomainName.InvalidNameException;
import java.util.Locale;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class DomainNamePropertiesTest {

  @Property
  void oneNameHasManySpellings(@ForAll("names") String text) {
    DomainName name = DomainName.parse(text);

    assertThat(DomainName.parse(name.ascii())).isEqualTo(name);
    assertThat(DomainName.parse(name.unicode())).isEqualTo(name);
    assertThat(DomainName.parse(name.ascii().toUpperCase(Locale.ROOT) + ".")).isEqualTo(name);
    assertThat(DomainName.parse(text.replace('.', '\u3002'))).isEqualTo(name);
  }

  @Property
  void whatIsAcceptedIsAHostName(@ForAll("texts") String text) {
    Optional<DomainName> name = parse(text);

    name.ifPresent(
        accepted -> {
          assertThat(accepted.ascii()).matches("(\\*\\.)?([a-z0-9-]{1,63}\\.)+[a-z0-9-]{2,63}");
          assertThat(accepted.ascii()).hasSizeLessThanOrEqualTo(253);
          assertThat(DomainName.parse(accepted.ascii())).isEqualTo(accepted);
          assertThat(DomainName.parse(accepted.unicode())).isEqualTo(accepted);
          assertThat(accepted.isUnder(PublicSuffixes.registrable(accepted.base()))).isTrue();
        });
  }

  @Property
  void anyTextIsReadOrRefusedWithASafeMessage(@ForAll String text) {
    parse(text);
  }

  /** Any other exception fails the property. */
  private static Optional<DomainName> parse(String text) {
    try {
      return Optional.of(DomainName.parse(text));
    } catch (InvalidNameException refused) {
      assertThat(refused.getMessage()).hasSizeLessThan(1500);
      assertThat(refused.getMessage().chars().noneMatch(Character::isISOControl)).isTrue();
      return Optional.empty();
    }
  }

  @Provide
  Arbitrary<String> names() {
    Arbitrary<String> label =
        Arbitraries.strings()
            .withCharRange('a', 'z')
            .withCharRange('A', 'Z')
            .withCharRange('0', '9')
            .withChars("äöüßéñçøåž日本語名字例")
            .ofMinLength(1)
            .ofMaxLength(12);
    Arbitrary<String> end = Arbitraries.of("example.com", "example.co.uk", "bücher.de", "a.test");
    return label
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .flatMap(labels -> end.map(suffix -> String.join(".", labels) + "." + suffix));
  }

  /** Texts from the characters that the rules are about. */
  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> piece =
        Arbitraries.of(
            "a",
            "B",
            "1",
            "-",
            "--",
            ".",
            "。",
            "*",
            "*.",
            "_",
            "xn--",
            "xn--fa-hia",
            "ß",
            "\u200d",
            "\u200c",
            "\u0300",
            "א",
            "١",
            "а",
            "·",
            "l",
            "日",
            "\u00ad",
            "０",
            "．",
            ":",
            "com",
            ".com",
            ".co.uk",
            ".test",
            "x".repeat(63),
            "ü".repeat(20),
            "\ud800",
            "😀",
            "0x7f",
            "/",
            "@",
            "%");
    Arbitrary<String> end = Arbitraries.of("", ".com", ".example.co.uk", "。例え");
    return piece
        .list()
        .ofMinSize(1)
        .ofMaxSize(5)
        .flatMap(pieces -> end.map(suffix -> String.join("", pieces) + suffix));
  }
}
