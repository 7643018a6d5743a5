package dev.polycert.sandbox.tencent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.sandbox.RunningSandbox;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TencentSslTest {
  @RegisterExtension
  static final RunningSandbox SANDBOX =
      new RunningSandbox(Tencent.CREDENTIALS, TencentSslEmulator::new);

  private static final Tencent SSL = new Tencent(SANDBOX, "2019-12-05");

  @Test
  void goesFromApplicationOverDnsToTheCertificate() throws CertificateException {
    String id = apply("DNS", "www.example.com");
    JsonObject pending = describe(id);
    JsonObject proof = proof(pending);

    assertThat(id).matches("[A-Za-z0-9]{8}");
    assertThat(pending.getInteger("Status")).isZero();
    assertThat(pending.getString("StatusMsg")).isEqualTo("PENDING-DCV");
    assertThat(pending.getString("CertEndTime")).isNull();
    assertThat(proof.getString("DvAuthVerifyType")).isEqualTo("TXT");
    assertThat(proof.getString("DvAuthKey")).matches("_[0-9a-f]{32}\\.www\\.example\\.com");
    assertThat(proof.getString("DvAuthSubDomain")).matches("_[0-9a-f]{32}\\.www");
    assertThat(check(id).getInteger("LocalCheck")).isEqualTo(-1);

    record(proof.getString("DvAuthKey"), "TXT", "something else");
    assertThat(check(id).getInteger("LocalCheck")).isEqualTo(-2);
    record(proof.getString("DvAuthKey"), "TXT", proof.getString("DvAuthValue"));
    JsonObject passed = check(id);

    assertThat(passed.getInteger("LocalCheck")).isEqualTo(1);
    assertThat(passed.getInteger("CaCheck")).isEqualTo(2);
    assertThat(passed.getBoolean("Issued")).isTrue();
    JsonObject issued = describe(id);
    assertThat(issued.getInteger("Status")).isEqualTo(1);
    assertThat(issued.getString("StatusMsg")).isEqualTo("CA-REVIEWING");
    assertThat(issued.getJsonObject("DvAuthDetail").getValue("DvAuths")).isNull();
    assertThat(issued.getJsonObject("DvAuthDetail").getString("DvAuthKeySubDomain")).isEmpty();
    X509Certificate certificate = certificate(id);
    assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=www.example.com");
    assertThat(beijing(issued.getString("CertEndTime")))
        .isEqualTo(certificate.getNotAfter().toInstant());
  }

  @Test
  void addsWwwToARegistrableDomain() {
    String id = apply("DNS", "example.com");
    publish(proof(describe(id)));

    assertThat(describe(id).getJsonArray("SubjectAltName"))
        .containsExactly("example.com", "www.example.com");
    assertThat(SSL.call("DescribeCertificateDetail", id(id)).getJsonArray("SubjectAltName"))
        .containsExactly("www.example.com");
  }

  @Test
  void validatesByFile() {
    String id = apply("FILE", "files.example.com");
    JsonObject proof = proof(describe(id));
    SANDBOX.control(
        "PUT",
        "files",
        new JsonObject()
            .put("host", "files.example.com")
            .put("path", proof.getString("DvAuthPath") + proof.getString("DvAuthKey"))
            .put("content", proof.getString("DvAuthValue") + "\n")
            .encode());

    assertThat(proof.getString("DvAuthVerifyType")).isEqualTo("FILE");
    assertThat(describe(id).getInteger("Status")).isEqualTo(1);
  }

  @Test
  void setsTheRecordByItselfWithDnsAuto() {
    String id =
        SSL.call(
                "ApplyCertificate",
                """
                {"DvAuthMethod":"DNS_AUTO","DomainName":"auto.example.com",
                 "DeleteDnsAutoRecord":true}
                """)
            .getString("CertificateId");

    assertThat(SANDBOX.control("GET", "dns", "").getJsonObject("records")).hasSize(1);
    assertThat(describe(id).getInteger("Status")).isEqualTo(1);
    assertThat(SANDBOX.control("GET", "dns", "").getJsonObject("records")).isEmpty();
  }

  @Test
  void canAskForCnamesAndShowThemLater() {
    SANDBOX.control(
        "PUT", "tencent-ssl/settings", "{\"recordType\":\"CNAME\",\"detailDelay\":\"PT10M\"}");
    String id = apply("DNS", "a.example.com");

    assertThat(describe(id).getJsonObject("DvAuthDetail").getValue("DvAuthKey")).isNull();
    SANDBOX.control("POST", "clock", "{\"advance\":\"PT11M\"}");
    assertThat(proof(describe(id)).getString("DvAuthVerifyType")).isEqualTo("CNAME");
  }

  @Test
  void waitsBetweenValidationAndIssue() {
    SANDBOX.control("PUT", "settings", "{\"issueDelay\":\"PT1H\"}");
    String id = apply("DNS", "a.example.com");
    publish(proof(describe(id)));

    assertThat(describe(id).getString("StatusMsg")).isEqualTo("WAIT-ISSUE");
    SANDBOX.control("POST", "clock", "{\"advance\":\"PT1H\"}");
    assertThat(describe(id).getInteger("Status")).isEqualTo(1);
  }

  @Test
  void closesUnvalidatedOrdersAndExpiresCertificates() {
    String never = apply("DNS", "a.example.com");
    String issued = apply("DNS", "b.example.com");
    publish(proof(describe(issued)));
    describe(issued);

    SANDBOX.control("POST", "clock", "{\"advance\":\"PT72H\"}");
    assertThat(describe(never).getInteger("Status")).isEqualTo(2);
    assertThat(describe(issued).getInteger("Status")).isEqualTo(1);
    SANDBOX.control("POST", "clock", "{\"advance\":\"P87D\"}");
    assertThat(describe(issued).getInteger("Status")).isEqualTo(3);
  }

  @Test
  void renewsInTheLastThirtyDaysOnceOnly() {
    String old = apply("DNS", "a.example.com");
    publish(proof(describe(old)));
    describe(old);
    String renewal =
        "{\"DvAuthMethod\":\"DNS\",\"DomainName\":\"a.example.com\",\"OldCertificateId\":\"%s\"}"
            .formatted(old);

    assertThat(SSL.error("ApplyCertificate", renewal))
        .isEqualTo("FailedOperation.InvalidCertificateStatusCode");
    SANDBOX.control("POST", "clock", "{\"advance\":\"P61D\"}");
    String renewed = SSL.call("ApplyCertificate", renewal).getString("CertificateId");
    assertThat(SSL.error("ApplyCertificate", renewal))
        .isEqualTo("FailedOperation.OrderAlreadyReplaced");
    assertThat(describe(old).getJsonObject("CertificateExtra").getString("ReplacedBy"))
        .isEqualTo(renewed);
  }

  @Test
  void limitsFreeCertificates() {
    SANDBOX.control(
        "PUT", "settings", "{\"quota\":{\"tencent-ssl\":3,\"tencent-ssl/main-domain\":2}}");
    apply("DNS", "a.example.com");
    apply("DNS", "b.example.com");

    assertThat(SSL.error("ApplyCertificate", application("DNS", "c.example.com")))
        .isEqualTo("FailedOperation.MainDomainCertificateCountLimit");
    String third = apply("DNS", "other.test");
    assertThat(SSL.error("ApplyCertificate", application("DNS", "more.test")))
        .isEqualTo("FailedOperation.ExceedsFreeLimit");
    SSL.call("CancelCertificateOrder", id(third));
    apply("DNS", "more.test");
  }

  @ParameterizedTest
  @CsvSource({
    "MAIL, a.test, RSA, 2048, FailedOperation.InvalidParam",
    "DNS, no domain, RSA, 2048, FailedOperation.InvalidParam",
    "FILE, *.a.test, RSA, 2048, FailedOperation.InvalidParam",
    "DNS, a.test, ECC, secp384r1, FailedOperation.InvalidParam",
    "DNS, a.test, RSA, 4096, FailedOperation.InvalidParam",
    "DNS, a.test, ECC, prime256v1, none",
  })
  void checksApplications(String method, String domain, String algorithm, String key, String code) {
    assertThat(
            SSL.error(
                "ApplyCertificate",
                new JsonObject(application(method, domain))
                    .put("CsrEncryptAlgo", algorithm)
                    .put("CsrKeyParameter", key)
                    .encode()))
        .isEqualTo(code);
  }

  @Test
  void keepsTheContactAndTheProject() {
    JsonObject application =
        new JsonObject(application("DNS", "a.test"))
            .put("ContactEmail", "a@example.com")
            .put("ContactPhone", "13800000000")
            .put("ProjectId", 123);
    String id = SSL.call("ApplyCertificate", application.encode()).getString("CertificateId");

    JsonObject shown = describe(id);
    assertThat(shown.getString("ProjectId")).isEqualTo("123");
    assertThat(shown.getJsonObject("SubmittedData").getMap())
        .containsEntry("ContactEmail", "a@example.com")
        .containsEntry("ContactNumber", "13800000000");
    assertThat(SSL.error("ApplyCertificate", application.put("ContactEmail", "bogus").encode()))
        .isEqualTo("InvalidParameterValue.CertificateEmailParseInvalid");
  }

  @Test
  void listsFuzzilyNewestFirstInPages() {
    String first = apply("DNS", "www.example.com");
    String second = apply("DNS", "www.example.com.cn");
    apply("DNS", "other.test");

    JsonObject all = SSL.call("DescribeCertificates", "{\"SearchKey\":\"example.com\"}");
    JsonObject page =
        SSL.call(
            "DescribeCertificates", "{\"SearchKey\":\"example.com\",\"Offset\":1,\"Limit\":1}");
    JsonObject issued =
        SSL.call(
            "DescribeCertificates", "{\"SearchKey\":\"example.com\",\"CertificateStatus\":[1]}");

    assertThat(ids(all)).containsExactly(second, first);
    assertThat(ids(page)).containsExactly(first);
    assertThat(page.getInteger("TotalCount")).isEqualTo(2);
    assertThat(ids(issued)).isEmpty();
  }

  private static String apply(String method, String domain) {
    return SSL.call("ApplyCertificate", application(method, domain)).getString("CertificateId");
  }

  private static String application(String method, String domain) {
    return "{\"DvAuthMethod\":\"%s\",\"DomainName\":\"%s\"}".formatted(method, domain);
  }

  private static String id(String id) {
    return "{\"CertificateId\":\"%s\"}".formatted(id);
  }

  private static JsonObject describe(String id) {
    return SSL.call("DescribeCertificate", id(id));
  }

  private static JsonObject check(String id) {
    return SSL.call("CheckCertificateDomainVerification", id(id))
        .getJsonArray("VerificationResults")
        .getJsonObject(0);
  }

  private static JsonObject proof(JsonObject described) {
    return described.getJsonObject("DvAuthDetail").getJsonArray("DvAuths").getJsonObject(0);
  }

  private static void publish(JsonObject proof) {
    record(
        proof.getString("DvAuthKey"),
        proof.getString("DvAuthVerifyType"),
        proof.getString("DvAuthValue"));
  }

  private static void record(String name, String type, String value) {
    SANDBOX.control(
        "PUT",
        "dns",
        new JsonObject().put("name", name).put("type", type).put("value", value).encode());
  }

  private static X509Certificate certificate(String id) throws CertificateException {
    String pem = SSL.call("DescribeCertificateDetail", id(id)).getString("CertificatePublicKey");
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
  }

  private static Instant beijing(String time) {
    return LocalDateTime.parse(time, DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss"))
        .atZone(ZoneId.of("Asia/Shanghai"))
        .toInstant();
  }

  private static List<String> ids(JsonObject listed) {
    return listed.getJsonArray("Certificates", new JsonArray()).stream()
        .map(item -> ((JsonObject) item).getString("CertificateId"))
        .toList();
  }
}
