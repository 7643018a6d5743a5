package dev.polycert.order;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.provider.CertificateFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The transitions that people are notified of, and the form of the notices. */
class NoticeTest {
  private static final Instant END = Orders.T0.plus(Duration.ofDays(90));

  @ParameterizedTest
  @CsvSource({
    "FAILED, FINAL, DomainInvalid, failed",
    "FAILED, QUOTA, QuotaExceeded, quota",
    "FAILED, FINAL, Deadline.PENDING_VALIDATION, stuck",
    "EXPIRED, FINAL, any, expired",
    "REVOKED, FINAL, any, revoked",
  })
  void ends(OrderState state, ErrorClass errorClass, String code, String type) {
    Order order =
        Orders.requested("vendor", "www.example.com")
            .with(state)
            .withError(new VendorError(errorClass, code, "because"))
            .recordedAt(Orders.T0);

    assertThat(Notice.of(order)).map(Notice::type).contains("dev.polycert.order." + type);
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "REQUESTED",
        "APPLYING",
        "PENDING_INFORMATION",
        "PENDING_VALIDATION",
        "UNCERTAIN",
        "CANCELLED"
      })
  void whatGoesItsWayIsNotToldOf(OrderState state) {
    Order order = Orders.requested("vendor", "www.example.com").with(state).recordedAt(Orders.T0);

    assertThat(Notice.of(order)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "false, 0, issued",
    "true, 60, ",
    "true, 75, ",
    "true, 77, expiring",
    "true, 89, expiring"
  })
  void anIssuedOrderIsAnnouncedOnceAndAgainNearItsEnd(boolean before, int day, String type) {
    Instant now = Orders.T0.plus(Duration.ofDays(day));
    Order order = issued(before, now.plus(Duration.ofHours(1)), now);

    assertThat(Notice.of(order).map(Notice::type).orElse(null))
        .isEqualTo(type == null ? null : "dev.polycert.order." + type);
  }

  @Test
  void whatWasFollowedMayEndQuietly() {
    assertThat(Notice.of(issued(true, END, END.minus(Duration.ofDays(1))))).isEmpty();
  }

  @Test
  void itsFormIsACloudEvent() throws Exception {
    ObjectMapper mapper =
        JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();
    Order order = issued(false, END, Orders.T0);

    JsonNode json = mapper.readTree(mapper.writeValueAsString(Notice.of(order).orElseThrow()));

    assertThat(json)
        .isEqualTo(
            mapper.readTree(
                """
                {
                  "specversion": "1.0",
                  "id": "%1$s/2",
                  "source": "polycert",
                  "type": "dev.polycert.order.issued",
                  "subject": "www.example.com",
                  "time": "2026-11-21T10:00:00Z",
                  "datacontenttype": "application/json",
                  "data": {
                    "orderId": "%1$s",
                    "provider": "vendor",
                    "account": "main",
                    "domain": "www.example.com",
                    "generation": 1,
                    "state": "ISSUED",
                    "notAfter": "2027-02-19T10:00:00Z"
                  }
                }
                """
                    .formatted(order.id())));
  }

  private static Order issued(boolean announced, Instant nextLook, Instant now) {
    Order order = Orders.requested("vendor", "www.example.com").with(OrderState.ISSUED);
    CertificateFacts facts =
        new CertificateFacts("www.example.com", List.of(), null, null, null, null, Orders.T0, END);
    return order
        .with(order.issuance().withCertificate(facts).withAnnounced(announced))
        .with(new Schedule(0, nextLook, END))
        .recordedAt(now);
  }
}
