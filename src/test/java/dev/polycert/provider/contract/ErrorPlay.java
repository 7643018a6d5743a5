package dev.polycert.provider.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polycert.call.ErrorClass;
import dev.polycert.testing.Services;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One error of a vendor and what comes of it, a row of {@code errors/<provider>/played.csv}.
 *
 * @param setting how the order comes to the operation: {@code apply}, {@code check}, {@code paid}
 *     (a bought certificate that waits for information), {@code buy}, {@code site} (one that has to
 *     be verified first); and those of {@link LifeCyclePlayTest}
 * @param status of HTTP
 * @param errorClass what the provider's table says of the code
 * @param state of the order afterwards
 * @param calls of the operation that were made
 */
public record ErrorPlay(
    String provider,
    String setting,
    String operation,
    int status,
    String code,
    ErrorClass errorClass,
    String state,
    int calls) {

  private static final Set<String> PLACING = Set.of("apply", "check", "paid", "buy", "site");

  /** Those of all providers, until the certificate is issued or from then on. */
  static Stream<ErrorPlay> all(boolean placing) {
    return Services.emulatedProviders().stream()
        .flatMap(provider -> of(provider).stream())
        .filter(play -> PLACING.contains(play.setting) == placing);
  }

  static List<ErrorPlay> of(String provider) {
    try {
      return Files.readAllLines(DocumentedCodes.directory(provider).resolve("played.csv"), UTF_8)
          .stream()
          .skip(1)
          .map(line -> line.split(","))
          .map(
              cells ->
                  new ErrorPlay(
                      provider,
                      cells[0],
                      cells[1],
                      Integer.parseInt(cells[2]),
                      cells[3],
                      ErrorClass.valueOf(cells[4]),
                      cells[5],
                      Integer.parseInt(cells[6])))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return provider + " " + operation + " " + code + " " + status;
  }
}
