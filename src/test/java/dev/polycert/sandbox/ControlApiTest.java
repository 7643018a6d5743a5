package dev.polycert.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlApiTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox(Map.of());

  @Test
  void setsAddsAndRemovesRecords() {
    SANDBOX.control(
        "PUT",
        "dns",
        """
        [{"name":"a.test.","type":"txt","value":["1","2"]},
         {"name":"b.test","type":"CNAME","value":"c.test."}]
        """);
    SANDBOX.control("DELETE", "dns", "{\"name\":\"a.test\",\"type\":\"TXT\",\"value\":\"1\"}");

    assertThat(SANDBOX.control("GET", "dns", "").getJsonObject("records"))
        .isEqualTo(
            new JsonObject(
                """
                {"a.test":{"TXT":["2"]},"b.test":{"CNAME":["c.test"]}}
                """));
  }

  @Test
  void publishesValidationsAsPolycertAnswersThem() {
    SANDBOX.control(
        "POST",
        "publish",
        """
        {"validations":[
          {"method":"DNS","domain":"a.test","recordName":"_x.a.test","recordType":"TXT",
           "recordValue":"v"},
          {"method":"FILE","domain":"b.test","url":"http://b.test/.well-known/f.txt",
           "content":"hello"}]}
        """);

    JsonObject records = SANDBOX.control("GET", "dns", "").getJsonObject("records");
    assertThat(records.getJsonObject("_x.a.test").getJsonArray("TXT")).containsExactly("v");
    assertThat(records.getJsonObject("b.test").getJsonArray("A")).containsExactly("127.0.0.1");
    assertThat(web("/.well-known/f.txt")).startsWith("HTTP/1.0 200").endsWith("\r\n\r\nhello");
    assertThat(web("/other")).startsWith("HTTP/1.0 404");
  }

  private static String web(String path) {
    try (Socket socket = new Socket("127.0.0.1", SANDBOX.server().webPort())) {
      String request = "GET %s HTTP/1.0\r\nHost: B.test:80\r\n\r\n".formatted(path);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void advancesTheClockAndForgetsItOnReset() {
    Instant before = Instant.now();
    String advanced = SANDBOX.control("POST", "clock", "{\"advance\":\"PT48H\"}").getString("now");
    SANDBOX.control("POST", "reset", "");
    String reset = SANDBOX.control("POST", "clock", "{\"advance\":\"PT0S\"}").getString("now");

    assertThat(Instant.parse(advanced)).isAfter(before.plus(Duration.ofHours(47)));
    assertThat(Instant.parse(reset)).isBefore(before.plus(Duration.ofHours(1)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PUT|dns|{|body|JSON",
        "PUT|dns|{\"type\":\"TXT\",\"value\":\"x\"}|name|missing",
        "PUT|dns|{\"name\":\"a.test\",\"type\":\"TEXT\",\"value\":\"x\"}|type|TEXT",
        "PUT|dns|{\"name\":\"a.test\",\"type\":\"A\",\"value\":\"x\"}|value|fit the type A",
        "POST|clock|{\"advance\":\"2 days\"}|advance|ISO 8601",
        "POST|faults|{\"operation\":\"X\",\"kind\":\"OOPS\"}|kind|THROTTLE",
        "POST|faults|{\"kind\":\"CODE\"}|code|missing",
        "POST|faults|{\"kind\":\"EDIT\",\"pattern\":\"(\"}|pattern|regular expression",
        "POST|faults|{\"kind\":\"HTML\",\"opration\":\"X\"}|opration|operation",
        "POST|faults|{\"kind\":\"HTML\",\"provider\":\"tencent-sll\"}|provider|must be one of",
        "PUT|settings|{\"limits\":\"no\"}|limits|true or false",
        "POST|publish|{\"validations\":[{}]}|validations|recordName",
        "GET|nothing|{}|path|GET dns",
      })
  void namesWhatIsWrong(String method, String path, String body, String field, String reason) {
    HttpResponse<String> response = SANDBOX.send(method, "/_sandbox/" + path, body);

    JsonObject error = new JsonObject(response.body());
    assertThat(response.statusCode()).isBetween(400, 404);
    assertThat(error.getString("field")).isEqualTo(field);
    assertThat(error.getString("error")).contains(reason);
  }

  @Test
  void refusesBodiesOverOneMebibyteAndRequestsOfNoVendor() {
    assertThat(SANDBOX.send("POST", "/", "x".repeat((1 << 20) + 1)).statusCode()).isEqualTo(413);
    assertThat(SANDBOX.send("POST", "/", "{}").statusCode()).isEqualTo(404);
  }
}
