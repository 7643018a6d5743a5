package dev.polycert.rate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.polycert.rate.Slots.Answer;
import dev.polycert.rate.Slots.Wish;
import dev.polycert.store.dynamodb.TestDynamoStore;
import dev.polycert.testing.DynamoDbLocal;
import dev.polycert.testing.StartsProcesses;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** Slots that an earlier version gave away are not given away again. */
@StartsProcesses
class StoredSlotsTest {
  private static final String PREFIX = "rate#";
  private static final Duration SPACING = Duration.ofMillis(100);

  @Test
  void everyKeyGoesOnFromWhereItWas() throws Exception {
    try (DynamoDbAsyncClient client = DynamoDbLocal.client();
        InputStream in =
            Objects.requireNonNull(getClass().getResourceAsStream("/stored/dynamodb.json"))) {
      JsonNode items = JsonMapper.builder().build().readTree(in);
      Slots slots = new DynamoSlots(client, TestDynamoStore.load(client, items).table());
      int keys = 0;
      for (JsonNode item : items) {
        String pk = item.at("/pk/S").textValue();
        if (pk.startsWith(PREFIX)) {
          keys++;
          Instant next = time(item.at("/next/N").textValue());
          Instant at = time(item.at("/at/N").textValue());
          Wish wish =
              new Wish(
                  pk.substring(PREFIX.length()), 1, SPACING, at, at, next.plusSeconds(1), true);

          assertThat(slots.take(wish).await().atMost(Duration.ofSeconds(30)))
              .as(pk)
              .isEqualTo(new Answer(true, next, at));
          assertThat(slots.take(wish).await().atMost(Duration.ofSeconds(30)))
              .as(pk)
              .isEqualTo(new Answer(true, next.plus(SPACING), at));
        }
      }
      assertThat(keys).isGreaterThan(10);
    }
  }

  private static Instant time(String seconds) {
    BigDecimal[] parts = new BigDecimal(seconds).divideAndRemainder(BigDecimal.ONE);
    return Instant.ofEpochSecond(
        parts[0].longValueExact(), parts[1].movePointRight(9).longValueExact());
  }
}
