package dev.polycert.whole.judge;

import static dev.polycert.deliver.IssuedCertificates.issued;
import static org.assertj.core.api.Assertions.assertThat;

import com.aliyun.tea.TeaException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.sandbox.RunningSandbox;
import dev.polycert.sandbox.alibaba.CasCertificates;
import dev.polycert.sandbox.alibaba.CasEmulator;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Alibaba Cloud's own SDK calls every operation of the emulated CAS. */
class CasJudgeTest extends JudgeTests {
  @RegisterExtension
  static final RunningSandbox SANDBOX =
      new RunningSandbox(EsaSdk.KEYS, world -> new CasEmulator(world, new CasCertificates(world)));

  private Emulation emulation;
  private EsaSdk sdk;

  CasJudgeTest() {
    super(
        SANDBOX,
        new Refusals(
            "SignatureDoesNotMatch",
            Duration.ofSeconds(902),
            "InvalidTimeStamp.Expired",
            "cas_dv-cn-judged1",
            "cas_dv-cn-judged2"));
  }

  @Override
  void connect(Emulation sandbox) {
    emulation = sandbox;
    sdk = sdk(wire.authority(), Capture.SECRET);
  }

  private static EsaSdk sdk(String authority, String secret) {
    return new EsaSdk(authority, secret, "2020-04-07");
  }

  @Override
  List<Judged> operations() {
    return List.of(
        new Judged("ApplyCertificate", this::applies),
        new Judged("CancelPendingCertificate", this::cancels),
        new Judged("DeleteUserCertificate", this::deletes),
        new Judged("GetInstanceDetail", this::updates),
        new Judged("GetTaskAttribute", this::tellsTasks),
        new Judged("GetUserCertificateDetail", this::shows),
        new Judged("ListCloudResources", this::listsUses),
        new Judged("ListCompanies", this::listsContacts),
        new Judged("ListContact", this::listsContacts),
        new Judged("ListInstances", this::lists),
        new Judged("ListUserCertificateOrder", this::deletes),
        new Judged("RevokeCertificate", this::revokes),
        new Judged("UpdateInstance", this::updates),
        new Judged("UploadUserCertificate", this::deletes));
  }

  @Override
  String code(String authority, String secret, String operation) {
    try {
      sdk(authority, secret)
          .call(operation, Map.of("InstanceId", "cas_dv-cn-judged1", "ShowSize", 10));
      return "none";
    } catch (TeaException e) {
      return e.getCode();
    } catch (Exception e) {
      throw new AssertionError("no answer", e);
    }
  }

  /** The SDK knows no operations; those of the sandbox are among the names in its classes. */
  @Test
  void judgesAllThatIsEmulated() {
    List<String> emulated =
        OurOperations.textsBeside(CasEmulator.class).stream()
            .filter(name -> name.matches("([A-Z][a-z]+){2,6}"))
            .filter(
                name ->
                    !code(wire.authority(), Capture.SECRET, name).equals("InvalidAction.NotFound"))
            .sorted()
            .toList();
    assertThat(operations()).extracting(Judged::name).containsExactlyElementsOf(emulated);
  }

  // --- the operations ---

  private JsonNode call(String operation, Object... parameters) throws Exception {
    Map<String, Object> named = new HashMap<>();
    for (int i = 0; i < parameters.length; i += 2) {
      named.put(parameters[i].toString(), parameters[i + 1]);
    }
    return sdk.call(operation, named);
  }

  private String refusal(String operation, Object... parameters) {
    TeaException error = EsaSdk.refusal(() -> call(operation, parameters));
    return error.getStatusCode() + " " + error.getCode();
  }

  private String unused(String type) throws Exception {
    return call("ListInstances", "Status", "inactive", "InstanceType", type, "ShowSize", 100)
        .at("/InstanceList/0/InstanceId")
        .asText();
  }

  private JsonNode detail(String id) throws Exception {
    return call("GetInstanceDetail", "InstanceId", id);
  }

  private void update(String id, String domain) throws Exception {
    call(
        "UpdateInstance",
        "InstanceId",
        id,
        "Domain",
        domain,
        "ValidationMethod",
        "DNS",
        "ContactIdList.1",
        1001);
  }

  private String applied() throws Exception {
    String id = unused("TEST");
    update(id, "www.example.com");
    call("ApplyCertificate", "InstanceId", id);
    return id;
  }

  private String validated() throws Exception {
    String id = applied();
    JsonNode proof = detail(id).at("/DomainValidationList/0");
    emulation.publish(
        proof.get("ValidationKey").asText() + "." + proof.get("RootDomain").asText(),
        proof.get("ValidationType").asText(),
        proof.get("ValidationValue").asText());
    assertThat(detail(id).get("CertificateStatus").asText()).isEqualTo("issued");
    return id;
  }

  private void lists() throws Exception {
    JsonNode page = call("ListInstances", "CurrentPage", 2, "ShowSize", 10);
    assertThat(page.get("InstanceList")).hasSize(10);
    assertThat(page.get("TotalCount").asInt()).isGreaterThan(20);
    String id = applied();
    JsonNode found = call("ListInstances", "Keyword", "www.example", "Status", "pending");
    assertThat(found.get("TotalCount").asInt()).isOne();
    assertThat(found.at("/InstanceList/0/InstanceId").asText()).isEqualTo(id);
    assertThat(refusal("ListInstances", "ShowSize", 101)).isEqualTo("400 InvalidShowSize");
  }

  private void updates() throws Exception {
    String test = unused("TEST");
    update(test, "www.example.com");
    assertThat(detail(test).get("Status").asText()).isEqualTo("inactive");
    assertThat(detail(test).get("Domain").asText()).isEqualTo("www.example.com");
    assertThat(
            refusal("UpdateInstance", "InstanceId", test, "Domain", "a.example.com,b.example.com"))
        .isEqualTo("400 DomainAndProductNotMatch");
    assertThat(refusal("UpdateInstance", "InstanceId", test, "KeyAlgorithm", "RSA_1"))
        .isEqualTo("400 InvalidKeyAlgorithm");
    assertThat(refusal("GetInstanceDetail", "InstanceId", "none")).isEqualTo("404 NotFound");
    String bought = unused("BUY");
    update(bought, "www.example.com");
    assertThat(detail(bought).get("Status").asText()).as("submitted").isEqualTo("pending");
    assertThat(refusal("ApplyCertificate", "InstanceId", bought))
        .isEqualTo("400 OperationDenied.StatusNotSupport");
  }

  private void applies() throws Exception {
    String id = unused("TEST");
    assertThat(refusal("ApplyCertificate", "InstanceId", id)).isEqualTo("400 MissingParameter");
    update(id, "www.example.com");
    call("ApplyCertificate", "InstanceId", id);
    assertThat(detail(id).get("Status").asText()).isEqualTo("pending");
    assertThat(refusal("ApplyCertificate", "InstanceId", id))
        .isEqualTo("400 OperationDenied.StatusNotSupport");
  }

  private void tellsTasks() throws Exception {
    assertThat(refusal("GetTaskAttribute", "TaskId", unused("TEST"))).isEqualTo("404 NotFound");
    String id = applied();
    assertThat(
            call("GetTaskAttribute", "TaskId", id, "TaskType", "ApplyCertificate")
                .get("TaskStatus")
                .asText())
        .isEqualTo("PENDING");
    emulation.control("POST", "alibaba-cas/fail", "{\"domain\":\"www.example.com\"}");
    assertThat(call("GetTaskAttribute", "TaskId", id).get("TaskStatus").asText())
        .isEqualTo("FAILED");
  }

  private void cancels() throws Exception {
    String id = applied();
    call("CancelPendingCertificate", "InstanceId", id);
    assertThat(detail(id).get("Status").asText()).isEqualTo("normal");
    assertThat(refusal("CancelPendingCertificate", "InstanceId", id))
        .isEqualTo("400 OperationDenied.StatusNotSupport");
  }

  private void shows() throws Exception {
    String certificate = detail(validated()).get("CertificateId").asText();
    JsonNode whole = call("GetUserCertificateDetail", "CertId", certificate);
    assertThat(whole.get("Common").asText()).isEqualTo("www.example.com");
    assertThat(whole.get("Cert").asText()).startsWith("-----BEGIN CERTIFICATE-----");
    assertThat(whole.get("Key").asText()).contains("PRIVATE KEY");
    JsonNode filtered = call("GetUserCertificateDetail", "CertId", certificate, "CertFilter", true);
    assertThat(filtered.has("Key") || filtered.has("Cert")).isFalse();
  }

  private void revokes() throws Exception {
    String id = validated();
    call(
        "RevokeCertificate",
        "InstanceId",
        id,
        "CertificateId",
        detail(id).get("CertificateId").asText());
    assertThat(detail(id).get("CertificateStatus").asText()).isEqualTo("revoked");
    assertThat(refusal("RevokeCertificate", "InstanceId", id))
        .isEqualTo("400 OperationDenied.StatusNotSupport");
  }

  private void listsContacts() throws Exception {
    assertThat(call("ListContact").at("/ContactList/0/ContactId").asInt()).isEqualTo(1001);
    assertThat(call("ListCompanies", "CompanyId", 47305).at("/CompanyList/0/CompanyId").asInt())
        .isEqualTo(47305);
    assertThat(call("ListCompanies", "CompanyId", 1).path("CompanyList")).isEmpty();
  }

  private void listsUses() throws Exception {
    assertThat(call("ListCloudResources").get("Total").asInt()).isZero();
  }

  private void deletes() throws Exception {
    CertificateBundle export = issued("www.example.com");
    String id =
        call(
                "UploadUserCertificate",
                "Name",
                "mine",
                "Cert",
                export.fullChain(),
                "Key",
                export.privateKey().reveal())
            .get("CertId")
            .asText();
    validated();
    JsonNode uploads = call("ListUserCertificateOrder", "OrderType", "UPLOAD");
    assertThat(uploads.get("CertificateOrderList")).as("what was issued is no upload").hasSize(1);
    call("DeleteUserCertificate", "CertId", id);
    assertThat(refusal("DeleteUserCertificate", "CertId", id)).isEqualTo("404 NotFound");
  }
}
