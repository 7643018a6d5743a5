package dev.polycert.function.invocation;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A list in an answer that callers can have as comma-separated values (RFC 4180), for spreadsheets.
 *
 * @param list the member of the answer that holds the list
 * @param columns paths in an entry, with dots between names
 */
public record Table(String list, List<String> columns) {
  /** The media type; RFC 7111 has its parameters. */
  static final String MEDIA_TYPE = "text/csv; charset=utf-8; header=present";

  private static final String JSON = "application/json";
  private static final String LINE_END = "\r\n";

  /**
   * What spreadsheets take for the beginning of a formula, by OWASP's page "CSV Injection"; some of
   * the texts are the vendors'. A cell also begins after a semicolon or a tab where that separates
   * cells, as it does by the settings of many countries.
   */
  private static final Pattern FORMULA =
      Pattern.compile("(?:^|(?<=[;\\t\\r\\n]))(?=[=+\\-@\\t\\r\\n＝＋－＠])");

  public Table {
    columns = List.copyOf(columns);
  }

  /** Whether a header {@code Accept} names this form and does not prefer JSON. */
  static boolean wanted(String accept) {
    return quality(accept, "text/csv") > 0 && quality(accept, "text/csv") >= quality(accept, JSON);
  }

  /** RFC 9110, section 12.4.2; 0 for a type that the header does not name. */
  private static double quality(String accept, String type) {
    return Stream.of(accept.toLowerCase(Locale.ROOT).split(","))
        .map(range -> range.replace(" ", "").split(";"))
        .filter(range -> range[0].equals(type))
        .mapToDouble(
            range ->
                Stream.of(range)
                    .filter(it -> it.startsWith("q="))
                    .findFirst()
                    .map(Table::weight)
                    .orElse(1.0))
        .max()
        .orElse(0);
  }

  private static double weight(String parameter) {
    String value = parameter.substring(2);
    return value.matches("[01](\\.[0-9]{0,3})?") ? Double.parseDouble(value) : 0;
  }

  /**
   * Renders an answer. The cursor of the next page, for which a table has no room, is in a header
   * (RFC 8288).
   *
   * @param query the query of the request
   */
  HttpRouter.Reply reply(JsonNode answer, Map<String, String> query) {
    HttpRouter.Reply reply =
        HttpRouter.Reply.text(MEDIA_TYPE, write(answer)).with("vary", "accept");
    String next = answer.path("next").asText("");
    if (next.isEmpty()) {
      return reply;
    }
    Map<String, String> following = new TreeMap<>(query);
    following.put("cursor", next);
    String page =
        following.entrySet().stream()
            .map(it -> encoded(it.getKey()) + "=" + encoded(it.getValue()))
            .collect(Collectors.joining("&"));
    return reply.with("link", "<?" + page + ">; rel=\"next\"");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Writes the list of an answer, with a line of the columns' names first. */
  String write(JsonNode answer) {
    StringBuilder text = new StringBuilder(line(columns.stream()));
    for (JsonNode entry : answer.path(list)) {
      text.append(line(columns.stream().map(column -> cell(entry, column))));
    }
    return text.toString();
  }

  private static String line(Stream<String> cells) {
    return cells.map(Table::quoted).collect(Collectors.joining(",")) + LINE_END;
  }

  private static String cell(JsonNode entry, String column) {
    JsonNode value = entry;
    for (String name : column.split("\\.")) {
      value = value.path(name);
    }
    return harmless(value.isContainerNode() ? value.toString() : value.asText(""));
  }

  /** A text that no spreadsheet calculates: an apostrophe before a formula makes it a text. */
  private static String harmless(String text) {
    return FORMULA.matcher(text).replaceAll("'");
  }

  private static String quoted(String cell) {
    boolean plain =
        cell.chars().noneMatch(it -> it == ',' || it == '"' || it == '\r' || it == '\n');
    return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }
}
