package dev.polycert.notice;

import dev.polycert.call.Answer;
import io.smallrye.mutiny.Uni;
import java.time.Instant;

/** Sends the messages of one channel. */
interface Sender {

  /** Whether the service takes a message of that size. */
  boolean fits(Message message);

  /** Sends a message, with a few tries; it may arrive more than once. Never fails. */
  Uni<Answer<Boolean>> send(Message message, Instant deadline);
}
