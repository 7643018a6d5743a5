package dev.polycert.notice;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.call.Decoder;
import dev.polycert.call.Descriptor;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.ErrorTable;
import dev.polycert.call.Signing;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * A custom robot of DingTalk ("Custom bots send group messages",
 * open.dingtalk.com/document/orgapp/custom-robots-send-group-messages).
 */
final class DingTalkForm extends ChatForm {
  /** 20 messages a minute; more stop the robot for ten minutes. */
  private static final Descriptor SERVICE =
      Descriptor.of("notice-dingtalk", "DingTalk").limit(SEND, 18 / 60.0);

  /** Bytes of the body; 20,000 are allowed. */
  private static final int ROOM = 19_500;

  /** From the table of error codes; 310000 is a wrong signature, keyword or address. */
  private static final ErrorTable ERRORS =
      ErrorTable.unlistedAre(ErrorClass.FINAL)
          .put(ErrorClass.RETRY, "-1")
          .put(ErrorClass.THROTTLED, "130101", "410100")
          .put(ErrorClass.CREDENTIALS, "300001", "300005", "310000", "400101", "400102")
          .build();

  private final Optional<String> secret;

  DingTalkForm(String url, Optional<String> secret) {
    super(SERVICE, ROOM, url);
    this.secret = secret;
  }

  /** A text has no mark-up, and calls only people whom {@code at} names. */
  @Override
  void fill(ObjectNode body, Message message, Instant now) {
    body.put("msgtype", "text");
    body.putObject("text").put("content", message.text());
    body.putObject("at").put("isAtAll", false);
  }

  @Override
  String url(Instant now) {
    String url = super.url(now);
    return secret.map(key -> signed(url, key, now.toEpochMilli())).orElse(url);
  }

  private static String signed(String url, String key, long millis) {
    byte[] signature = Signing.hmacSha256(key.getBytes(UTF_8), millis + "\n" + key);
    return url
        + (url.indexOf('?') < 0 ? "?" : "&")
        + "timestamp="
        + millis
        + "&sign="
        + Signing.percentEncode(Base64.getEncoder().encodeToString(signature));
  }

  /** Errors come with 200 as well. */
  @Override
  public Decoder<Boolean> decoder() {
    return Answers.byCode(ERRORS, "errcode", "errmsg");
  }
}
