package dev.polycert.vendor.alibaba.esa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Credentials;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.RestClients;
import dev.polycert.call.VendorError;
import dev.polycert.provider.Answers;
import dev.polycert.provider.FixtureServer.Received;
import dev.polycert.provider.FixtureServer.Reply;
import dev.polycert.vendor.alibaba.Acs3Signer;
import dev.polycert.whole.judge.Capture;
import dev.polycert.whole.judge.VendorSigners;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

@QuarkusTest
class EsaWireTest extends EsaProviderTests {
  private static final Credentials KEYS =
      Credentials.known("FAKEAKEXAMPLE0000000", Answers.SECRET, Answers.TOKEN);

  @Inject RestClients clients;

  @Test
  void signsWhatArrives() {
    vendor.on("ListCertificates", answer("ListCertificates.empty"));
    Acs3Signer signer =
        new Acs3Signer(KEYS, Clock.fixed(NOW, ZoneOffset.UTC), new SplittableRandom(42));
    EsaApi api = clients.build(EsaApi.class, vendor.uri(), signer);

    api.listCertificates(SITE, "*.b c,ü+d~e", 1, 50).await().atMost(Duration.ofSeconds(20));

    Received request = vendor.received().getFirst();
    assertThat(request.headers())
        .containsEntry("host", vendor.uri().getAuthority())
        .containsEntry("accept", "application/json")
        .containsEntry("x-acs-version", "2024-09-10")
        .containsEntry("x-acs-date", "2026-11-21T19:00:00Z")
        .containsEntry("x-acs-accesskey-id", "FAKEAKEXAMPLE0000000")
        .containsEntry("x-acs-security-token", Answers.TOKEN)
        .containsEntry(
            "x-acs-content-sha256",
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        .doesNotContainKey("content-type");
    assertThat(request.headers().get("x-acs-signature-nonce")).matches("[0-9a-f]{32}");
    assertThat(request.headers().get("authorization"))
        .isEqualTo(VendorSigners.authorization(Capture.Vendor.ALIBABA, request, Answers.SECRET));
    assertThat(request.parameters()).containsEntry("Keyword", "*.b c,ü+d~e");
  }

  @Test
  void sendsNoTokenHeadersWithoutAToken() {
    vendor.on("ListCertificates", answer("ListCertificates.empty"));
    provider =
        provider(
            Map.of(
                "ALIBABA_CLOUD_ACCESS_KEY_ID",
                "FAKEAKEXAMPLE0000000",
                "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
                Answers.SECRET));

    find();

    assertThat(vendor.received().getFirst().headers())
        .doesNotContainKeys("x-acs-accesskey-id", "x-acs-security-token");
  }

  @Test
  void namesTheVariablesThatAreNotSet() {
    provider = provider(Map.of("ALIBABA_CLOUD_ACCESS_KEY_ID", "FAKEAKEXAMPLE0000000"));

    assertThat(provider.account().missing()).containsExactly("ALIBABA_CLOUD_ACCESS_KEY_SECRET");
    VendorError error = refusal(place());
    assertThat(error.errorClass()).isEqualTo(ErrorClass.CREDENTIALS);
    assertThat(error.message()).contains("ALIBABA_CLOUD_ACCESS_KEY_SECRET");
    assertThat(vendor.received()).isEmpty();
  }

  @Test
  void keepsKeysToItself() {
    Reply echo =
        Reply.of(
            400,
            "{\"Code\":\"SignatureDoesNotMatch\",\"Message\":\"%s %s\"}"
                .formatted(Answers.SECRET, Answers.TOKEN));
    vendor
        .on("ApplyCertificate", echo)
        .on("GetCertificate", echo)
        .on("ListCertificates", echo)
        .on("ListSites", echo);

    assertThat(List.of(place(), check(applied()), find(), prepare(www())))
        .allSatisfy(outcome -> assertThat(refusal(outcome).toString()).doesNotContain("canary"));
    assertThat(provider.toString() + provider.account() + provider.descriptor())
        .doesNotContain("canary");
  }
}
