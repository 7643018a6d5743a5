package dev.polycert.domain;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.IDNA;
import dev.polycert.domain.DomainName.InvalidNameException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/**
 * Another implementation of UTS 46 by the tables of the same Unicode version judges ours. It does
 * not know the rules of RFC 5892 for context, which {@link DomainName} adds.
 */
class IdnaJudgeTest {
  private static final Path NAMES = Path.of("src/test/resources/names");
  private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9a-f]{4})");

  private static final IDNA UTS46 =
      IDNA.getUTS46Instance(
          IDNA.NONTRANSITIONAL_TO_ASCII
              | IDNA.CHECK_BIDI
              | IDNA.CHECK_CONTEXTJ
              | IDNA.USE_STD3_RULES);

  @Test
  void everyCodePointIsMappedAlike() throws IOException {
    List<String> different = new ArrayList<>();
    for (String[] block : read("codepoints.tsv")) {
      int first = HexFormat.fromHexDigits(block[0]);
      CRC32 sum = new CRC32();
      for (int c = first; c < first + 1024; c++) {
        String text = c >= 0xd800 && c < 0xe000 ? "" + (char) c : Character.toString(c);
        String line = ascii("x" + text + "y.example") + "\n" + ascii(text + ".example") + "\n";
        sum.update(line.getBytes(StandardCharsets.UTF_8));
      }
      if (sum.getValue() != HexFormat.fromHexDigitsToLong(block[1])) {
        different.add(block[0]);
      }
    }

    assertThat(different).isEmpty();
  }

  @Test
  void namesAreMappedAlikeAndNothingElseIsAccepted() throws IOException {
    int accepted = 0;
    for (String[] line : read("names.tsv")) {
      String name =
          ESCAPE
              .matcher(line[0])
              .replaceAll(
                  match -> {
                    char c = (char) HexFormat.fromHexDigits(match.group(1));
                    return c == '\\' || c == '$' ? "\\" + c : "" + c;
                  });
      assertThat(ascii(name)).as(line[0]).isEqualTo(line[1]);
      String parsed = parsed(name);
      boolean asked = !parsed.startsWith("*.") && !withDot(name);
      if (!parsed.isEmpty() && asked) {
        assertThat(parsed).as(line[0]).isEqualTo(line[1]);
        accepted++;
      }
    }
    assertThat(accepted).isGreaterThan(100);
  }

  /** The judge takes the root's label for an empty one. */
  private static String ascii(String name) {
    IDNA.Info info = new IDNA.Info();
    String ascii = UTS46.nameToASCII(name, new StringBuilder(), info).toString();
    return info.hasErrors() || ascii.endsWith(".") ? "-" : ascii;
  }

  private static boolean withDot(String name) {
    return UTS46.nameToASCII(name, new StringBuilder(), new IDNA.Info()).toString().endsWith(".");
  }

  private static String parsed(String name) {
    try {
      return DomainName.parse(name).ascii();
    } catch (InvalidNameException refused) {
      return "";
    }
  }

  private static List<String[]> read(String file) throws IOException {
    return Files.readAllLines(NAMES.resolve(file)).stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("\t", -1))
        .toList();
  }
}
