package dev.polycert.sandbox;

import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Publishes DNS records and files, as the owner of a domain does. */
@ApplicationScoped
class Publisher {
  private final DnsRecords dns;
  private final WebFiles web;

  Publisher(DnsRecords dns, WebFiles web) {
    this.dns = dns;
    this.web = web;
  }

  private record Entry(String name, String type, String value) {}

  /** Sets records in place of all that the same names and types had. */
  int setDns(List<ControlBody> bodies) {
    List<Entry> entries = bodies.stream().flatMap(body -> entries(body).stream()).toList();
    entries.forEach(entry -> dns.removeAll(entry.name(), entry.type()));
    entries.forEach(entry -> dns.add(entry.name(), entry.type(), entry.value()));
    return entries.size();
  }

  /** Removes the named value; without a value all of the type, without a type all of the name. */
  int removeDns(List<ControlBody> bodies) {
    for (ControlBody body : bodies) {
      String name = body.text("name");
      String type = body.optionalText("type").orElse("ANY").toUpperCase(Locale.ROOT);
      body.optionalText("value")
          .ifPresentOrElse(value -> dns.remove(name, type, value), () -> dns.removeAll(name, type));
    }
    return bodies.size();
  }

  /** All records: {@code {name: {type: [values]}}}. */
  JsonObject dns() {
    return new JsonObject().put("records", dns.all());
  }

  int setFiles(List<ControlBody> bodies) {
    for (ControlBody body : bodies) {
      web.put(body.text("host"), body.text("path"), body.text("content"));
    }
    return bodies.size();
  }

  /** Publishes validations in the form of Polycert's answers. */
  int publish(ControlBody body) {
    List<ControlBody> validations = body.objects("validations");
    for (ControlBody validation : validations) {
      if (validation.has("recordName")) {
        publishRecord(
            entry(
                "recordValue",
                validation.text("recordName"),
                validation.text("recordType"),
                validation.text("recordValue")));
      } else if (validation.has("url")) {
        publishFile(validation.text("url"), validation.text("content"));
      } else {
        throw new ControlException(
            400, "validations", "must each have recordName, recordType and recordValue, or url");
      }
    }
    return validations.size();
  }

  private void publishRecord(Entry entry) {
    if (entry.type().equals("CNAME")) {
      dns.removeAll(entry.name(), "CNAME");
    }
    dns.add(entry.name(), entry.type(), entry.value());
  }

  /** Also gives the host an address, so that clients can look it up. */
  private void publishFile(String url, String content) {
    String host = Optional.ofNullable(uri(url).getHost()).orElse("");
    if (host.isEmpty()) {
      throw new ControlException(400, "url", "must be like http://host/path, not " + url);
    }
    web.put(host, uri(url).getRawPath(), content);
    if (dns.resolve(host, "A").isEmpty() && dns.get(host, "CNAME").isEmpty()) {
      dns.add(host, "A", "127.0.0.1");
    }
  }

  private static URI uri(String url) {
    try {
      return URI.create(url);
    } catch (IllegalArgumentException e) {
      throw new ControlException(400, "url", "is no URL: " + url);
    }
  }

  /** One entry for each value; {@code value} is a text or a list of texts. */
  private static List<Entry> entries(ControlBody body) {
    String name = body.text("name");
    String type = body.text("type");
    List<String> values = body.isList("value") ? body.texts("value") : List.of(body.text("value"));
    return values.stream().map(value -> entry("value", name, type, value)).toList();
  }

  private static Entry entry(String field, String name, String type, String value) {
    int code = Type.value(type);
    if (code < 0) {
      throw new ControlException(400, "type", "must be a DNS type such as TXT, not " + type);
    }
    try {
      DnsAnswers.record(Name.fromString(name, Name.root), code, value);
    } catch (TextParseException e) {
      throw new ControlException(400, "name", "is no DNS name: " + name);
    } catch (IllegalArgumentException e) {
      throw new ControlException(400, field, "does not fit the type " + type + ": " + value);
    }
    boolean dotted = code == Type.CNAME && value.endsWith(".");
    return new Entry(
        name,
        type.toUpperCase(Locale.ROOT),
        dotted ? value.substring(0, value.length() - 1) : value);
  }
}
