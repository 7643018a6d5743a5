package dev.polycert.order;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;
import java.util.stream.Stream;

/** A right that a caller may have. */
public enum Scope {
  /** See orders and providers, and look at what is published and served. */
  READ("read"),
  /** Make orders, take their steps, and end them. */
  APPLY("apply"),
  /** Bring certificates to targets. */
  DELIVER("deliver"),
  /** Get private keys. */
  EXPORT_KEY("export-key"),
  /** Everything, and make other keys. */
  ADMIN("admin");

  private final String text;

  Scope(String text) {
    this.text = text;
  }

  /** The scope as requests and answers write it. */
  @JsonValue
  public String text() {
    return text;
  }

  /** The scope of that text. */
  public static Optional<Scope> of(String text) {
    return Stream.of(values()).filter(scope -> scope.text.equals(text)).findFirst();
  }
}
