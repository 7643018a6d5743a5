package dev.polycert.notice;

import static dev.polycert.notice.SampleNotices.failed;
import static dev.polycert.notice.SampleNotices.message;
import static dev.polycert.notice.SampleNotices.notice;
import static dev.polycert.notice.SampleNotices.ofHost;
import static dev.polycert.notice.SampleNotices.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polycert.order.Notice;
import dev.polycert.order.Notice.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordingTest {

  @Test
  void aMessageSaysWhatAPersonNeeds() {
    Message message =
        message(
            failed("a.example"),
            failed("b.example"),
            ofHost(Kind.SERVED_EXPIRING, "c.example:443"));

    assertThat(message.title()).isEqualTo("Polycert: 2 × order.failed, served.expiring");
    assertThat(message.lines())
        .containsExactly(
            "order.failed: a.example at tencent-ssl. LimitExceeded: refused (requestId=req-1) "
                + SampleNotices.ORDER,
            "order.failed: b.example at tencent-ssl. LimitExceeded: refused (requestId=req-1) "
                + SampleNotices.ORDER,
            "served.expiring: c.example:443. LimitExceeded: it ends soon (requestId=req-1)");
  }

  @Test
  void templatesAreTheChannelsOwn() {
    Wording own =
        wording("{count} for {domains}", "[x] {domain}[ at {account}][ by {provider}] {message}");

    Message message = own.message(List.of(failed("a.example"), failed("b.example")));
    assertThat(message.title()).isEqualTo("2 for a.example, b.example");
    assertThat(message.lines().getFirst()).isEqualTo("[x] a.example by tencent-ssl refused");
  }

  @Test
  void manyDomainsAreCounted() {
    List<Notice> notices =
        List.of(failed("a.example"), failed("b.example"), failed("c.example"), failed("d.example"));

    assertThat(wording("{domains}", "x").message(notices).title())
        .isEqualTo("a.example, b.example, c.example and 1 more");
  }

  /** Nor does it begin a line or a header of its own. */
  @Test
  void whatAVendorSaysIsNoTemplate() {
    String hostile = "{domain} [{error}]\r\nBcc: all@example.com\n\u0007$1\\";

    assertThat(
            wording("t", "{message}")
                .message(List.of(notice(Kind.FAILED, "a.example", "acme", hostile)))
                .lines())
        .containsExactly("{domain} [{error}] Bcc: all@example.com $1\\");
  }

  @Test
  void aWrongPlaceholderIsRefusedByName() {
    assertThatThrownBy(() -> wording("{event}", "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "ops.title: there is no placeholder {event}; there are {count}, {domains}, {events}");
    assertThatThrownBy(() -> wording("x", "{domain} {notafter}"))
        .hasMessageStartingWith(
            "ops.line: there is no placeholder {notafter}; there are {account}");
  }

  private static Wording wording(String title, String line) {
    return new Wording("ops", "ops.", settings("kind", "slack", "title", title, "line", line));
  }
}
