package dev.polycert.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class QuotedTextTest {
  private static final Pattern STRING =
      Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"", Pattern.DOTALL);

  @Property
  void whatIsQuotedIsReadBackToTheLetter(@ForAll @StringLength(max = 700) String text) {
    assertThat(QuotedText.unquote(QuotedText.quote(text))).isEqualTo(text);
  }

  @Property(tries = 200)
  void noStringIsLongerThanOneCanBe(@ForAll @StringLength(max = 700) String text) {
    assertThat(STRING.matcher(QuotedText.quote(text)).results().map(MatchResult::group))
        .allSatisfy(
            string ->
                assertThat(QuotedText.unquote(string).getBytes(StandardCharsets.UTF_8))
                    .hasSizeLessThanOrEqualTo(255));
  }

  @Test
  void aTextWithoutQuotesIsWhatItIs() {
    assertThat(QuotedText.unquote("plain")).isEqualTo("plain");
    assertThat(QuotedText.unquote("\"one\" \"two\"")).isEqualTo("onetwo");
    assertThat(QuotedText.quote("a\"b\\c")).isEqualTo("\"a\\\"b\\\\c\"");
  }
}
