package dev.polycert.notice;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.call.Answer;
import dev.polycert.call.Decoder;
import dev.polycert.call.Descriptor;
import dev.polycert.call.ErrorClass;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * A workflow of Microsoft Teams with the trigger "When a Teams webhook request is received", which
 * posts an Adaptive Card ("Create incoming webhooks with Workflows for Microsoft Teams").
 */
final class TeamsForm extends ChatForm {
  /** "More than four requests per second" are throttled ("Rate limiting for connectors"). */
  private static final Descriptor SERVICE =
      Descriptor.of("notice-teams", "Microsoft Teams").limit(SEND, 2);

  /**
   * Bytes. A message may have 28 KB ("Create incoming webhooks"); those of more than about 20 KB
   * were seen to be rejected with 413.
   */
  private static final int ROOM = 18_000;

  /** Connectors of the earlier kind report a throttled message with 200 and this text. */
  private static final Pattern THROTTLED = Pattern.compile("HTTP error 429");

  TeamsForm(String url) {
    super(SERVICE, ROOM, url);
  }

  @Override
  void fill(ObjectNode body, Message message, Instant now) {
    body.put("type", "message");
    ObjectNode attachment = body.putArray("attachments").addObject();
    attachment.put("contentType", "application/vnd.microsoft.card.adaptive");
    ObjectNode card = attachment.putObject("content");
    card.put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
    card.put("type", "AdaptiveCard");
    card.put("version", "1.4");
    ArrayNode blocks = card.putArray("body");
    run(blocks, message.title()).put("weight", "Bolder");
    message.lines().forEach(line -> run(blocks, line));
  }

  /** A TextRun has no Markdown, unlike a TextBlock ("RichTextBlock", Adaptive Cards 1.2). */
  private static ObjectNode run(ArrayNode blocks, String text) {
    return blocks
        .addObject()
        .put("type", "RichTextBlock")
        .putArray("inlines")
        .addObject()
        .put("type", "TextRun")
        .put("text", text);
  }

  /** 202 of a workflow, 200 with {@code 1} of a connector; the latter shows failures with 200. */
  @Override
  public Decoder<Boolean> decoder() {
    return answer -> {
      String text = Answers.text(answer);
      if (answer.status() == 200 && !text.isEmpty() && !text.equals("1")) {
        return THROTTLED.matcher(text).find()
            ? Answers.refused(ErrorClass.THROTTLED, "HTTP.429", answer)
            : Answers.refused(ErrorClass.FINAL, "Answer.Unexpected", answer);
      }
      return answer.status() / 100 == 2 ? Answer.of(true) : Answers.refused(answer);
    };
  }
}
