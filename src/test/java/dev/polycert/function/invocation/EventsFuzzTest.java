package dev.polycert.function.invocation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.function.hint.DnsEvents;
import dev.polycert.function.read.InvalidInput;
import dev.polycert.function.read.StrictJson;
import dev.polycert.whole.fuzz.Cases;
import dev.polycert.whole.fuzz.Mutator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;

/** Every event is read as a trigger with hints, or is rejected as {@link InvalidInput}. */
class EventsFuzzTest {
  private static final Cases CASES = new Cases(EventsFuzzTest.class, 300_000);
  private static final List<byte[]> SAMPLES = samples();

  /** In bytes; two headers may be long. */
  private static final long MOST_HEADERS = 150_000;

  private static List<byte[]> samples() {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/events"))) {
      return files
          .sorted()
          .map(
              file -> {
                try {
                  return Files.readAllBytes(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              })
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterContainer
  static void report() throws IOException {
    CASES.tell();
  }

  @Property(seed = "29", shrinking = ShrinkingMode.OFF)
  void everyEventIsReadOrRejected(@ForAll long seed) {
    Mutator mutator = new Mutator(new SplittableRandom(seed));
    for (byte[] sample : SAMPLES) {
      byte[] input = mutator.mutate(sample);
      try {
        read(CASES.of(input.length, () -> Trigger.of(StrictJson.parse(input))));
      } catch (InvalidInput rejected) {
        assertThat(rejected.getMessage()).isNotBlank();
      } catch (RuntimeException e) {
        throw new AssertionError("reading " + new String(input, UTF_8), e);
      }
      binary(mutator, input);
    }
  }

  private static void read(Trigger trigger) {
    switch (trigger) {
      case Trigger.Http(JsonNode event) -> assertThat(ApiGateway.request(event).path()).isNotNull();
      case Trigger.Single(Event event) -> assertThat(DnsEvents.read(event)).isNotNull();
      case Trigger.Together(List<JsonNode> elements) ->
          elements.forEach(
              element -> {
                try {
                  assertThat(DnsEvents.read(Trigger.event(element))).isNotNull();
                } catch (InvalidInput rejected) {
                  assertThat(rejected.getMessage()).isNotBlank();
                }
              });
      case Trigger.Batch(List<Trigger.Message> messages) ->
          messages.forEach(message -> assertThat(message.body()).isNotNull());
      case Trigger.Direct direct -> assertThat(direct.input()).isNotNull();
      case Trigger.Schedule schedule -> {}
    }
  }

  private static void binary(Mutator mutator, byte[] body) {
    Map<String, String> headers = new HashMap<>();
    headers.put("ce-specversion", "1.0");
    headers.put("ce-type", mutator.pick(Mutator.TEXTS));
    headers.put("ce-source", mutator.pick(List.of("aws.route53", "%e4%bd", "\"a\\", "%zz")));
    headers.put("content-type", mutator.pick(Mutator.TEXTS));
    HttpRouter.Request request =
        new HttpRouter.Request("POST", "/dns-changed", headers, Map.of(), body);
    try {
      if (BinaryEvent.is(request)) {
        assertThat(
                CASES.of(
                    body.length + MOST_HEADERS,
                    () -> DnsEvents.read(BinaryEvent.read(request, body))))
            .isNotNull();
      }
    } catch (InvalidInput rejected) {
      assertThat(rejected.getMessage()).isNotBlank();
    } catch (RuntimeException e) {
      throw new AssertionError("reading " + headers + new String(body, UTF_8), e);
    }
  }
}
