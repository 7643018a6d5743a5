package dev.polycert.call;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A vendor's error codes, each in exactly one class. A key that ends in {@code *} is a prefix and
 * covers every code that begins with it; an exact key wins over a prefix, a longer prefix over a
 * shorter one.
 */
public final class ErrorTable {
  private final Map<String, ErrorClass> codes;
  private final ErrorClass unknown;
  private final int longest;

  private ErrorTable(Map<String, ErrorClass> codes, ErrorClass unknown) {
    this.codes = Map.copyOf(codes);
    this.unknown = unknown;
    this.longest = codes.keySet().stream().mapToInt(String::length).max().orElse(0);
  }

  /** The class of a code; one that is not listed has the table's conservative class. */
  public ErrorClass classOf(String code) {
    ErrorClass listed = listed(code);
    return listed == null ? unknown : listed;
  }

  /** Whether the code is listed, by itself or through a prefix. */
  public boolean lists(String code) {
    return listed(code) != null;
  }

  private @Nullable ErrorClass listed(String code) {
    ErrorClass found = codes.get(code);
    // Bounded by the longest key, because a vendor's code may be a megabyte.
    for (int end = Math.min(code.length(), longest); found == null && end > 0; end--) {
      found = codes.get(code.substring(0, end) + "*");
    }
    return found;
  }

  /** Starts a table whose unlisted codes have the given class. */
  public static Builder unlistedAre(ErrorClass unknown) {
    return new Builder(unknown);
  }

  /** Collects codes; listing one twice is a bug and fails at once. */
  public static final class Builder {
    private final Map<String, ErrorClass> codes = new TreeMap<>();
    private final ErrorClass unknown;

    private Builder(ErrorClass unknown) {
      this.unknown = unknown;
    }

    public Builder put(ErrorClass errorClass, String... listed) {
      for (String code : listed) {
        if (codes.putIfAbsent(code, errorClass) != null) {
          throw new IllegalArgumentException(code + " is listed twice");
        }
      }
      return this;
    }

    public ErrorTable build() {
      return new ErrorTable(codes, unknown);
    }
  }
}
