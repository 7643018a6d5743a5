package dev.polycert.order;

import dev.polycert.call.VendorError;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The channels by which people get notices: mail, chats, webhooks. */
public interface NoticeChannels {

  /** The names of all channels, sorted. */
  List<String> names();

  /** Gives notices to the channels that want them, and sends as {@link #flush} does. */
  Uni<Void> send(List<Notice> notices, Instant deadline);

  /**
   * Sends waiting notices now, because the process may be frozen or end. Notices that fail, or that
   * are not sent by the deadline, are logged and counted as lost. Never fails.
   */
  Uni<Void> flush(Instant deadline);

  /**
   * Sends a test message by each of these channels, now and without repeats.
   *
   * @param names of channels that exist
   */
  Uni<List<Tried>> test(Collection<String> names, Instant deadline);

  /** The channels whose last message could not be sent, sorted. */
  List<String> failing();

  /**
   * A channel that was tried.
   *
   * @param kind such as {@code slack}
   * @param error why the message was not sent; null when it was
   * @param waiting notices that wait to be sent
   * @param lost notices that could not be sent since the start of the process
   * @param lastLoss why the last of them could not be sent; empty when none was lost
   */
  record Tried(
      String channel,
      String kind,
      @Nullable VendorError error,
      int waiting,
      long lost,
      Optional<String> lastLoss) {}
}
