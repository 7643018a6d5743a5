package dev.polycert.function.hint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Amazon Route 53: API calls as CloudTrail records them. */
final class Route53 {

  private Route53() {}

  static DnsHint read(Loose call) {
    if (!call.text("eventName").equals("ChangeResourceRecordSets")) {
      return new DnsHint.Nothing("it changes no records");
    }
    if (!call.text("errorCode").isEmpty()) {
      return new DnsHint.Nothing("the call has failed");
    }
    JsonNode changes = call.get("requestParameters").get("changeBatch").get("changes").node();
    if (changes.isEmpty()) {
      return new DnsHint.Somewhere();
    }
    List<String> names = new ArrayList<>();
    for (JsonNode each : changes) {
      Loose change = new Loose(each);
      if (!change.text("action").equals("DELETE")) {
        names.add(change.get("resourceRecordSet").text("name"));
      }
    }
    return names.isEmpty() ? new DnsHint.Nothing("it only deletes") : DnsHint.ofNames(names);
  }
}
