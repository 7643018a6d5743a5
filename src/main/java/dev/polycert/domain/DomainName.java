package dev.polycert.domain;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Names a host, or with {@code *.} all hosts one level below a name, that a public CA may issue a
 * certificate for. Two spellings of one name (upper case, Unicode or Punycode, with or without the
 * trailing dot) are equal. Some CAs issue for IP addresses as well, which stand in the place of a
 * name.
 */
@RegisterForReflection
public final class DomainName implements Comparable<DomainName> {
  private static final String WILDCARD = "*.";

  private final boolean wildcard;
  private final boolean address;
  private final String base;
  private final String unicodeBase;

  private DomainName(boolean wildcard, boolean address, String base, String unicodeBase) {
    this.wildcard = wildcard;
    this.address = address;
    this.base = base;
    this.unicodeBase = unicodeBase;
  }

  /**
   * Reads a name in any spelling, by UTS 46 without transitional processing.
   *
   * @throws InvalidNameException when it is not a name that a public CA may issue for; the message
   *     says what is wrong and what would be right
   */
  public static DomainName parse(String text) {
    NameSpelling.check(text);
    boolean wildcard = NameSpelling.startsWithWildcard(text);
    String bare = wildcard ? text.substring(WILDCARD.length()) : text;
    if (bare.equals("*") || (wildcard && bare.isEmpty())) {
      throw new InvalidNameException(text, "is a wildcard of no name: write *.example.com");
    }
    if (bare.indexOf('*') >= 0) {
      throw new InvalidNameException(
          text, "has a wildcard that is not the whole leftmost label: write *.example.com");
    }
    Idna.Forms forms = Idna.convert(bare, text);
    NamePolicy.check(forms.ascii(), wildcard, text);
    return new DomainName(wildcard, false, forms.ascii(), forms.unicode());
  }

  /**
   * Reads a name as {@link #parse}, or an IP address in any spelling.
   *
   * @throws InvalidNameException when it is neither
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static DomainName ofHost(String text) {
    Optional<String> address = IpAddresses.canonical(text);
    if (address.isPresent()) {
      return new DomainName(false, true, address.get(), address.get());
    }
    try {
      return parse(text);
    } catch (NameSpelling.AddressException otherwise) {
      throw new InvalidNameException(
          text, "is an IP address in a form that is not taken: write 192.0.2.1 or 2001:db8::1");
    }
  }

  /** The A-label form, lower case, with {@code *.} where it is a wildcard. */
  @JsonValue
  public String ascii() {
    return prefix() + base;
  }

  /** The U-label form, with {@code *.} where it is a wildcard. */
  public String unicode() {
    return prefix() + unicodeBase;
  }

  /** Whether this stands for all names one level below {@link #base()}. */
  public boolean wildcard() {
    return wildcard;
  }

  /** Whether this is an IP address and no name. */
  public boolean isAddress() {
    return address;
  }

  /** The ASCII name without {@code *.}. */
  public String base() {
    return base;
  }

  /**
   * Whether this is the name, or lies below it.
   *
   * @param parent in any spelling, as vendors list their zones and sites
   */
  public boolean isUnder(String parent) {
    String ascii = DnsNames.canonical(parent);
    return base.equals(ascii) || (!address && base.endsWith("." + ascii));
  }

  /** Warnings to read before applying; empty for most names. */
  public List<String> notes() {
    if (address) {
      return List.of();
    }
    List<String> notes = new ArrayList<>(LookAlikes.notes(unicodeBase));
    PublicSuffixes.note(base).ifPresent(notes::add);
    return List.copyOf(notes);
  }

  private String prefix() {
    return wildcard ? WILDCARD : "";
  }

  @Override
  public int compareTo(DomainName other) {
    return ascii().compareTo(other.ascii());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DomainName name && name.wildcard == wildcard && name.base.equals(base);
  }

  @Override
  public int hashCode() {
    return ascii().hashCode();
  }

  @Override
  public String toString() {
    return ascii();
  }

  /** Says why a text is no name that a public CA may issue for, and what would be right. */
  public static class InvalidNameException extends IllegalArgumentException {
    private static final int SHOWN = 80;

    InvalidNameException(String text, String reason) {
      super("'" + Printable.of(text, SHOWN) + "' " + reason);
    }

    /** Expected input errors carry no stack trace. */
    @Override
    public synchronized Throwable fillInStackTrace() {
      return this;
    }
  }
}
