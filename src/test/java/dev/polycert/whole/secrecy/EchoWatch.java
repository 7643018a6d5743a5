package dev.polycert.whole.secrecy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.VendorError;
import java.util.regex.Pattern;

/** Looks at what is left of a vendor's error that repeats the whole request, and at the log. */
public final class EchoWatch implements AutoCloseable {
  private static final Pattern SIGNATURE =
      Pattern.compile("(?i)signature(\\W{1,6}|\\\\+u003d|%3d)[0-9a-f]{16}|v1,[\\w+/]{16}");

  private final LeakWatch log = new LeakWatch(EchoWatch::tells, line -> true);

  /** Whether a canary or a signature is in the text. */
  public static boolean tells(String text) {
    return Canaries.NEEDLES.in(text) || SIGNATURE.matcher(text).find();
  }

  /** Nothing of the keys is left in the echo, which must be one, nor anywhere in the log. */
  public void assertHidden(VendorError echo) {
    assertThat(echo.message()).contains("authorization: ").contains("***");
    assertThat(tells(echo.toString())).as(echo.toString()).isFalse();
    assertThat(log.leaks()).isEmpty();
  }

  @Override
  public void close() {
    log.close();
  }
}
