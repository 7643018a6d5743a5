package dev.polycert.look;

import java.util.Optional;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.TextParseException;

/** Converts between texts and the DNS library's names. */
final class Names {

  private Names() {}

  /** Reads a full name with or without the trailing dot; empty when it is no DNS name. */
  static Optional<Name> parse(String text) {
    try {
      return Optional.of(Name.fromString(text, Name.root));
    } catch (TextParseException malformed) {
      return Optional.empty();
    }
  }

  /** The name without the trailing dot. */
  static String text(Name name) {
    return name.toString(true);
  }

  /** Appends a zone's name to a full name, as DNS consoles do; empty when that is too long. */
  static Optional<Name> doubled(Name name, Name zone) {
    try {
      return Optional.of(Name.concatenate(name.relativize(Name.root), zone));
    } catch (NameTooLongException tooLong) {
      return Optional.empty();
    }
  }
}
