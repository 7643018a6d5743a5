package dev.polycert.look;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.xbill.DNS.CAARecord;

/**
 * One CAA record (RFC 8659, section 4.1).
 *
 * @param tag in lower case, because tags have no case
 */
record CaaProperty(int flags, String tag, String value) {
  static final String ISSUE = "issue";
  static final String ISSUE_WILD = "issuewild";

  /** The registered ones that CAs know, whether they act on them or not. */
  private static final Set<String> KNOWN =
      Set.of(ISSUE, ISSUE_WILD, "iodef", "issuemail", "issuevmc", "contactemail", "contactphone");

  private static final int CRITICAL = 128;
  private static final Pattern DOMAIN = Pattern.compile("[A-Za-z0-9.-]*");

  /** {@code parameter} of RFC 8659, section 4.2. */
  private static final Pattern PARAMETER =
      Pattern.compile("([A-Za-z0-9][A-Za-z0-9-]*)[ \\t]*=[ \\t]*([\\x21-\\x3A\\x3C-\\x7E]*)");

  /** The record's data in one line, for {@link #read}. */
  static String line(CAARecord caa) {
    return caa.getFlags() + " " + caa.getTag() + " " + caa.getValue();
  }

  static CaaProperty read(String line) {
    String[] parts = line.split(" ", 3);
    return new CaaProperty(Integer.parseInt(parts[0]), parts[1].toLowerCase(Locale.ROOT), parts[2]);
  }

  /** As a zone file has it. */
  String text() {
    return "%d %s \"%s\"".formatted(flags, Sighting.printable(tag), Sighting.printable(value));
  }

  boolean forbidsAll() {
    return (flags & CRITICAL) != 0 && !KNOWN.contains(tag);
  }

  /** The CA that the property allows to issue, and on which conditions. */
  record Grant(String issuer, List<Parameter> parameters) {

    List<String> values(String parameter) {
      return parameters.stream()
          .filter(it -> it.tag().equals(parameter))
          .map(Parameter::value)
          .toList();
    }
  }

  /** A condition. */
  record Parameter(String tag, String value) {}

  /** Empty where it allows none: by {@code ;} alone, or because it is malformed. */
  Optional<Grant> grant() {
    String[] parts = value.split(";", -1);
    String issuer = parts[0].strip();
    if (issuer.isEmpty() || !DOMAIN.matcher(issuer).matches()) {
      return Optional.empty();
    }
    List<Parameter> parameters = new ArrayList<>();
    for (int i = 1; i < parts.length; i++) {
      Matcher parameter = PARAMETER.matcher(parts[i].strip());
      if (parameter.matches()) {
        parameters.add(new Parameter(parameter.group(1), parameter.group(2)));
      } else if (!parts[i].isBlank()) {
        return Optional.empty();
      }
    }
    return Optional.of(new Grant(issuer.toLowerCase(Locale.ROOT), parameters));
  }
}
