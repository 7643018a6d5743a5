package dev.polycert.provider.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.ErrorTable;
import dev.polycert.call.StatusCodes;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Every error code that the vendor's pages name has one class in the provider's table, and the one
 * that was meant. A provider gets these tests by a subclass that names it.
 */
public abstract class ErrorTableTest {
  private final String provider;
  private final Map<String, ErrorTable> tables;

  /**
   * @param tables by the setting in which a table is used; {@code apply} for all that have no other
   */
  protected ErrorTableTest(String provider, Map<String, ErrorTable> tables) {
    this.provider = provider;
    this.tables = tables;
  }

  @Test
  void everyDocumentedCodeIsListed() {
    SortedSet<String> documented = DocumentedCodes.of(provider);
    assertThat(documented).isNotEmpty();
    tables
        .values()
        .forEach(
            table -> assertThat(documented.stream().filter(code -> !table.lists(code))).isEmpty());
  }

  @Test
  void everyDocumentedCodeIsPlayed() {
    assertThat(ErrorPlay.of(provider).stream().map(ErrorPlay::code).collect(Collectors.toSet()))
        .containsAll(DocumentedCodes.of(provider));
  }

  @Test
  void everyCodeMeansWhatItShould() {
    List<String> wrong =
        ErrorPlay.of(provider).stream()
            .filter(
                play ->
                    StatusCodes.classify(table(play), play.code(), play.status())
                        != play.errorClass())
            .map(play -> play + " is not " + play.errorClass())
            .toList();
    assertThat(wrong).isEmpty();
  }

  private ErrorTable table(ErrorPlay play) {
    ErrorTable own = tables.get(play.setting());
    return own != null ? own : tables.get("apply");
  }
}
