package dev.polycert.function.hint;

import java.util.List;

/** Huawei Cloud DNS: API calls as Cloud Trace Service records them. */
final class HuaweiDns {

  private HuaweiDns() {}

  static DnsHint read(String source, Loose trace) {
    if (!source.equals("hc.dns") && !trace.text("service_type").equalsIgnoreCase("DNS")) {
      return new DnsHint.Nothing("it is no call to DNS");
    }
    if (failed(trace)) {
      return new DnsHint.Nothing("the call has failed");
    }
    return switch (trace.text("trace_name")) {
      case "createPublicRecordSet", "updatePublicRecordSet", "updateRecordSetStatus" ->
          named(trace);
      case "createPublicRecordSetImport" -> new DnsHint.Somewhere();
      case "deletePublicRecordSet" -> new DnsHint.Nothing("it only deletes");
      default -> new DnsHint.Nothing("it changes no public records");
    };
  }

  /** The request of an update may lack the name. */
  private static DnsHint named(Loose trace) {
    return DnsHint.ofNames(
        List.of(
            trace.get("request").text("name"),
            trace.get("response").text("name"),
            trace.text("resource_name")));
  }

  private static boolean failed(Loose trace) {
    String rating = trace.text("trace_rating");
    return !(rating.isEmpty() || rating.equals("normal")) || trace.text("code").matches("[45]..");
  }
}
