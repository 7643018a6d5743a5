package dev.polycert.notice;

import static dev.polycert.notice.SampleNotices.NOW;
import static dev.polycert.notice.SampleNotices.failed;
import static dev.polycert.notice.SampleNotices.message;
import static dev.polycert.notice.SampleNotices.notice;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.polycert.call.Answer;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.HttpAnswer;
import dev.polycert.call.VendorError;
import dev.polycert.order.Notice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The request to each service, and the meaning of its answers. */
class FormTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String URL = "https://chat.example/hook?access_token=fake-token-of-chat";
  private static final String SECRET = "SECfake0123";

  private static final String HOSTILE =
      "<!channel> <@U1> <at user_id=\"all\">all</at> @everyone *b* _i_ ~s~ `c`"
          + " [a](https://b.example) > # & <script>alert(1)</script>";

  private static final Map<String, Form> FORMS =
      Map.of(
          "slack", new SlackForm(URL),
          "teams", new TeamsForm(URL),
          "discord", new DiscordForm(URL),
          "telegram", new TelegramForm("https://chat.example/", "1:fake", "-100"),
          "dingtalk", new DingTalkForm(URL, Optional.of(SECRET)),
          "feishu", new FeishuForm(URL, Optional.of(SECRET)),
          "wecom", new WeComForm(URL));

  private static Form form(String name) {
    Form form = FORMS.get(name);
    assertThat(form).isNotNull();
    return form;
  }

  private static JsonNode body(String form, Message message) {
    try {
      return JSON.readTree(form(form).post(message, NOW).body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final Message QUIET = message(notice(Notice.Kind.FAILED, "a.example", "acme", ""));

  private static Message hostile() {
    return message(notice(Notice.Kind.FAILED, "a.example", "acme", HOSTILE));
  }

  @Test
  void slackGetsNoMarkUp() {
    JsonNode body = body("slack", hostile());

    assertThat(body.path("text").asText())
        .startsWith("Polycert: order.failed\norder.failed: a.example at acme")
        .contains("&lt;!channel&gt; &lt;@U1&gt;", "&amp;", "*b*")
        .doesNotContain("<", ">");
    assertThat(body.path("mrkdwn").asBoolean(true)).isFalse();
    assertThat(body.path("unfurl_links").asBoolean(true)).isFalse();
  }

  @Test
  void teamsGetsACardOfPlainRuns() {
    JsonNode attachment = body("teams", hostile()).path("attachments").path(0);

    assertThat(body("teams", hostile()).path("type").asText()).isEqualTo("message");
    assertThat(attachment.path("contentType").asText())
        .isEqualTo("application/vnd.microsoft.card.adaptive");
    JsonNode blocks = attachment.path("content").path("body");
    assertThat(blocks).hasSize(2);
    assertThat(blocks).allMatch(it -> it.path("type").asText().equals("RichTextBlock"));
    JsonNode run = blocks.path(1).path("inlines").path(0);
    assertThat(run.path("type").asText()).isEqualTo("TextRun");
    assertThat(run.path("text").asText()).contains(HOSTILE);
  }

  @Test
  void discordGetsEscapedTextThatCallsNobody() {
    JsonNode body = body("discord", hostile());

    assertThat(body.path("content").asText())
        .contains("a\\.example", "\\<\\@U1\\>", "\\@everyone", "\\*b\\*", "\\_i\\_", "\\~s\\~")
        .contains("\\`c\\`", "\\[a\\]\\(https\\://b\\.example\\)", "\\# & ");
    assertThat(body.path("allowed_mentions").path("parse")).isEmpty();
    assertThat(body.path("allowed_mentions").path("parse").isArray()).isTrue();
    assertThat(body.path("flags").asInt()).isEqualTo(4);
  }

  @Test
  void telegramGetsOneBlockInWhichNothingHasAMeaning() {
    JsonNode body = body("telegram", hostile());
    String text = body.path("text").asText();

    assertThat(form("telegram").post(hostile(), NOW).url())
        .isEqualTo("https://chat.example/bot1:fake/sendMessage");
    assertThat(body.path("chat_id").asText()).isEqualTo("-100");
    assertThat(text).contains(HOSTILE);
    assertThat(body.has("parse_mode")).isFalse();
    assertThat(body.path("entities").path(0))
        .hasToString("{\"type\":\"pre\",\"offset\":0,\"length\":" + text.length() + "}");
  }

  /** The vendor's own example: HMAC-SHA256 by the secret of the time and the secret. */
  @Test
  void dingTalkGetsASignedText() throws Exception {
    String millis = String.valueOf(NOW.toEpochMilli());
    Post post = form("dingtalk").post(hostile(), NOW);

    assertThat(post.url())
        .isEqualTo(
            URL
                + "&timestamp="
                + millis
                + "&sign="
                + mac(SECRET, millis + "\n" + SECRET)
                    .replace("+", "%2B")
                    .replace("/", "%2F")
                    .replace("=", "%3D"));
    JsonNode body = body("dingtalk", hostile());
    assertThat(body.path("msgtype").asText()).isEqualTo("text");
    assertThat(body.path("text").path("content").asText()).contains(HOSTILE);
    assertThat(body.path("at").path("isAtAll").asBoolean(true)).isFalse();
    assertThat(new DingTalkForm(URL, Optional.empty()).post(hostile(), NOW).url()).isEqualTo(URL);
  }

  /** HMAC-SHA256 of nothing, by the time and the secret. */
  @Test
  void feishuGetsASignedPost() throws Exception {
    String seconds = String.valueOf(NOW.getEpochSecond());
    JsonNode body = body("feishu", hostile());

    assertThat(body.path("timestamp").asText()).isEqualTo(seconds);
    assertThat(body.path("sign").asText()).isEqualTo(mac(seconds + "\n" + SECRET, ""));
    assertThat(body.path("msg_type").asText()).isEqualTo("post");
    JsonNode post = body.path("content").path("post").path("zh_cn");
    assertThat(post.path("title").asText()).isEqualTo("Polycert: order.failed");
    JsonNode text = post.path("content").path(0).path(0);
    assertThat(text.path("tag").asText()).isEqualTo("text");
    assertThat(text.path("text").asText()).contains(HOSTILE);
  }

  @Test
  void weComGetsATextThatCallsNobody() {
    JsonNode body = body("wecom", hostile());

    assertThat(body.path("msgtype").asText()).isEqualTo("text");
    assertThat(body.path("text").path("content").asText())
        .contains("< @U1>", "*b*")
        .doesNotContain("<@");
  }

  private static String mac(String key, String text) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
    return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(UTF_8)));
  }

  private static Stream<String> forms() {
    return FORMS.keySet().stream();
  }

  /** The largest line that a vendor can cause, in characters that grow when they are escaped. */
  @ParameterizedTest
  @MethodSource("forms")
  void oneNoticeAlwaysFindsRoom(String name) {
    Form form = form(name);
    Message message = message(notice(Notice.Kind.FAILED, "a.example", "acme", "<😀*".repeat(120)));
    while (form.size(message) > form.room()) {
      Message shorter = message.shorter();
      assertThat(shorter).isNotEqualTo(message);
      message = shorter;
    }
    assertThat(message.lines()).hasSize(1);
    assertThat(message.lines().getFirst()).startsWith("order.failed: a.example");
  }

  @ParameterizedTest
  @MethodSource("forms")
  void manyNoticesDoNotFindRoom(String name) {
    Notice[] many = Stream.generate(() -> failed("a.example")).limit(2000).toArray(Notice[]::new);

    assertThat(form(name).size(message(many))).isGreaterThan(form(name).room());
    assertThat(form(name).size(QUIET)).isLessThan(form(name).room());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          slack    | 200 | ok
          teams    | 202 |
          teams    | 200 | 1
          teams    | 200 |
          discord  | 204 |
          discord  | 200 | {}
          telegram | 200 | {"ok":true,"result":{}}
          dingtalk | 200 | {"errcode":0,"errmsg":"ok"}
          feishu   | 200 | {"code":0,"data":{},"msg":"success","StatusCode":0}
          wecom    | 200 | {"errcode":0,"errmsg":"ok"}
          """)
  void successes(String name, int status, String body) {
    assertThat(decode(name, status, body)).isInstanceOf(Answer.Success.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          slack    | 404 | no_service                | FINAL       | HTTP.404
          slack    | 403 | action_prohibited         | CREDENTIALS | HTTP.403
          slack    | 410 | channel_is_archived       | FINAL       | HTTP.410
          slack    | 429 | ratelimited               | THROTTLED   | HTTP.429
          slack    | 500 | rollup_error              | RETRY       | HTTP.500
          slack    | 200 | <html>proxy</html>        | FINAL       | Answer.Unexpected
          slack    | 200 |                           | FINAL       | Answer.Unexpected
          teams    | 200 | Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429 with ContextId x | THROTTLED | HTTP.429
          teams    | 200 | Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 413 with ContextId x | FINAL | Answer.Unexpected
          teams    | 401 | {"error":{"code":"DirectApiAuthorizationRequired"}} | CREDENTIALS | HTTP.401
          discord  | 404 | {"message":"Unknown Webhook","code":10015}          | FINAL       | HTTP.404
          discord  | 429 | {"message":"You are being rate limited.","retry_after":64.57} | THROTTLED | HTTP.429
          telegram | 400 | {"ok":false,"error_code":400,"description":"Bad Request: chat not found"} | FINAL | 400
          telegram | 401 | {"ok":false,"error_code":401,"description":"Unauthorized"}   | CREDENTIALS | 401
          telegram | 200 | {"ok":false,"error_code":403,"description":"Forbidden: bot was kicked"} | CREDENTIALS | 403
          telegram | 502 | {"ok":false,"error_code":502,"description":"Bad Gateway"}    | RETRY       | 502
          telegram | 200 | {}                                                          | RETRY       | Answer.Incomplete
          dingtalk | 200 | {"errcode":310000,"errmsg":"sign not match"}                | CREDENTIALS | 310000
          dingtalk | 200 | {"errcode":130101,"errmsg":"send too fast"}                 | THROTTLED   | 130101
          dingtalk | 200 | {"errcode":-1,"errmsg":"system busy"}                       | RETRY       | -1
          dingtalk | 200 | {"errcode":430104,"errmsg":"x"}                             | FINAL       | 430104
          dingtalk | 200 | {}                                                          | RETRY       | Answer.Incomplete
          feishu   | 200 | {"code":19021,"msg":"sign match fail or timestamp is not within one hour from current time"} | CREDENTIALS | 19021
          feishu   | 400 | {"code":19024,"msg":"Key Words Not Found"}                  | FINAL       | 19024
          feishu   | 200 | {"code":11232,"msg":"frequency limited"}                    | THROTTLED   | 11232
          feishu   | 400 | {"code":9499,"msg":"Bad Request"}                           | FINAL       | 9499
          wecom    | 200 | {"errcode":93000,"errmsg":"invalid webhook url"}            | CREDENTIALS | 93000
          wecom    | 200 | {"errcode":45009,"errmsg":"api freq out of limit"}          | THROTTLED   | 45009
          wecom    | 200 | {"errcode":40058,"errmsg":"content exceed max length"}      | FINAL       | 40058
          """)
  void failuresAlsoThoseWithASuccessfulStatus(
      String name, int status, String body, ErrorClass errorClass, String code) {
    VendorError error = error(decode(name, status, body));

    assertThat(error.errorClass()).isEqualTo(errorClass);
    assertThat(error.code()).isEqualTo(code);
  }

  @Test
  void telegramsPauseIsInTheBody() {
    Answer<Boolean> answer =
        decode(
            "telegram",
            429,
            "{\"ok\":false,\"error_code\":429,\"description\":\"Too Many Requests\","
                + "\"parameters\":{\"retry_after\":35}}");

    assertThat(error(answer).retryAfter()).isEqualTo(Duration.ofSeconds(35));
    assertThat(error(answer).errorClass()).isEqualTo(ErrorClass.THROTTLED);
  }

  private static VendorError error(Answer<Boolean> answer) {
    assertThat(answer).isInstanceOf(Answer.Failed.class);
    Failure failure = ((Answer.Failed<Boolean>) answer).failure();
    return failure.error();
  }

  private static Answer<Boolean> decode(String name, int status, String body) {
    byte[] bytes = body == null ? new byte[0] : body.getBytes(UTF_8);
    try {
      return form(name).decoder().decode(new HttpAnswer(status, header -> null, bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A repeated message has the same id, and no other message has it. */
  @Test
  void idsAreThoseOfTheNotices() {
    assertThat(message(failed("a.example")).id())
        .isEqualTo(message(failed("a.example")).id())
        .isNotEqualTo(message(failed("b.example")).id())
        .startsWith("msg_");
    assertThat(HexFormat.of().parseHex(QUIET.id().substring(4))).hasSize(16);
    assertThat(List.of(QUIET.notices().size(), QUIET.lines().size())).containsOnly(1);
  }
}
