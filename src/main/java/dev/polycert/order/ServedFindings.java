package dev.polycert.order;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.domain.ServedAddress;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sums up what addresses serve. */
public final class ServedFindings {
  /** Nobody reads a longer message; the order has the rest. */
  private static final int SHOWN = 5;

  private ServedFindings() {}

  /** Findings in one sentence each. */
  public static String summary(List<ServedAddress> found) {
    String shown =
        found.stream().limit(SHOWN).map(ServedAddress::sentence).collect(Collectors.joining("; "));
    return found.size() > SHOWN
        ? shown + "; and %d more addresses".formatted(found.size() - SHOWN)
        : shown;
  }

  /** What is wrong, as an error by the first of the findings; null when nothing is. */
  static @Nullable VendorError error(List<ServedAddress> wrong) {
    return wrong.isEmpty()
        ? null
        : new VendorError(
            ErrorClass.FINAL, "Served." + code(wrong.getFirst().status()), summary(wrong));
  }

  /** {@code NAME_NOT_COVERED} as {@code NameNotCovered}. */
  private static String code(ServedAddress.Status status) {
    StringBuilder code = new StringBuilder();
    for (String word : status.name().split("_")) {
      code.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    return code.toString();
  }
}
