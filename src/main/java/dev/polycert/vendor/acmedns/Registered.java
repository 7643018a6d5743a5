package dev.polycert.vendor.acmedns;

import dev.polycert.call.Credentials;
import dev.polycert.call.HiddenKeys;
import dev.polycert.call.NamedAccount;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;

/** The accounts at the acme-dns server of the Polycert account whose beans are being made. */
final class Registered {
  static final String PREFIX = "POLYCERT_ACMEDNS_ACCOUNT_";
  private static final String SUBDOMAIN = "_SUBDOMAIN";

  /** The missing variables of incomplete accounts. */
  private final List<String> missing = new ArrayList<>();

  private final List<Entry> entries = new ArrayList<>();

  /** One account, as {@code /register} has answered. */
  record Entry(String subdomain, String username, String password) {

    HiddenKeys keys() {
      return new HiddenKeys(Credentials.known(username, password, null));
    }

    @Override
    public String toString() {
      return "Entry[" + subdomain + "]";
    }
  }

  private Registered() {}

  static Registered of(AcmeDnsConfig ofDefault, Config variables) {
    Registered own = new Registered();
    if (NamedAccount.current().isPresent()) {
      own.read(variables);
    } else {
      ofDefault
          .account()
          .values()
          .forEach(
              one -> own.entries.add(new Entry(one.subdomain(), one.username(), one.password())));
    }
    if (own.entries.isEmpty()) {
      own.missing.add(NamedAccount.variable(PREFIX + "*" + SUBDOMAIN));
    }
    return own;
  }

  private void read(Config variables) {
    Pattern name =
        Pattern.compile(
            Pattern.quote(NamedAccount.variable(PREFIX)) + "(.+)" + Pattern.quote(SUBDOMAIN));
    TreeMap<String, String> subdomains = new TreeMap<>();
    for (String variable : variables.getPropertyNames()) {
      Matcher matcher = name.matcher(variable);
      if (matcher.matches()) {
        variables
            .getOptionalValue(variable, String.class)
            .ifPresent(subdomain -> subdomains.put(matcher.group(1), subdomain));
      }
    }
    subdomains.forEach(
        (account, subdomain) ->
            entries.add(
                new Entry(
                    subdomain,
                    part(variables, account + "_USERNAME"),
                    part(variables, account + "_PASSWORD"))));
  }

  private String part(Config variables, String end) {
    return NamedAccount.value(variables, PREFIX + end, String.class)
        .orElseGet(
            () -> {
              missing.add(NamedAccount.variable(PREFIX + end));
              return "";
            });
  }

  List<Entry> entries() {
    return entries;
  }

  List<String> missing() {
    return missing;
  }
}
