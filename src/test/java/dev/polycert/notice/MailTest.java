package dev.polycert.notice;

import static dev.polycert.notice.SampleNotices.failed;
import static dev.polycert.notice.SampleNotices.message;
import static dev.polycert.notice.SampleNotices.notice;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.call.Answer;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import dev.polycert.order.Notice;
import dev.polycert.testing.Resources;
import dev.polycert.testing.StartsProcesses;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mails to a real server. */
@StartsProcesses
@EnabledIf(
    value = "dev.polycert.notice.MailServer#isInstalled",
    disabledReason = MailServer.MISSING)
class MailTest {
  private static final String PASSWORD = "fake-password-of-mail";

  @RegisterExtension final Resources resources = new Resources();
  private final Vertx vertx = resources.vertx();

  private MailServer server(String mode, String user) {
    return resources.add(new MailServer(resources.directory(), mode, user, PASSWORD));
  }

  private Sender sender(MailServer server, String... more) {
    return sender(SendersTest.senders(vertx), server, more);
  }

  private static Sender sender(Senders senders, MailServer server, String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "kind", "smtp",
                "server", server.address(),
                "from", "polycert@example.com",
                "to", "ops@example.com, boss@example.com"));
    all.addAll(List.of(more));
    return senders.of("ops", "ops.", SampleNotices.settings(all.toArray(String[]::new)));
  }

  private static Answer<Boolean> send(Sender sender, Message message) {
    return sender.send(message, Instant.now().plusSeconds(20)).await().indefinitely();
  }

  private static VendorError refused(Sender sender) {
    Answer<Boolean> answer = send(sender, message(failed("a.example")));
    assertThat(answer).isInstanceOf(Answer.Failed.class);
    Failure failure = ((Answer.Failed<Boolean>) answer).failure();
    assertThat(failure.error().toString()).doesNotContain(PASSWORD);
    return failure.error();
  }

  @ParameterizedTest
  @ValueSource(strings = {"starttls", "tls"})
  void mailsAreEncryptedAndTheUserLogsIn(String mode) {
    MailServer server = server(mode, "polycert");
    Sender sender =
        sender(server, "tls", mode, "ca", server.ca(), "user", "polycert", "password", PASSWORD);

    assertThat(send(sender, message(failed("a.example"), failed("b.example"))))
        .isInstanceOf(Answer.Success.class);

    JsonNode mail = server.mail();
    assertThat(mail.path("tls").asBoolean()).isTrue();
    assertThat(mail.path("user").asText()).isEqualTo("polycert");
    assertThat(mail.path("from").asText()).isEqualTo("polycert@example.com");
    assertThat(mail.path("to")).hasToString("[\"ops@example.com\",\"boss@example.com\"]");
    assertThat(mail.path("data").asText())
        .contains("From: polycert@example.com", "Auto-Submitted: auto-generated")
        .contains("a.example at tencent-ssl", "b.example at tencent-ssl");
  }

  /** A vendor's text has a place in the body alone, whatever characters it has. */
  @Test
  void hostileTextsAreText() {
    MailServer server = server("plain", "");
    String hostile = "证书 refused\r\n.\r\nBcc: all@example.com\r\n<b>&";

    send(
        sender(server, "tls", "none", "title", "{domains} ⚠", "line", "{message}"),
        message(notice(Notice.Kind.FAILED, "a.example", "acme", hostile)));

    JsonNode mail = server.mail();
    String[] parts = mail.path("data").asText().split("\r?\n\r?\n", 2);
    assertThat(parts[0]).contains("Subject: ").doesNotContain("Bcc");
    assertThat(decoded(parts[0], parts[1])).contains("证书 refused . Bcc: all@example.com <b>&");
  }

  private static String decoded(String head, String body) {
    if (head.toLowerCase(Locale.ROOT).contains("base64")) {
      return new String(Base64.getMimeDecoder().decode(body), UTF_8);
    }
    byte[] bytes = new byte[body.length()];
    int length = 0;
    String joined = body.replaceAll("=\r?\n", "");
    for (int i = 0; i < joined.length(); i++) {
      if (joined.charAt(i) == '=') {
        bytes[length++] = (byte) Integer.parseInt(joined.substring(i + 1, i + 3), 16);
        i += 2;
      } else {
        bytes[length++] = (byte) joined.charAt(i);
      }
    }
    return new String(bytes, 0, length, UTF_8);
  }

  @Test
  void aServerWithoutStartTlsGetsNothing() {
    VendorError error = refused(sender(server("plain", "")));

    assertThat(error.errorClass()).isEqualTo(ErrorClass.FINAL);
    assertThat(error.message()).contains("STARTTLS required");
  }

  /** By STARTTLS the library reports nothing, so that the time runs out. */
  @ParameterizedTest
  @CsvSource({"tls, Transport.Tls", "starttls, Transport."})
  void aServerWhoseCertificateIsNotTrustedGetsNothing(String mode, String code) {
    Senders hasty =
        SendersTest.senders(
            vertx, Map.of("polycert.http.attempts", "1", "polycert.http.total-timeout", "500ms"));

    assertThat(refused(sender(hasty, server(mode, ""), "tls", mode)).code()).startsWith(code);
  }

  @Test
  void aWrongPasswordIsAMatterOfKeys() {
    MailServer server = server("starttls", "other");
    VendorError error =
        refused(sender(server, "ca", server.ca(), "user", "polycert", "password", PASSWORD));

    assertThat(error.errorClass()).isEqualTo(ErrorClass.CREDENTIALS);
    assertThat(error.code()).isEqualTo("Smtp.535");
  }

  @ParameterizedTest
  @CsvSource({"nobody, FINAL, Smtp.550, no such user", "full, RETRY, Smtp.452, mailbox full"})
  void theServersRepliesDecide(String to, ErrorClass errorClass, String code, String text) {
    VendorError error =
        refused(sender(server("plain", ""), "tls", "none", "to", to + "@example.com"));

    assertThat(error.errorClass()).isEqualTo(errorClass);
    assertThat(error.code()).isEqualTo(code);
    assertThat(error.message()).contains(text);
  }

  @Test
  void aServerThatIsDownIsTriedAgain() {
    MailServer server = server("plain", "");
    server.close();
    Sender sender = sender(server, "tls", "none");

    assertThat(refused(sender).errorClass()).isEqualTo(ErrorClass.RETRY);
  }
}
