package dev.polycert.function.hint;

import java.util.Locale;

/** Tencent Cloud DNSPod: API calls as CloudAudit records them. */
final class Dnspod {

  private Dnspod() {}

  static DnsHint read(String source, Loose data) {
    // CloudAudit's own API wraps the record as a text in another one.
    Loose wrapped = data.get("CloudAuditEvent");
    Loose call = wrapped.isThere() ? wrapped : data;
    if (!source.startsWith("dnspod.") && !isDnspod(call)) {
      return new DnsHint.Nothing("it is no call to DNSPod");
    }
    String error = call.text("errorCode");
    if (!error.isEmpty() && !error.equals("0")) {
      return new DnsHint.Nothing("the call has failed");
    }
    return switch (call.text("eventName")) {
      case "CreateRecord", "ModifyRecord", "CreateTXTRecord", "ModifyTXTRecord" -> {
        Loose parameters = call.get("requestParameters");
        yield DnsHint.ofZone(parameters.text("Domain"), parameters.text("SubDomain"));
      }
      case "CreateRecordBatch", "ModifyRecordBatch", "ModifyRecordFields", "ModifyRecordStatus" ->
          new DnsHint.Somewhere();
      case "DeleteRecord", "DeleteRecordBatch" -> new DnsHint.Nothing("it only deletes");
      default -> new DnsHint.Nothing("it changes no records");
    };
  }

  private static boolean isDnspod(Loose call) {
    return call.text("eventSource").toLowerCase(Locale.ROOT).startsWith("dnspod.")
        || call.text("resourceType").equalsIgnoreCase("dnspod");
  }
}
