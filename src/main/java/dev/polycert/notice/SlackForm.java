package dev.polycert.notice;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.call.Answer;
import dev.polycert.call.Decoder;
import dev.polycert.call.Descriptor;
import dev.polycert.call.ErrorClass;
import java.time.Instant;

/**
 * An incoming webhook of Slack ("Sending messages using incoming webhooks",
 * docs.slack.dev/messaging/sending-messages-using-incoming-webhooks).
 */
final class SlackForm extends ChatForm {
  /** One message a second ("Rate limits", docs.slack.dev/apis/web-api/rate-limits). */
  private static final Descriptor SERVICE = Descriptor.of("notice-slack", "Slack").limit(SEND, 1);

  /** The best length; Slack cuts at 40,000 ("Truncating content", chat.postMessage). */
  private static final int ROOM = 4000;

  SlackForm(String url) {
    super(SERVICE, ROOM, url);
  }

  @Override
  public int size(Message message) {
    return escaped(message).length();
  }

  /**
   * Without mark-up, only these three characters have a meaning ("Escaping text", "Formatting
   * text").
   */
  private static String escaped(Message message) {
    return message.text().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  @Override
  void fill(ObjectNode body, Message message, Instant now) {
    body.put("text", escaped(message));
    body.put("mrkdwn", false);
    // Slack must not show previews of addresses in a vendor's text.
    body.put("unfurl_links", false).put("unfurl_media", false);
  }

  /** 200 with the text {@code ok}; errors have a name for text, {@code no_service} for example. */
  @Override
  public Decoder<Boolean> decoder() {
    return answer -> {
      if (answer.status() != 200) {
        return Answers.refused(answer);
      }
      return Answers.text(answer).equals("ok")
          ? Answer.of(true)
          : Answers.refused(ErrorClass.FINAL, "Answer.Unexpected", answer);
    };
  }
}
