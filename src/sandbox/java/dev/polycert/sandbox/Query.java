package dev.polycert.sandbox;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The parameters of a query string or of a form body, decoded, in the order of the wire. */
public record Query(List<Parameter> parameters) {

  /** One parameter; the value is empty when there was no {@code =}. */
  public record Parameter(String name, String value) {}

  public Query {
    parameters = List.copyOf(parameters);
  }

  /** Decodes {@code a=b&c=d}; a broken escape is kept as it stands. */
  public static Query parse(String raw) {
    return new Query(
        Arrays.stream(raw.split("&"))
            .filter(part -> !part.isEmpty())
            .map(Query::parameter)
            .toList());
  }

  private static Parameter parameter(String part) {
    int equals = part.indexOf('=');
    return equals < 0
        ? new Parameter(decode(part), "")
        : new Parameter(decode(part.substring(0, equals)), decode(part.substring(equals + 1)));
  }

  /** Joins the parameters of a query and of a form. */
  public Query and(Query other) {
    return new Query(Stream.concat(parameters.stream(), other.parameters.stream()).toList());
  }

  /** Finds the first value of that name, trimmed; empty when it is missing or blank. */
  public Optional<String> text(String name) {
    return parameters.stream()
        .filter(p -> p.name().equals(name))
        .map(p -> p.value().strip())
        .filter(value -> !value.isEmpty())
        .findFirst();
  }

  /** Joins {@code enc(name)=enc(value)} by {@code &}, sorted by name, as signatures want it. */
  public String canonical() {
    return parameters.stream()
        .map(p -> new Parameter(encode(p.name()), encode(p.value())))
        .sorted(Comparator.comparing(Parameter::name))
        .map(p -> p.name() + "=" + p.value())
        .collect(Collectors.joining("&"));
  }

  /** Percent-encodes everything but {@code A-Za-z0-9-_.~} (RFC 3986 section 2.3). */
  public static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  /** Decodes percent escapes and {@code +}; a text with a broken escape is kept as it stands. */
  public static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException broken) {
      return text;
    }
  }
}
