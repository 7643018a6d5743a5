package dev.polycert.notice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.call.Decoder;
import dev.polycert.call.Descriptor;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.ErrorTable;
import dev.polycert.call.HttpAnswer;
import dev.polycert.call.JsonEnvelope;
import dev.polycert.call.JsonEnvelope.Said;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A bot of Telegram ("sendMessage", core.telegram.org/bots/api). */
final class TelegramForm extends ChatForm {
  static final String SERVER = "https://api.telegram.org";

  /** 20 messages a minute in one group ("My bot is hitting limits", core.telegram.org/bots/faq). */
  private static final Descriptor SERVICE =
      Descriptor.of("notice-telegram", "Telegram").limit(SEND, 20 / 60.0);

  /** Characters of {@code text}, in UTF-16 code units. */
  private static final int ROOM = 4096;

  private static final ErrorTable ERRORS =
      ErrorTable.unlistedAre(ErrorClass.FINAL)
          .put(ErrorClass.THROTTLED, "429")
          .put(ErrorClass.CREDENTIALS, "401", "403", "404")
          .build();

  private static final JsonEnvelope ENVELOPE =
      JsonEnvelope.of(
          ERRORS,
          "X-Request-Id",
          (root, failed) ->
              failed || !root.path("ok").asBoolean()
                  ? Said.in(root, "error_code", "description")
                  : Optional.empty());

  private static final JsonMapper JSON = new JsonMapper();

  private final String chat;

  TelegramForm(String server, String token, String chat) {
    super(SERVICE, ROOM, server.replaceFirst("/+$", "") + "/bot" + token + "/sendMessage");
    this.chat = chat;
  }

  @Override
  public int size(Message message) {
    return message.text().length();
  }

  /**
   * Inside of {@code pre}, names, links and commands are text; without a parse mode, mark-up is.
   */
  @Override
  void fill(ObjectNode body, Message message, Instant now) {
    body.put("chat_id", chat);
    body.put("text", message.text());
    body.putArray("entities")
        .addObject()
        .put("type", "pre")
        .put("offset", 0)
        .put("length", message.text().length());
  }

  /** {@code ok} decides, whatever the status is. */
  @Override
  public Decoder<Boolean> decoder() {
    Decoder<Boolean> answers =
        ENVELOPE.decoder(root -> Optional.of(root.path("ok").asBoolean()).filter(ok -> ok), "ok");
    return answer -> answers.decode(withRetryAfter(answer));
  }

  /** The pause that it asks for is in the body ("ResponseParameters"). */
  private static HttpAnswer withRetryAfter(HttpAnswer answer) {
    String seconds = retryAfter(answer);
    return seconds == null
        ? answer
        : new HttpAnswer(
            answer.status(),
            name -> name.equalsIgnoreCase("Retry-After") ? seconds : answer.header().apply(name),
            answer.body());
  }

  private static @Nullable String retryAfter(HttpAnswer answer) {
    try {
      JsonNode seconds = JSON.readTree(answer.body()).path("parameters").path("retry_after");
      return seconds.isIntegralNumber() ? seconds.asText() : null;
    } catch (IOException noJson) {
      return null;
    }
  }
}
