package dev.polycert.notice;

import dev.polycert.call.VendorText;
import dev.polycert.order.Notice;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts notices into words, by the templates of a channel. */
final class Wording {
  private static final Set<String> OF_TITLE = Set.of("count", "events", "domains");

  private static final Set<String> OF_LINE =
      Set.of(
          "event",
          "domain",
          "provider",
          "account",
          "label",
          "generation",
          "state",
          "notAfter",
          "error",
          "message",
          "requestId",
          "orderId",
          "time",
          "id");

  /** The most domains that a title names. */
  private static final int MOST_DOMAINS = 3;

  private final String channel;
  private final Template title;
  private final Template line;

  /**
   * @throws IllegalArgumentException when a template has an unknown placeholder
   */
  Wording(String channel, String prefix, NoticeConfig.Channel settings) {
    this.channel = channel;
    this.title = Template.of(prefix + "title", settings.title(), OF_TITLE);
    this.line = Template.of(prefix + "line", settings.line(), OF_LINE);
  }

  Message message(List<Notice> notices) {
    return Message.of(
        channel,
        VendorText.clean(title.fill(summary(notices))),
        notices.stream().map(notice -> line.fill(values(notice))).toList(),
        notices);
  }

  private static Map<String, String> summary(List<Notice> notices) {
    Map<String, Long> events =
        notices.stream()
            .collect(
                Collectors.groupingBy(Wording::event, LinkedHashMap::new, Collectors.counting()));
    List<String> domains = notices.stream().map(Notice::subject).distinct().toList();
    int more = domains.size() - MOST_DOMAINS;
    return Map.of(
        "count",
        String.valueOf(notices.size()),
        "events",
        events.entrySet().stream()
            .map(it -> it.getValue() == 1 ? it.getKey() : it.getValue() + " × " + it.getKey())
            .collect(Collectors.joining(", ")),
        "domains",
        domains.stream().limit(MOST_DOMAINS).collect(Collectors.joining(", "))
            + (more > 0 ? " and " + more + " more" : ""));
  }

  private static Map<String, String> values(Notice notice) {
    Notice.Data data = notice.data();
    Map<String, String> values = new HashMap<>();
    put(values, "event", event(notice));
    put(values, "id", notice.id());
    put(values, "time", notice.time());
    put(values, "domain", data.domain());
    put(values, "provider", data.provider());
    put(values, "account", data.account());
    put(values, "label", data.label());
    put(values, "generation", data.generation() == 0 ? null : data.generation());
    put(values, "state", data.state());
    put(values, "notAfter", data.notAfter());
    put(values, "error", data.error());
    put(values, "message", data.message());
    put(values, "requestId", data.requestId());
    put(values, "orderId", data.orderId());
    return values;
  }

  /** Puts a text on one line, so that no vendor's text begins a new line or a header of a mail. */
  private static void put(Map<String, String> values, String name, @Nullable Object value) {
    String text = value == null ? "" : VendorText.clean(value.toString());
    if (!text.isEmpty()) {
      values.put(name, text);
    }
  }

  /** The type without the prefix of all types. */
  static String event(Notice notice) {
    return notice.type().substring(Notice.SPACE.length());
  }
}
