package dev.polycert.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.function.invocation.Parts;
import dev.polycert.order.Notice;
import dev.polycert.order.NoticeChannels;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NotifyTestFunctionTest {

  /** Two channels, of which one is broken. */
  private static final class Two implements NoticeChannels {

    @Override
    public List<String> names() {
      return List.of("mail", "ops");
    }

    @Override
    public Uni<List<Tried>> test(Collection<String> names, Instant deadline) {
      return Uni.createFrom().item(names.stream().map(Two::tried).toList());
    }

    private static Tried tried(String name) {
      return name.equals("ops")
          ? new Tried(
              name,
              "slack",
              new VendorError(ErrorClass.FINAL, "HTTP.404", "no_service"),
              1,
              2,
              Optional.of("2026-11-30T03:04:05Z: HTTP.404: no_service"))
          : new Tried(name, "smtp", null, 0, 0, Optional.empty());
    }

    @Override
    public Uni<Void> send(List<Notice> notices, Instant deadline) {
      throw new AssertionError("nothing but a test is asked for");
    }

    @Override
    public Uni<Void> flush(Instant deadline) {
      throw new AssertionError("nothing but a test is asked for");
    }

    @Override
    public List<String> failing() {
      return List.of("ops");
    }
  }

  private static JsonNode ask(String body) {
    return new NotifyTestFunction(Parts.invocation(), new Two())
        .test(Doors.http("POST", "/notify-test", body))
        .await()
        .indefinitely();
  }

  @Test
  void eachChannelHasAnAnswerOfItsOwn() {
    JsonNode answer = ask("{}");

    assertThat(answer.path("statusCode").asInt()).isEqualTo(200);
    assertThat(Doors.body(answer).path("channels").path(0))
        .hasToString(
            "{\"channel\":\"mail\",\"kind\":\"smtp\",\"sent\":true,\"waiting\":0,\"lost\":0}");
    JsonNode broken = Doors.body(answer).path("channels").path(1);
    assertThat(broken.path("sent").asBoolean(true)).isFalse();
    assertThat(broken.path("error").path("code").asText()).isEqualTo("HTTP.404");
    assertThat(broken.path("error").path("message").asText()).isEqualTo("no_service");
    assertThat(broken.path("waiting").asInt()).isEqualTo(1);
    assertThat(broken.path("lost").asInt()).isEqualTo(2);
    assertThat(broken.path("lastLoss").asText()).endsWith("no_service");
  }

  @Test
  void namedChannelsAloneAreTriedEachOnce() {
    JsonNode channels = Doors.body(ask("{\"channels\":[\"ops\",\"ops\"]}")).path("channels");

    assertThat(channels).hasSize(1);
    assertThat(channels.path(0).path("channel").asText()).isEqualTo("ops");
  }

  @Test
  void anUnknownChannelIsRejectedByName() {
    JsonNode answer = ask("{\"channels\":[\"mail\",\"opps\"]}");

    assertThat(answer.path("statusCode").asInt()).isEqualTo(400);
    assertThat(answer.path("body").asText())
        .contains("channels[1]", "is not configured; there are mail, ops");
  }

  /** An empty test is no success. */
  @Test
  void withoutAChannelThereIsNothingToTry() {
    JsonNode answer =
        Doors.notifyTest().test(Doors.http("POST", "/notify-test", "{}")).await().indefinitely();

    assertThat(answer.path("statusCode").asInt()).isEqualTo(400);
    assertThat(answer.path("body").asText()).contains("No channel of notices is configured");
  }
}
