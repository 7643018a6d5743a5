package dev.polycert.function.invocation;

import dev.polycert.order.OrderException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/** Tells callers what a failure means to them, and the log what it was. */
@ApplicationScoped
public class Problems {
  private static final Logger LOG = Logger.getLogger(Problems.class);

  private final RandomGenerator random;
  private final Redaction redaction;

  Problems(RandomGenerator random, Redaction redaction) {
    this.random = random;
    this.redaction = redaction;
  }

  /** The problem that a failure is; one that nobody expected is logged under a new incident id. */
  public Problem of(Throwable failure) {
    return switch (failure) {
      case InvalidInput invalid -> Problem.of(400, message(invalid), invalid.errors());
      case OrderException.Unknown unknown -> Problem.of(404, message(unknown));
      case OrderException.Conflict conflict -> Problem.of(409, message(conflict));
      default -> unexpected(failure);
    };
  }

  private static String message(Throwable failure) {
    return String.valueOf(failure.getMessage());
  }

  private Problem unexpected(Throwable failure) {
    byte[] seed = new byte[16];
    random.nextBytes(seed);
    String incident = "urn:uuid:" + UUID.nameUUIDFromBytes(seed);
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    LOG.errorf("Unexpected fault, incident %s%n%s", incident, redaction.clean(trace.toString()));
    return Problem.incident(incident);
  }
}
