package dev.polycert.domain;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** SKELETON: to be replaced. */
public final class DomainName implements Comparable<DomainName> {
  private final String ascii;

  private DomainName(String ascii) {
    this.ascii = ascii;
  }

  @JsonCreator
  public static DomainName parse(String text) {
    return new DomainName(text.toLowerCase(java.util.Locale.ROOT));
  }

  /** The A-label form, lower case, with {@code *.} where it is a wildcard. */
  @JsonValue
  public String ascii() {
    return ascii;
  }

  /** The U-label form. */
  public String unicode() {
    return ascii;
  }

  public boolean wildcard() {
    return ascii.startsWith("*.");
  }

  /** The ASCII name without {@code *.}. */
  public String base() {
    return wildcard() ? ascii.substring(2) : ascii;
  }

  /** Whether this is the name, or lies below it. */
  public boolean isUnder(String asciiParent) {
    return base().equals(asciiParent) || base().endsWith("." + asciiParent);
  }

  /** What an applicant should know about the name. */
  public java.util.List<String> notes() {
    return java.util.List.of();
  }

  @Override
  public int compareTo(DomainName o) {
    return ascii.compareTo(o.ascii);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof DomainName d && d.ascii.equals(ascii);
  }

  @Override
  public int hashCode() {
    return ascii.hashCode();
  }

  @Override
  public String toString() {
    return ascii;
  }
}
