package dev.polycert.postgresql;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A database for the tests of one class, which the first of them opens and the last one closes. */
public final class ClassDatabase implements AfterAllCallback {
  private @Nullable TestDatabase open;

  /** The database, with what the tests before have left. */
  public TestDatabase get() {
    if (open == null) {
      open = TestDatabase.empty();
    }
    return open;
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (open != null) {
      open.close();
    }
  }
}
