package dev.polycert.log;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/** Logs unexpected faults, each under an id that callers can refer to. */
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
   * Logs a fault with its stack trace, without secrets.
   *
   * @return the incident id, a URN (RFC 9562, section 4)
   */
  public String log(Throwable fault) {
    return log(fault, "a request");
  }

  /**
   * As above.
   *
   * @param subject the id of the order or provider that it happened to
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
