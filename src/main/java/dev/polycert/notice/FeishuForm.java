package dev.polycert.notice;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
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
 * A custom bot of Feishu, or of Lark ("Custom bot usage guide",
 * open.feishu.cn/document/client-docs/bot-v3/add-custom-bot).
 */
final class FeishuForm extends ChatForm {
  /** 100 messages a minute and 5 a second ("Usage limits"). */
  private static final Descriptor SERVICE = Descriptor.of("notice-feishu", "Feishu").limit(SEND, 1);

  /** Bytes of the body; 20 KB are allowed. */
  private static final int ROOM = 19_500;

  /** 19021: the signature; 19022: the address; 19024: the keyword; 11232: the rate. */
  private static final ErrorTable ERRORS =
      ErrorTable.unlistedAre(ErrorClass.FINAL)
          .put(ErrorClass.THROTTLED, "11232", "99991400")
          .put(ErrorClass.CREDENTIALS, "19001", "19021", "19022")
          .build();

  private final Optional<String> secret;

  FeishuForm(String url, Optional<String> secret) {
    super(SERVICE, ROOM, url);
    this.secret = secret;
  }

  /** A rich text, because {@code <at>} in a plain one mentions people. */
  @Override
  void fill(ObjectNode body, Message message, Instant now) {
    secret.ifPresent(key -> sign(body, key, now.getEpochSecond()));
    body.put("msg_type", "post");
    ObjectNode text = body.putObject("content").putObject("post").putObject("zh_cn");
    text.put("title", message.title());
    ArrayNode lines = text.putArray("content");
    message
        .lines()
        .forEach(line -> lines.addArray().addObject().put("tag", "text").put("text", line));
  }

  /**
   * The time and the secret are the key, and the signed text is empty ("Signature verification").
   */
  private static void sign(ObjectNode body, String key, long seconds) {
    byte[] signature = Signing.hmacSha256((seconds + "\n" + key).getBytes(UTF_8), "");
    body.put("timestamp", String.valueOf(seconds));
    body.put("sign", Base64.getEncoder().encodeToString(signature));
  }

  /** Errors come with 200 as well. */
  @Override
  public Decoder<Boolean> decoder() {
    return Answers.byCode(ERRORS, "code", "msg");
  }
}
