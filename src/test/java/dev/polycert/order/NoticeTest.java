package dev.polycert.order;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.domain.ServedAddress;
import dev.polycert.domain.ServedHost;
import dev.polycert.provider.CertificateFacts;
import dev.polycert.provider.DeliveryTarget;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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

    assertThat(Notice.of(order))
        .extracting(Notice::type)
        .containsExactly("dev.polycert.order." + type);
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

    assertThat(Notice.of(order))
        .extracting(Notice::type)
        .isEqualTo(type == null ? List.of() : List.of("dev.polycert.order." + type));
  }

  @Test
  void whatWasFollowedMayEndQuietly() {
    assertThat(Notice.of(issued(true, END, END.minus(Duration.ofDays(1))))).isEmpty();
  }

  @Test
  void allDeliveriesThatHaveJustFailedAreNamedWithTheirTargets() {
    Order order = issued(false, END, Orders.T0);
    Delivery first = failed(Map.of("url", "https://a.example/hook?code=1"), "HTTP.500");
    Delivery second = failed(Map.of("url", "https://b.example", "token", "t"), "HTTP.302");

    Notice notice =
        Notice.of(order.withDeliveries(List.of(first, second)).recordedAt(Orders.T0)).getFirst();

    assertThat(notice.type()).isEqualTo("dev.polycert.order.undelivered");
    assertThat(notice.data().message())
        .isEqualTo(
            "webhook https://a.example: HTTP.500: because; webhook https://b.example:"
                + " HTTP.302: because");
  }

  private static Delivery failed(Map<String, String> options, String code) {
    return Delivery.waiting(new DeliveryTarget("webhook", options), null, Orders.T0)
        .failed(new VendorError(ErrorClass.RETRY, code, "because"), Orders.T0);
  }

  @Test
  void oneLookMayFindHostsThatDifferAndThatExpire() {
    ServedHost host = ServedHost.parse("www.example.com:443");
    ServedAddress expiring =
        new ServedAddress(
            host.toString(),
            "192.0.2.1",
            ServedAddress.Status.EXPIRING,
            "serves one that ends",
            "1",
            "f",
            Orders.T0.minus(Duration.ofDays(90)),
            Orders.T0.plus(Duration.ofDays(1)));
    ServedAddress gone = ServedAddress.unreachable(host, "192.0.2.2", "does not answer");

    List<Notice> notices = Notice.of(host, List.of(expiring, gone), Orders.T0);

    assertThat(notices)
        .extracting(Notice::type)
        .containsExactly("dev.polycert.served.expiring", "dev.polycert.served.differs");
    assertThat(notices).extracting(Notice::id).doesNotHaveDuplicates();
    assertThat(notices.getLast().data().message()).contains("192.0.2.2");
  }

  @Test
  void itsFormIsACloudEvent() throws Exception {
    ObjectMapper mapper =
        JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();
    Order order = issued(false, END, Orders.T0);

    JsonNode json = mapper.readTree(mapper.writeValueAsString(Notice.of(order).getFirst()));

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
