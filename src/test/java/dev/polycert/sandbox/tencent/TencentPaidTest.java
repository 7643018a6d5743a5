package dev.polycert.sandbox.tencent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.sandbox.Pem;
import dev.polycert.sandbox.RsaKeys;
import dev.polycert.sandbox.RunningSandbox;
import io.vertx.core.json.JsonObject;
import java.security.KeyPair;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TencentPaidTest {
  @RegisterExtension
  static final RunningSandbox SANDBOX =
      new RunningSandbox(Tencent.CREDENTIALS, TencentSslEmulator::new);

  private static final Tencent SSL = new Tencent(SANDBOX, "2019-12-05");

  private static final String ORGANIZATION =
      """
      {"CsrType":"online","CertificateDomain":"*.example.com","OrganizationName":"Example",
       "OrganizationDivision":"IT","OrganizationAddress":"南山区示例路1号",
       "OrganizationCountry":"CN","OrganizationCity":"深圳市","OrganizationRegion":"广东省",
       "PhoneAreaCode":"0755","PhoneNumber":"00000000","VerifyType":"DNS"}
      """;

  private static final String PEOPLE =
      """
      {"AdminFirstName":"A","AdminLastName":"B","AdminPhoneNum":"10000000000",
       "AdminEmail":"admin@example.com","AdminPosition":"dev","ContactFirstName":"A",
       "ContactLastName":"B","ContactEmail":"admin@example.com","ContactNumber":"10000000000",
       "ContactPosition":"dev"}
      """;

  @Test
  void takesInformationInPartsThenValidatesThenIssues() {
    String id = buy("{\"domain\":\"*.example.com\"}");
    assertThat(describe(id).getInteger("Status")).isEqualTo(5);

    submit(id, ORGANIZATION);
    JsonObject refused = SSL.answer("CommitCertificateInformation", id(id)).getJsonObject("Error");
    assertThat(refused.getString("Code")).isEqualTo("FailedOperation.InvalidParam");
    assertThat(refused.getString("Message")).contains("AdminEmail").doesNotContain("CsrType");
    submit(id, PEOPLE);
    JsonObject committed = SSL.call("CommitCertificateInformation", id(id));

    assertThat(committed.getInteger("Status")).isZero();
    assertThat(committed.getString("OrderId")).isNotBlank();
    JsonObject proof =
        describe(id).getJsonObject("DvAuthDetail").getJsonArray("DvAuths").getJsonObject(0);
    assertThat(proof.getString("DvAuthVerifyType")).isEqualTo("CNAME");
    assertThat(proof.getString("DvAuthDomain")).isEqualTo("example.com");
    publish(proof);
    assertThat(describe(id).getInteger("Status")).isEqualTo(1);
    assertThat(SSL.error("SubmitCertificateInformation", id(id)))
        .isEqualTo("FailedOperation.InvalidCertificateStatusCode");
  }

  @Test
  void waitsForTheConfirmationLetter() {
    String id = buy("{\"domain\":\"example.com\",\"letter\":true}");
    submit(id, ORGANIZATION);
    submit(id, PEOPLE);

    assertThat(SSL.call("CommitCertificateInformation", id(id)).getInteger("Status")).isEqualTo(8);
    SANDBOX.control(
        "POST",
        "tencent-ssl/status",
        new JsonObject().put("certificateId", id).put("status", 0).encode());
    assertThat(describe(id).getJsonObject("DvAuthDetail").getJsonArray("DvAuths")).hasSize(1);
  }

  @Test
  void issuesForAnOwnRequestWithoutAPrivateKey() throws Exception {
    String id = buy("{\"domain\":\"example.com\"}");
    submit(id, ORGANIZATION);
    submit(id, PEOPLE);
    for (String wrong : List.of("none", csr("other.example.com"))) {
      assertThat(
              SSL.error(
                  "SubmitCertificateInformation",
                  new JsonObject(id(id)).put("CsrContent", wrong).encode()))
          .isEqualTo("FailedOperation.InvalidParam");
    }
    submit(
        id,
        new JsonObject().put("CsrType", "parse").put("CsrContent", csr("*.example.com")).encode());
    SSL.call("CommitCertificateInformation", id(id));
    publish(describe(id).getJsonObject("DvAuthDetail").getJsonArray("DvAuths").getJsonObject(0));

    JsonObject detail = SSL.call("DescribeCertificateDetail", id(id));

    assertThat(detail.getString("CertificatePublicKey")).startsWith("-----BEGIN CERTIFICATE-----");
    assertThat(detail.getString("CertificatePrivateKey")).isNull();
  }

  private static String csr(String name) throws Exception {
    KeyPair keys = RsaKeys.one();
    return Pem.encode(
        new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=" + name), keys.getPublic())
            .build(new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate())));
  }

  @Test
  void canBePutIntoAnyStatus() {
    String id = buy("{\"domain\":\"example.com\"}");

    SANDBOX.control(
        "POST",
        "tencent-ssl/status",
        new JsonObject().put("certificateId", id).put("status", 99).put("message", "NEW").encode());

    assertThat(describe(id).getInteger("Status")).isEqualTo(99);
    assertThat(describe(id).getString("StatusMsg")).isEqualTo("NEW");
  }

  private static String buy(String body) {
    return SANDBOX.control("POST", "tencent-ssl/paid", body).getString("certificateId");
  }

  private static void submit(String id, String part) {
    SSL.call(
        "SubmitCertificateInformation", new JsonObject(part).put("CertificateId", id).encode());
  }

  private static JsonObject describe(String id) {
    return SSL.call("DescribeCertificate", id(id));
  }

  private static String id(String id) {
    return "{\"CertificateId\":\"%s\"}".formatted(id);
  }

  private static void publish(JsonObject proof) {
    SANDBOX.control(
        "PUT",
        "dns",
        new JsonObject()
            .put("name", proof.getString("DvAuthKey"))
            .put("type", proof.getString("DvAuthVerifyType"))
            .put("value", proof.getString("DvAuthValue"))
            .encode());
  }
}
