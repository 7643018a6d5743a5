package dev.polycert.vendor.alibaba.esa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import dev.polycert.provider.FixtureServer;
import dev.polycert.provider.FixtureServer.Received;
import dev.polycert.provider.FixtureServer.Reply;
import dev.polycert.provider.Phase;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class EsaRemovalTest extends EsaProviderTests {

  private Object cancel() {
    return await(provider.cancel(applied(), intents.context()));
  }

  private Object delete() {
    return await(provider.delete(applied(), intents.context()));
  }

  private static Reply issued(String from, String to) {
    return Reply.of(
        200, FixtureServer.fixture("alibaba/GetCertificate.issued.json").replace(from, to));
  }

  @Test
  void withdrawsAnApplicationByDeletingIt() {
    vendor
        .on("GetCertificate", answer("GetCertificate.applying"))
        .on("DeleteCertificate", answer("DeleteCertificate"));

    assertThat(cancel()).isEqualTo(new Failure.Absent("DELETE-1"));

    assertThat(intents.operations()).containsExactly("DeleteCertificate after 1 requests");
    Received request = vendor.received("DeleteCertificate").getFirst();
    assertThat(request.method()).isEqualTo("GET");
    assertThat(request.query()).isEqualTo("SiteId=" + SITE + "&Id=30000478");
  }

  @Test
  void withdrawsNothingThatIsIssued() {
    vendor.on("GetCertificate", answer("GetCertificate.issued"));

    assertThat(refusal(cancel()).code()).isEqualTo("Certificate.Issued");
    assertThat(intents.operations()).isEmpty();
  }

  @Test
  void reportsHowAnApplicationStandsThatHasEnded() {
    vendor.on("GetCertificate", answer("GetCertificate.failed"));

    assertThat(progress(cancel()).phase()).isEqualTo(Phase.FAILED);
    assertThat(intents.operations()).isEmpty();
  }

  @Test
  void hasNothingToWithdrawOrDeleteWhenItIsGone() {
    vendor
        .on("GetCertificate", error(400, "notFound"))
        .on("ListCertificates", answer("ListCertificates.empty"));

    assertThat(cancel()).isEqualTo(new Failure.Absent("LIST-1"));
    assertThat(delete()).isEqualTo(new Failure.Absent("LIST-1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Applying", "ApplyFailed", "Canceled", "Expired"})
  void deletesWhatIsNotServed(String status) {
    vendor
        .on("GetCertificate", issued("\"OK\"", "\"" + status + "\""))
        .on("DeleteCertificate", answer("DeleteCertificate"));

    assertThat(delete()).isEqualTo(new Failure.Absent("DELETE-1"));
  }

  @Test
  void deletesNothingThatANameStillNeeds() {
    vendor
        .on("GetCertificate", answer("GetCertificate.issued"))
        .on("ListCertificatesByRecord", answer("ListCertificatesByRecord.alone"));

    VendorError error = refusal(delete());

    assertThat(error.code()).isEqualTo("Certificate.InUse");
    assertThat(error.message()).contains("serves www.example.com");
    assertThat(error.requestId()).isEqualTo("BY-RECORD-1");
    assertThat(intents.operations()).isEmpty();
    Received request = vendor.received("ListCertificatesByRecord").getFirst();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.parameters())
        .containsEntry("RecordName", "www.example.com")
        .containsEntry("ValidOnly", "true")
        .containsEntry("Detail", "true");
  }

  @Test
  void deletesWhatALongerCertificateServesToo() {
    vendor
        .on("GetCertificate", answer("GetCertificate.issued"))
        .on(
            "ListCertificatesByRecord",
            answer("ListCertificatesByRecord.superseded.www.example.com"),
            answer("ListCertificatesByRecord.superseded.example.com"))
        .on("DeleteCertificate", answer("DeleteCertificate"));

    assertThat(delete()).isEqualTo(new Failure.Absent("DELETE-1"));
    assertThat(vendor.received("ListCertificatesByRecord")).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"2027-03-19 17:59:59\"", "\"Expired\"", "\"Count\": 3"})
  void deletesNothingWhenTheOtherCertificateIsNoBetter(String change) {
    String matches =
        FixtureServer.fixture("alibaba/ListCertificatesByRecord.superseded.www.example.com.json");
    String worse =
        switch (change) {
          case "\"Expired\"" ->
              matches.replace("1667f4\", \"Status\": \"OK\"", "1667f4\", \"Status\": \"Expired\"");
          case "\"Count\": 3" -> matches.replace("\"Count\": 2", change);
          default -> matches.replace(change, "\"2027-02-19 17:59:59\"");
        };
    assertThat(worse).isNotEqualTo(matches);
    vendor
        .on("GetCertificate", answer("GetCertificate.issued"))
        .on("ListCertificatesByRecord", Reply.of(200, worse));

    refusal(delete());

    assertThat(intents.operations()).isEmpty();
  }

  @Test
  void deletesNothingOfUnknownUse() {
    vendor.on("GetCertificate", issued("\"OK\"", "\"Frozen\""));
    assertThat(refusal(delete()).code()).isEqualTo("Certificate.UseUnknown");

    vendor.on("GetCertificate", issued("\"2027-02-19T17:59:59Z\"", "\"soon\""));
    assertThat(refusal(delete()).code()).isEqualTo("Certificate.UseUnknown");
    assertThat(vendor.operations()).containsOnly("GetCertificate");
  }

  @Test
  void doesNotKnowWhatBecameOfALostAnswer() {
    vendor
        .on("GetCertificate", answer("GetCertificate.applying"))
        .on("DeleteCertificate", Reply.lost());

    assertThat(cancel()).isInstanceOf(Failure.Unclear.class);
  }
}
