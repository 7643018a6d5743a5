package dev.polycert.vendor.alibaba.esa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import dev.polycert.provider.Application;
import dev.polycert.provider.Applications;
import dev.polycert.provider.FixtureServer.Reply;
import dev.polycert.provider.Plan;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class EsaVerifySiteTest extends EsaProviderTests {
  private static final Applications VERIFYING =
      new Applications(www()).option("verifySite", "true");

  private Application planned(Applications asked) {
    Plan plan = plan(prepare(asked.application()));
    assertThat(plan.notes()).singleElement().asString().contains("TXT _esaauth.example.com");
    return asked.plan(plan.settings()).application();
  }

  private Object place(Application application) {
    return await(provider.place(application, intents.context()));
  }

  @Test
  void saysHowToVerifyASiteThatIsPending() {
    vendor.on("ListSites", answer("ListSites.pending"));

    VendorError error = refusal(prepare(www()));

    assertThat(error.code()).isEqualTo("SiteNotActivated");
    assertThat(error.message()).contains("_esaauth.example.com", "verify_d", "verifySite");
  }

  /** The account has a site for the domain, so that adding one would not help. */
  @Test
  void namesTheOptionThatNamesAnotherSite() {
    vendor.on("ListSites", answer("ListSites.pending"));

    VendorError error = refusal(prepare(VERIFYING.option("siteId", "777").application()));

    assertThat(error.code()).isEqualTo("SiteNotFound");
    assertThat(error.message()).contains("siteId", "777", "leave it out");
  }

  @Test
  void verifiesAPendingSiteWhenAskedToAndAppliesNext() {
    vendor
        .on("ListSites", answer("ListSites.pending"))
        .on("VerifySite", Reply.of(200, "{\"RequestId\":\"VERIFY-1\",\"Passed\":true}"));

    Object outcome = place(planned(VERIFYING));

    assertThat(outcome)
        .isEqualTo(
            new Failure.Deferred(NOW, "the site is active now and the application comes next"));
    assertThat(intents.operations()).containsExactly("VerifySite after 1 requests");
    assertThat(vendor.received("VerifySite").getFirst().query()).isEqualTo("SiteId=" + SITE);
  }

  @Test
  void waitsUntilTheSiteCanBeVerified() {
    vendor
        .on("ListSites", answer("ListSites.pending"))
        .on("VerifySite", Reply.of(200, "{\"RequestId\":\"VERIFY-1\",\"Passed\":false}"));

    VendorError error = refusal(place(planned(VERIFYING.option("siteId", SITE))));

    assertThat(error.errorClass()).isEqualTo(ErrorClass.PENDING);
    assertThat(error.message()).contains("_esaauth.example.com");
  }

  @Test
  void knowsThatNothingWasAppliedForAfterALostAnswer() {
    vendor.on("ListSites", answer("ListSites.pending")).on("VerifySite", Reply.lost());
    Application planned = planned(VERIFYING);

    assertThat(place(planned)).isInstanceOf(Failure.Unclear.class);
    assertThat(await(provider.find(planned, intents.context())))
        .isEqualTo(new Failure.Absent(null));
  }

  @Test
  void verifiesNothingThatIsActive() {
    nothingThereYet();

    assertThat(plan(prepare(VERIFYING.application())).settings())
        .containsEntry("siteId", SITE)
        .doesNotContainKey("activation");
  }

  @Test
  void refusesAnOptionThatIsNeitherTrueNorFalse() {
    VendorError error = refusal(prepare(VERIFYING.option("verifySite", "yes").application()));

    assertThat(error.message()).contains("verifySite", "true or false");
    assertThat(vendor.received()).isEmpty();
  }
}
