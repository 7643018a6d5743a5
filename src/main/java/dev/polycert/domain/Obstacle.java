package dev.polycert.domain;

/**
 * A state of the DNS that keeps a CA from issuing for a name, whatever is published for the
 * validation.
 *
 * @param lasting whether it stays until the owner of the domain changes something; else it may pass
 * @param code {@code Dns.CaaForbids}, {@code Dns.Bogus} or {@code Dns.Unreachable}
 * @param text a sentence that names the record, where it stands and what helps
 */
public record Obstacle(boolean lasting, String code, String text) {
  /** The code where no name server could be asked. */
  public static final String UNREACHABLE = "Dns.Unreachable";

  /** One that stays. */
  public static Obstacle lasting(String code, String text) {
    return new Obstacle(true, code, text);
  }

  /** One that may pass. */
  public static Obstacle passing(String code, String text) {
    return new Obstacle(false, code, text);
  }
}
