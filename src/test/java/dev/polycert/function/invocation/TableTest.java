package dev.polycert.function.invocation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableTest {
  private final Table table = new Table("rows", List.of("a", "b.c"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/csv | true",
        "text/csv;q=0.5, application/json;q=0.4 | true",
        "Text/CSV; header=present | true",
        "application/json, text/csv;q=0.9 | false",
        "text/csv;q=0 | false",
        "*/* | false",
        "text/html,application/xhtml+xml,*/*;q=0.8 | false",
        "text/csv;q=what | false"
      })
  void aTableIsForThoseThatPreferIt(String accept, boolean wanted) {
    assertThat(Table.wanted(accept)).isEqualTo(wanted);
  }

  @Test
  void cellsWithMarksAreQuotedAndListsAreJson() throws JsonProcessingException {
    assertThat(
            write(
                """
                {"rows": [
                  {"a": "x, \\"y\\"\\nz", "b": {"c": [1, "two"]}},
                  {"a": true, "b": {}},
                  {"b": {"c": null}}]}
                """))
        .isEqualTo("a,b.c\r\n\"x, \"\"y\"\"\nz\",\"[1,\"\"two\"\"]\"\r\ntrue,\r\n,\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\\t=1", "＝1"})
  void noTextIsAFormula(String text) throws JsonProcessingException {
    assertThat(write("{\"rows\": [{\"a\": \"%s\"}]}".formatted(text)).split("\r\n")[1])
        .matches("\"?'.*");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "no;=1+1 | no;'=1+1",
        "no\\t@SUM(A1) | no\t'@SUM(A1)",
        "no; such order; a-b=c | no; such order; a-b=c"
      })
  void noTextHasAFormulaAfterAnotherSeparator(String text, String cell)
      throws JsonProcessingException {
    assertThat(write("{\"rows\": [{\"a\": \"%s\"}]}".formatted(text)).split("\r\n")[1])
        .isEqualTo(cell + ",");
  }

  private String write(String json) throws JsonProcessingException {
    return table.write(Parts.MAPPER.readTree(json));
  }
}
