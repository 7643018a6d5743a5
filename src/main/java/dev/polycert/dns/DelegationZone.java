package dev.polycert.dns;

import dev.polycert.call.Signing;
import dev.polycert.domain.DnsNames;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * A zone that people delegate validations to. Once for each name, a person sets a CNAME from the
 * name of the validation's record to the target in this zone that belongs to that name.
 *
 * @param name A-labels, lower case, without the trailing dot
 * @param place the configured zone of a writer that it is in
 */
public record DelegationZone(String name, Place place) {
  /** In hexadecimal digits; enough that no two names ever share a target. */
  private static final int LENGTH = 32;

  /**
   * The target of a record's name. Records of different names have different targets, so that the
   * values of two vendors never meet; and a name keeps its target for ever. It is a hash, because
   * the names themselves would be too long for many domains.
   */
  public String target(String recordName) {
    byte[] text = DnsNames.canonical(recordName).getBytes(StandardCharsets.UTF_8);
    return Signing.sha256Hex(text).substring(0, LENGTH) + "." + name;
  }

  /** Whether a name could be the target of some name. */
  public boolean isTarget(String other) {
    int dot = other.length() - name.length() - 1;
    return dot == LENGTH
        && other.endsWith("." + name)
        && other.substring(0, dot).chars().allMatch(HexFormat::isHexDigit);
  }
}
