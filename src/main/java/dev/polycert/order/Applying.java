package dev.polycert.order;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

/** SKELETON. The use case behind {@code apply}. */
@ApplicationScoped
public class Applying {

  /**
   * Applies, and answers with one entry per (domain, provider) in request order; with {@link
   * Strategy#FIRST} one per domain.
   *
   * @param deadline nothing is waited for beyond this; what could not be sent stays {@code
   *     REQUESTED}
   */
  public Uni<List<Applied>> apply(ApplyCommand command, Instant deadline) {
    throw new UnsupportedOperationException();
  }
}
