package dev.polycert.notice;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polycert.call.Signing;
import dev.polycert.order.Notice;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The text that a channel sends at once: plain, because each {@link Form} escapes it as its service
 * needs.
 *
 * @param id the same for the same notices
 * @param lines one for each notice
 */
record Message(String id, String title, List<String> lines, List<Notice> notices) {
  private static final String CUT = "…";

  /** The shortest line that is cut any further. */
  private static final int SHORT = 20;

  Message {
    lines = List.copyOf(lines);
    notices = List.copyOf(notices);
  }

  static Message of(String channel, String title, List<String> lines, List<Notice> notices) {
    String about =
        Stream.concat(Stream.of(channel), notices.stream().map(Notice::id))
            .collect(Collectors.joining("\n"));
    String id = "msg_" + Signing.sha256Hex(about.getBytes(UTF_8)).substring(0, 32);
    return new Message(id, title, lines, notices);
  }

  /** The title and the lines below it. */
  String text() {
    return Stream.concat(Stream.of(title), lines.stream()).collect(Collectors.joining("\n"));
  }

  /** The same with its longest text shortened by a quarter, where it is long enough. */
  Message shorter() {
    List<String> texts = new ArrayList<>(lines);
    texts.addFirst(title);
    int longest = 0;
    for (int i = 1; i < texts.size(); i++) {
      longest = texts.get(i).length() > texts.get(longest).length() ? i : longest;
    }
    texts.set(longest, cut(texts.get(longest)));
    return new Message(id, texts.getFirst(), texts.subList(1, texts.size()), notices);
  }

  private static String cut(String text) {
    if (text.length() < SHORT) {
      return text;
    }
    int end = text.length() * 3 / 4;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + CUT;
  }
}
