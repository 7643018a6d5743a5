package dev.polycert.log;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/** Writes faults that nobody expected to the log, for callers to refer to. */
@ApplicationScoped
public class Incidents {
  private static final Logger LOG = Logger.getLogger(Incidents.class);

  private final RandomGenerator random;
  private final Redaction redaction;

  public Incidents(RandomGenerator random, Redaction redaction) {
    this.random = random;
    this.redaction = redaction;
  }

  /**
   * Logs a fault with its stack trace, but for secrets.
   *
   * @return the URN (RFC 9562, section 4) that it is logged under
   */
  public String log(Throwable fault) {
    return log(fault, "a request");
  }

  /**
   * As above.
   *
   * @param subject what it was about: the id of an order, or a provider's
   */
  public String log(Throwable fault, Object subject) {
    byte[] seed = new byte[16];
    random.nextBytes(seed);
    String incident = "urn:uuid:" + UUID.nameUUIDFromBytes(seed);
    StringWriter trace = new StringWriter();
    fault.printStackTrace(new PrintWriter(trace));
    LOG.errorf(
        "Unexpected fault with %s, incident %s%n%s",
        subject, incident, redaction.clean(trace.toString()));
    return incident;
  }
}
