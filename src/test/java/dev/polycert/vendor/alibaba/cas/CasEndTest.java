package dev.polycert.vendor.alibaba.cas;

import static dev.polycert.provider.Awaiting.await;
import static dev.polycert.provider.Awaiting.context;
import static dev.polycert.provider.Awaiting.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Failure;
import dev.polycert.provider.Application;
import dev.polycert.provider.Applications;
import dev.polycert.provider.Inventory;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Progress;
import dev.polycert.provider.Reference;
import dev.polycert.provider.RevocationReason;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Withdrawals, revocations, ends, and what the account has. */
class CasEndTest extends CasProviderTests {

  private Progress cancel(Application application) {
    return await(Progress.class, provider.cancel(application, context()));
  }

  @Test
  void anApplicationIsWithdrawnOnce() {
    Application application = reserved(www());
    applied(application);
    check(application);

    assertThat(cancel(application).phase()).isEqualTo(Phase.CANCELLED);
    assertThat(cancel(application).phase()).isEqualTo(Phase.CANCELLED);
    assertThat(check(application).phase()).isEqualTo(Phase.CANCELLED);
    assertThat(vendor.calls("CancelPendingCertificate")).isOne();
  }

  @Test
  void whatIsOnlyWrittenOnAnInstanceNeedsNoWithdrawal() {
    Application application = reserved(www());
    place(application);

    assertThat(cancel(application).phase()).isEqualTo(Phase.CANCELLED);
    assertThat(vendor.calls("CancelPendingCertificate")).isZero();
  }

  @Test
  void whatIsIssuedIsNotWithdrawnButRevoked() {
    Progress issued = issued(www());
    Application application = with(www(), issued.reference());

    assertThat(cancel(application).phase()).isEqualTo(Phase.ISSUED);
    Progress revoked =
        await(
            Progress.class,
            provider.revoke(application, RevocationReason.KEY_COMPROMISE, context()));

    assertThat(revoked.phase()).isEqualTo(Phase.REVOKED);
    assertThat(revoked.message()).contains("KEY_COMPROMISE was not given");
    assertThat(
            await(
                    Progress.class,
                    provider.revoke(application, RevocationReason.UNSPECIFIED, context()))
                .phase())
        .isEqualTo(Phase.REVOKED);
    assertThat(vendor.calls("RevokeCertificate")).isOne();
  }

  @Test
  void aCertificateEndsWithItsTime() {
    Application application = with(www(), issued(www()).reference());

    vendor.world.advance(Duration.ofDays(80));
    assertThat(check(application).vendorStatus()).isEqualTo("willExpire");
    vendor.world.advance(Duration.ofDays(20));

    assertThat(check(application).phase()).isEqualTo(Phase.EXPIRED);
  }

  @Test
  void anInstanceThatIsGoneIsAbsent() {
    Application application = with(www(), Reference.of("instanceId", "cas_dv-cn-gone"));

    await(Failure.Absent.class, provider.check(application, context()));
    await(Failure.Absent.class, provider.cancel(application, context()));
  }

  @Test
  void theInventoryIsWhatWasAppliedFor() {
    Progress issued = issued(www());
    Application pending = reserved(Applications.forDomain("shop.example.com"));
    applied(pending);
    Application prepared = reserved(Applications.forDomain("new.example.com"));
    place(prepared);

    Inventory page = value(provider.list(null, context()));

    assertThat(page.next()).isNull();
    assertThat(page.items())
        .extracting(Inventory.Item::reference)
        .containsExactlyInAnyOrder(issued.reference(), pending.reference());
    assertThat(page.items())
        .filteredOn(item -> item.phase() == Phase.ISSUED)
        .allSatisfy(item -> assertThat(item.facts().notAfter()).isAfter(vendor.world.now()));
  }

  @Test
  void aLongInventoryHasPages() {
    vendor.control("stock", "{\"count\":150,\"bought\":false}");
    Inventory first = value(provider.list(null, context()));

    assertThat(first.next()).isEqualTo("1");
    assertThat(value(provider.list(first.next(), context())).next()).isNull();
    assertThat(await(Failure.Refused.class, provider.list("x", context())).error().code())
        .isEqualTo("Cursor.Invalid");
    assertThat(vendor.refusal("ListInstances", Map.of("ShowSize", 101)))
        .isEqualTo("400 InvalidShowSize");
  }
}
