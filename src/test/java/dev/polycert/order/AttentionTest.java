package dev.polycert.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.provider.CertificateFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AttentionTest {
  private static final Instant NOW = Orders.T0;
  private static final VendorError AWAY =
      new VendorError(ErrorClass.RETRY, "Away", "try later", null, null);

  @Test
  void anEndWithoutRenewalNeedsAPersonWhenItIsNear() {
    assertThat(issued(20, false, null)).isNull();
    assertThat(issued(20, false, AWAY)).isNull();
    assertThat(issued(13, false, null)).isEqualTo(Attention.EXPIRING);
    assertThat(issued(13, false, AWAY)).isEqualTo(Attention.EXPIRING);
    assertThat(issued(20, true, null)).isEqualTo(Attention.EXPIRING);
    assertThat(issued(40, true, null)).isNull();
  }

  @Test
  void whatHindersARenewalIsSaidBeforeItsEnd() {
    VendorError refused = new VendorError(ErrorClass.CREDENTIALS, "Keys", "refused", null, null);

    assertThat(issued(60, false, refused)).isEqualTo(Attention.CREDENTIALS);
    assertThat(issued(5, false, refused)).isEqualTo(Attention.CREDENTIALS);
  }

  @Test
  void anEndThatNothingFollowedNeedsAPersonForAMonth() {
    Order ended = order(0, false, null).with(OrderState.EXPIRED);

    assertThat(Attention.of(ended, ended.updatedAt())).contains(Attention.EXPIRING);
    assertThat(Attention.of(ended, ended.updatedAt().plus(Duration.ofDays(29))))
        .contains(Attention.EXPIRING);
    assertThat(Attention.of(ended, ended.updatedAt().plus(Duration.ofDays(30)))).isEmpty();
  }

  private static @Nullable Attention issued(
      int days, boolean watched, @Nullable VendorError error) {
    return Attention.of(order(days, watched, error), NOW).orElse(null);
  }

  private static Order order(int days, boolean watched, @Nullable VendorError error) {
    Instant end = NOW.plus(Duration.ofDays(days));
    Order order = Orders.requested("acme", "www.example.com");
    return order
        .with(OrderState.ISSUED)
        .with(order.placement().withWatched(watched))
        .with(
            order
                .issuance()
                .withCertificate(
                    new CertificateFacts(
                        "www.example.com",
                        List.of(),
                        null,
                        null,
                        null,
                        null,
                        end.minus(Duration.ofDays(90)),
                        end)))
        .withError(error);
  }
}
