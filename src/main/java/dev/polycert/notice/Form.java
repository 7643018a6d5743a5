package dev.polycert.notice;

import dev.polycert.call.Decoder;
import dev.polycert.call.Descriptor;
import java.time.Instant;

/** The form in which one service takes messages over HTTPS. */
interface Form {
  /** The operation that {@link #service} has a rate limit for. */
  String SEND = "Send";

  /** The service, with its rate limit. */
  Descriptor service();

  /** The largest message that the service takes, as {@link #size} measures it. */
  int room();

  /** The size of a message, in the unit of the service. */
  int size(Message message);

  /**
   * The request that sends a message.
   *
   * @param now the time to sign with
   */
  Post post(Message message, Instant now);

  /** Reads the answer. Not every service shows a failure by the status. */
  Decoder<Boolean> decoder();
}
