package dev.polycert.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.function.hint.DnsHint;
import dev.polycert.function.invocation.Fields;
import dev.polycert.function.invocation.InvalidInput;
import java.util.Map;
import java.util.stream.Stream;

/** Reads the names under which somebody says that the DNS has changed. */
final class DnsChangedRequest {
  private static final int MAX = 1000;

  private DnsChangedRequest() {}

  /**
   * Reads a request.
   *
   * @throws InvalidInput with everything that is wrong with it
   */
  static DnsHint read(JsonNode input) {
    Fields fields = Fields.of(input);
    Map<String, String> names = fields.texts("names", MAX);
    Boolean due = fields.flag("due");
    String ignored = fields.text("ignored");
    long given = Stream.of("names", "due", "ignored").filter(fields::has).count();
    if (Boolean.FALSE.equals(due)) {
      fields.error("due", "can only be true");
    }
    fields.finish();
    if (given != 1) {
      throw InvalidInput.whole(
          "Expected names (of DNS records), due (true), or an event of a DNS service.");
    }
    if (ignored != null) {
      return new DnsHint.Nothing(ignored);
    }
    return names == null ? new DnsHint.Somewhere() : DnsHint.ofNames(names.values());
  }
}
