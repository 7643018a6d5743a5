package dev.polycert.notice;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.call.Decoder;
import dev.polycert.call.Descriptor;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.ErrorTable;
import java.time.Instant;

/**
 * A group robot of WeCom ("Group robot configuration", developer.work.weixin.qq.com/document/path/
 * 91770).
 */
final class WeComForm extends ChatForm {
  /** 20 messages a minute of one robot. */
  private static final Descriptor SERVICE =
      Descriptor.of("notice-wecom", "WeCom").limit(SEND, 18 / 60.0);

  /** Bytes of {@code content}. */
  private static final int ROOM = 2048;

  /** "Global error codes", path 90313 there. */
  private static final ErrorTable ERRORS =
      ErrorTable.unlistedAre(ErrorClass.FINAL)
          .put(ErrorClass.RETRY, "-1")
          .put(ErrorClass.THROTTLED, "45009")
          .put(ErrorClass.CREDENTIALS, "93000")
          .build();

  WeComForm(String url) {
    super(SERVICE, ROOM, url);
  }

  @Override
  public int size(Message message) {
    return escaped(message).getBytes(UTF_8).length;
  }

  /** A text has no mark-up but {@code <@userid>}, which mentions a person and cannot be escaped. */
  private static String escaped(Message message) {
    return message.text().replace("<@", "< @");
  }

  @Override
  void fill(ObjectNode body, Message message, Instant now) {
    body.put("msgtype", "text");
    body.putObject("text").put("content", escaped(message));
  }

  /** Errors come with 200. */
  @Override
  public Decoder<Boolean> decoder() {
    return Answers.byCode(ERRORS, "errcode", "errmsg");
  }
}
