package dev.polycert.whole.judge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.polycert.provider.FixtureServer.Received;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells in what a request of ours differs in meaning from what the vendor's SDK sent. Order,
 * spacing and escaping mean nothing; neither do headers of the transport.
 */
public final class Differences {
  private static final Set<String> TRANSPORT =
      Set.of("accept", "accept-encoding", "connection", "content-length", "transfer-encoding");

  /** Values that cannot be the same twice; that they are right is what the signature shows. */
  private static final Set<String> OF_THE_MOMENT =
      Set.of(
          "authorization",
          "host",
          "user-agent",
          "x-acs-date",
          "x-acs-signature-nonce",
          "x-sdk-date",
          "x-tc-timestamp");

  private Differences() {}

  /** One sentence for each difference. */
  public static Set<String> between(Capture theirs, Received ours) {
    Set<String> found = new TreeSet<>();
    compare(found, "method", Map.of("", theirs.method()), Map.of("", ours.method()));
    compare(found, "path", Map.of("", theirs.path()), Map.of("", ours.path()));
    compare(found, "query", parameters(theirs.query()), parameters(ours.query()));
    compare(found, "header", meaning(theirs.headers()), meaning(ours.headers()));
    compare(found, "signed", signed(theirs.headers()), signed(ours.headers()));
    compare(found, "body", members(theirs.body()), members(ours.body()));
    return found;
  }

  private static void compare(
      Set<String> found, String part, Map<String, String> theirs, Map<String, String> ours) {
    Set<String> names = new TreeSet<>(theirs.keySet());
    names.addAll(ours.keySet());
    for (String name : names) {
      String there = theirs.get(name);
      String here = ours.get(name);
      if (!Objects.equals(there, here)) {
        found.add((part + " " + name).strip() + ": " + told(there) + ", ours " + told(here));
      }
    }
  }

  private static String told(@Nullable String value) {
    return value == null ? "none" : value.isEmpty() ? "empty" : value;
  }

  private static Map<String, String> meaning(Map<String, String> headers) {
    Map<String, String> meaning = new TreeMap<>(headers);
    meaning.keySet().removeAll(TRANSPORT);
    OF_THE_MOMENT.forEach(name -> meaning.computeIfPresent(name, (header, value) -> "given"));
    return meaning;
  }

  private static Map<String, String> signed(Map<String, String> headers) {
    String list = headers.get("authorization").replaceFirst(".*SignedHeaders=([^,]+),.*", "$1");
    return Arrays.stream(list.split(";"))
        .collect(Collectors.toMap(name -> name, name -> "signed", (a, b) -> a, TreeMap::new));
  }

  private static Map<String, String> parameters(@Nullable String query) {
    if (query == null || query.isEmpty()) {
      return Map.of();
    }
    return Arrays.stream(query.split("&"))
        .map(parameter -> parameter.split("=", 2))
        .collect(
            Collectors.toMap(
                pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
  }

  /** The values of a JSON body by their JSON pointers. */
  private static Map<String, String> members(byte[] body) {
    Map<String, String> members = new TreeMap<>();
    try {
      if (body.length > 0) {
        collect(members, "", new ObjectMapper().readTree(body));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return members;
  }

  private static void collect(Map<String, String> members, String pointer, JsonNode node) {
    if (node.isValueNode()) {
      members.put(pointer, node.toString());
    }
    node.properties()
        .forEach(each -> collect(members, pointer + "/" + each.getKey(), each.getValue()));
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      collect(members, pointer + "/" + i, node.get(i));
    }
  }
}
