package dev.polycert.function.hint;

import dev.polycert.function.invocation.Event;
import java.util.Locale;

/** Reads the events of all known DNS services. */
public final class DnsEvents {

  private DnsEvents() {}

  /** The hint in an event; {@link DnsHint.Nothing} when it is not from a known service. */
  public static DnsHint read(Event event) {
    String source = event.source().toLowerCase(Locale.ROOT);
    Loose data = new Loose(event.data());
    if (source.equals("aws.route53")) {
      return Route53.read(data);
    }
    if (source.endsWith(".cloud.tencent")) {
      return Dnspod.read(source, data);
    }
    if (source.startsWith("hc.")) {
      return HuaweiDns.read(source, data);
    }
    // Alibaba Cloud does not document the source of ActionTrail's events for DNS.
    if (Alidns.sent(data)) {
      return Alidns.read(data);
    }
    return new DnsHint.Nothing("it is from no DNS service that is known");
  }
}
