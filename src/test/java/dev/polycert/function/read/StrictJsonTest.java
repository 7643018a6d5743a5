package dev.polycert.function.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":1,\"a\":2} | at line 1, column 11: a name occurs twice in one object",
        "{} {}             | at line 1, column 4: something follows after its end",
        "{\"a\":           | at line 1, column 6: it is not well-formed",
        "{a:1}             | it is not well-formed",
        "{\"a\":NaN}       | it is not well-formed",
      })
  void saysWhereAndWhy(String text, String why) {
    assertThatThrownBy(() -> StrictJson.parse(text))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining(why);
  }

  @Test
  void depthIsBounded() {
    String deepest = "[".repeat(StrictJson.MAX_DEPTH) + "]".repeat(StrictJson.MAX_DEPTH);

    assertThat(StrictJson.parse(deepest).isArray()).isTrue();
    assertThatThrownBy(() -> StrictJson.parse("[" + deepest + "]"))
        .hasMessageContaining("nested deeper than 32 levels");
    assertThatThrownBy(() -> StrictJson.parse("[".repeat(500_000)))
        .hasMessageContaining("nested deeper than 32 levels");
  }

  @Test
  void neverRepeatsTheText() {
    assertThatThrownBy(() -> StrictJson.parse("{\"csr\": fake-private-key }"))
        .hasMessageNotContaining("fake");
  }

  @Test
  void nothingIsNoJson() {
    assertThatThrownBy(() -> StrictJson.parse(" "))
        .hasMessage("There is nothing in the body; a JSON object is expected.");
  }

  @Test
  void brokenUtf8() {
    byte[] broken = "{\"a\":\"ü\"}".getBytes(StandardCharsets.ISO_8859_1);

    assertThatThrownBy(() -> StrictJson.parse(broken)).isInstanceOf(InvalidInput.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE", "UTF-16"})
  void otherEncodingsAreNotGuessed(String charset) {
    byte[] text = "{\"a\":1}".getBytes(Charset.forName(charset));

    assertThatThrownBy(() -> StrictJson.parse(text)).isInstanceOf(InvalidInput.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"C0AF", "EDA080", "F8888080", "F4908080", "E28C"})
  void octetsThatAreNoUtf8AreRejected(String octets) {
    byte[] text = HexFormat.of().parseHex("7B2261223A22" + octets + "227D");

    assertThatThrownBy(() -> StrictJson.parse(text)).hasMessageContaining("not valid UTF-8");
  }

  @Test
  void aByteOrderMarkDoesNotMatter() {
    assertThat(StrictJson.parse("\uFEFF{}".getBytes(StandardCharsets.UTF_8)).isObject()).isTrue();
  }
}
