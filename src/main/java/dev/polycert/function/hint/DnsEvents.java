package dev.polycert.function.hint;

import dev.polycert.function.invocation.Event;
import java.util.Locale;

/** Reads the events of DNS services, whichever of them sent one. */
public final class DnsEvents {

  private DnsEvents() {}

  /** What the event hints at; an event of something else hints at nothing. */
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
    // The source that Alibaba Cloud's ActionTrail writes is not documented for DNS.
    if (Alidns.sent(data)) {
      return Alidns.read(data);
    }
    return new DnsHint.Nothing("it is from no DNS service that is known");
  }
}
