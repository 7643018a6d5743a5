package dev.polycert.domain;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.util.VersionInfo;
import dev.polycert.domain.DomainName.InvalidNameException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Unicode's own test of UTS 46, whole. It wants all checks that we make but those of CONTEXTO,
 * which it leaves to implementations.
 */
class IdnaConformanceTest {
  private static final Path FILE = Path.of("src/test/resources/names/IdnaTestV2.txt");
  private static final Pattern ESCAPE =
      Pattern.compile("\\\\u([0-9A-Fa-f]{4})|\\\\x\\{([0-9A-Fa-f]+)}");

  /** Labels of 1 to 63 octets, each with its dot. */
  private static final Pattern ROOTED = Pattern.compile("([^.]{1,63}\\.)+");

  /** One line: a text and what is to be made of it. */
  private record Case(String source, String unicode, String ascii, boolean refused) {

    /**
     * Reads a line. The file takes the root's label for an empty one (A4_2); for us a name is the
     * same with its dot and without.
     */
    static Case of(String line) {
      String[] columns = line.replaceFirst("#.*", "").split(";", -1);
      String source = text(columns[0], "");
      String unicode = text(columns[1], source);
      String ascii = text(columns[3], unicode);
      String status = (columns[4].isBlank() ? columns[2] : columns[4]).strip();
      if (ROOTED.matcher(ascii).matches() && status.equals("[A4_2]")) {
        status = "[]";
        ascii = withoutLast(ascii);
        unicode = withoutLast(unicode);
      }
      return new Case(source, unicode, ascii, !status.isEmpty() && !status.equals("[]"));
    }

    private static String text(String column, String blank) {
      return switch (column.strip()) {
        case "" -> blank;
        case "\"\"" -> "";
        default -> ESCAPE.matcher(column.strip()).replaceAll(Case::unescaped);
      };
    }

    private static String unescaped(MatchResult escape) {
      String digits = escape.group(1) == null ? escape.group(2) : escape.group(1);
      int c = Integer.parseInt(digits, 16);
      return Matcher.quoteReplacement(c > 0xffff ? Character.toString(c) : "" + (char) c);
    }

    private static String withoutLast(String text) {
      return text.substring(0, text.length() - 1);
    }
  }

  @Test
  void theFileIsOfTheLibrarysUnicodeVersion() throws IOException {
    VersionInfo version = UCharacter.getUnicodeVersion();

    assertThat(Files.readString(FILE))
        .contains("# Version: %d.%d.".formatted(version.getMajor(), version.getMinor()));
  }

  @Test
  void everyTextIsConvertedOrRefusedAsUnicodeSays() throws IOException {
    int converted = 0;
    for (Case expected : cases()) {
      Optional<Idna.Forms> forms = unlessRefused(() -> Idna.convert(expected.source(), ""));
      Optional<Idna.Forms> right =
          expected.refused()
              ? Optional.empty()
              : Optional.of(new Idna.Forms(expected.ascii(), expected.unicode()));
      assertThat(forms).as(expected.toString()).isEqualTo(right);
      converted += forms.isPresent() ? 1 : 0;
    }
    assertThat(converted).isGreaterThan(500);
  }

  @Test
  void noNameIsTakenThatUnicodeRefusesOrReadsOtherwise() throws IOException {
    int taken = 0;
    for (Case expected : cases()) {
      Optional<DomainName> name = unlessRefused(() -> DomainName.parse(expected.source()));
      if (name.isPresent()) {
        assertThat(expected.refused()).as(expected.toString()).isFalse();
        assertThat(name.get().ascii()).isEqualTo(expected.ascii());
        assertThat(name.get().unicode()).isEqualTo(expected.unicode());
        taken++;
      }
    }
    assertThat(taken).isGreaterThan(350);
  }

  private static <T> Optional<T> unlessRefused(Supplier<T> reading) {
    try {
      return Optional.of(reading.get());
    } catch (InvalidNameException refused) {
      return Optional.empty();
    }
  }

  private static List<Case> cases() throws IOException {
    return Files.readAllLines(FILE).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(Case::of)
        .toList();
  }
}
