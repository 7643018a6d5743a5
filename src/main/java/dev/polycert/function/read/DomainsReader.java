package dev.polycert.function.read;

import dev.polycert.domain.DomainName;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the domain names of a request. */
public final class DomainsReader {

  private DomainsReader() {}

  /**
   * Reads the member {@code domains}.
   *
   * @param notes gets a note for every name that occurs again
   * @return the names in request order, each once, by the path of where it is
   */
  public static Map<String, DomainName> read(Fields fields, int max, List<String> notes) {
    Map<String, String> texts = fields.texts("domains", max);
    Map<String, DomainName> domains = new LinkedHashMap<>();
    Map<DomainName, String> seen = new HashMap<>();
    if (texts == null) {
      return domains;
    }
    texts.forEach(
        (path, text) -> {
          try {
            DomainName domain = DomainName.ofHost(text);
            String before = seen.putIfAbsent(domain, path);
            if (before == null) {
              domains.put(path, domain);
            } else {
              notes.add(path + " is the same name as " + before + ": " + domain.ascii());
            }
          } catch (IllegalArgumentException e) {
            fields.errorAt(path, String.valueOf(e.getMessage()));
          }
        });
    return domains;
  }
}
