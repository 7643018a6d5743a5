package dev.polycert.function.hint;

import java.util.Locale;

/** Alibaba Cloud DNS: API calls as ActionTrail records them. */
final class Alidns {

  private Alidns() {}

  /** Whether ActionTrail recorded a call to this service. */
  static boolean sent(Loose call) {
    return call.text("serviceName").equalsIgnoreCase("Alidns")
        || call.text("eventSource").toLowerCase(Locale.ROOT).startsWith("alidns.");
  }

  static DnsHint read(Loose call) {
    String name = call.text("eventName");
    if (!call.text("errorCode").isEmpty()) {
      return new DnsHint.Nothing("the call has failed");
    }
    if (name.startsWith("Delete")) {
      return new DnsHint.Nothing("it only deletes");
    }
    return switch (name) {
      // UpdateDomainRecord has the id of the record and no domain.
      case "AddDomainRecord", "UpdateDomainRecord" -> {
        Loose parameters = call.get("requestParameters");
        yield DnsHint.ofZone(parameters.text("DomainName"), parameters.text("RR"));
      }
      case "SetDomainRecordStatus", "OperateBatchDomain" -> new DnsHint.Somewhere();
      default -> new DnsHint.Nothing("it changes no records");
    };
  }
}
