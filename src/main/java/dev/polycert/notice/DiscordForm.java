package dev.polycert.notice;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.call.Decoder;
import dev.polycert.call.Descriptor;
import java.time.Instant;

/** A webhook of Discord ("Execute Webhook", docs.discord.com/developers/resources/webhook). */
final class DiscordForm extends ChatForm {
  /**
   * Limits are in the headers of answers and may change ("Rate Limits"); five messages in two
   * seconds were seen to be allowed.
   */
  private static final Descriptor SERVICE =
      Descriptor.of("notice-discord", "Discord").limit(SEND, 0.5);

  /** Characters of {@code content}. */
  private static final int ROOM = 2000;

  /** {@code SUPPRESS_EMBEDS} ("Message Flags"): no pictures of the addresses in vendors' texts. */
  private static final int NO_EMBEDS = 1 << 2;

  DiscordForm(String url) {
    super(SERVICE, ROOM, url);
  }

  @Override
  public int size(Message message) {
    return escaped(message).length();
  }

  /** A backslash takes the meaning from what follows it ("Markdown Text 101"). */
  private static String escaped(Message message) {
    return message.text().replaceAll("[\\\\*_~`|>#\\-+.()\\[\\]<:@]", "\\\\$0");
  }

  @Override
  void fill(ObjectNode body, Message message, Instant now) {
    body.put("content", escaped(message));
    body.put("flags", NO_EMBEDS);
    // Nobody is mentioned, whatever the text contains ("Allowed Mentions Object").
    body.putObject("allowed_mentions").putArray("parse");
  }

  /** 204 without a body; 429 has {@code Retry-After}. */
  @Override
  public Decoder<Boolean> decoder() {
    return Answers::byStatus;
  }
}
