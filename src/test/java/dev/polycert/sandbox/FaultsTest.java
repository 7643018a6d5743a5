package dev.polycert.sandbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What faults look like to a client that hides nothing. */
class FaultsTest {
  private static final String REQUEST = "GET /plain HTTP/1.1\r\nHost: localhost\r\n\r\n";

  @RegisterExtension
  static final RunningSandbox SANDBOX = new RunningSandbox(Map.of(), PlainVendor::new);

  private static void fault(String members) {
    SANDBOX.control("POST", "faults", "{" + members.replace('\'', '"') + "}");
  }

  private static String asked() {
    return SANDBOX.send("GET", "/plain", "").body().replaceAll("\\D", "");
  }

  // --- the wire ---

  @Test
  void halfAConnectionIsClosedAndTheOtherHalfIsReadFrom() throws Exception {
    fault("'kind':'HALF_CLOSE'");
    try (Socket socket = connect()) {
      send(socket, REQUEST);
      String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);

      assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n").contains("{\"as").doesNotContain("}");
      // To what is sent to a socket that is closed its host answers with a reset.
      for (int i = 0; i < 5; i++) {
        send(socket, REQUEST);
        Thread.sleep(20);
      }
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ENDLESS_HEADERS|HTTP/1.1 200 OK|X-Line-\\d+: more",
        "ENDLESS_CONTINUE|HTTP/1.1 100 Continue|HTTP/1.1 100 Continue"
      })
  void aHeadHasNoEnd(String kind, String first, String line) throws Exception {
    fault("'kind':'" + kind + "'");
    try (Socket socket = connect()) {
      send(socket, REQUEST);
      InputStream in = socket.getInputStream();
      String head = "";
      while (head.split(line, -1).length <= 20) {
        head += new String(in.readNBytes(1), ISO_8859_1);
      }

      assertThat(head).startsWith(first + "\r\n").doesNotContain("asked");
      if (kind.equals("ENDLESS_HEADERS")) {
        assertThat(head).as("one answer, whose head goes on").doesNotContain("\r\n\r\n");
      }
    }
  }

  private static Socket connect() throws IOException {
    Socket socket = new Socket("127.0.0.1", SANDBOX.server().port());
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    socket.getOutputStream().flush();
  }

  // --- stale answers ---

  @Test
  void aStaleAnswerIsAsOldAsItsAgeSays() {
    fault("'kind':'STALE','age':'PT5M','times':100");

    assertThat(asked()).isEqualTo("1");
    advance("PT4M");
    assertThat(asked()).isEqualTo("1");
    advance("PT61S");
    assertThat(asked()).as("the first answer is too old now").isEqualTo("2");
    advance("PT10H");
    assertThat(asked()).as("so are all").isEqualTo("4");
  }

  @Test
  void aStaleAnswerWithoutAnAgeIsTheFirstOne() {
    fault("'kind':'STALE','times':100");

    assertThat(asked()).isEqualTo("1");
    advance("PT1000H");
    assertThat(asked()).isEqualTo("1");
    SANDBOX.control("DELETE", "faults", "");
    assertThat(asked()).isEqualTo("3");
    fault("'kind':'STALE','times':100");
    assertThat(asked()).as("what was before is forgotten with the faults").isEqualTo("4");
  }

  @Test
  void aRefusalForTheRateIsNoAnswerToGiveAgain() {
    fault("'kind':'THROTTLE'");
    fault("'kind':'STALE','times':100");

    assertThat(SANDBOX.send("GET", "/plain", "").statusCode()).isEqualTo(429);
    assertThat(asked()).isEqualTo("1");
  }

  private static void advance(String by) {
    SANDBOX.control("POST", "clock", "{\"advance\":\"" + by + "\"}");
  }

  // --- hints ---

  @ParameterizedTest
  @ValueSource(
      strings = {"'kind':'THROTTLE'", "'kind':'UNAVAILABLE'", "'kind':'CODE','code':'TooMany'"})
  void aRefusalSaysWhenToComeAgainIfItIsToldTo(String fault) {
    fault(fault + ",'retryAfter':'PT15S'");
    fault(fault);

    assertThat(hint()).isEqualTo("15");
    assertThat(hint()).isEmpty();
  }

  private static String hint() {
    HttpResponse<String> response = SANDBOX.send("GET", "/plain", "");
    return response.headers().firstValue("Retry-After").orElse("");
  }
}
