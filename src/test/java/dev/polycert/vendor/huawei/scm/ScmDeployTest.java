package dev.polycert.vendor.huawei.scm;

import static dev.polycert.provider.Awaiting.context;
import static dev.polycert.provider.Awaiting.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Answer;
import dev.polycert.call.Failure;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.Deployment;
import dev.polycert.provider.FixtureServer;
import dev.polycert.provider.FixtureServer.Reply;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class ScmDeployTest extends ScmProviderTests {
  private static final Map<String, String> CDN =
      Map.of("service", "CDN", "resources", "www.example.com, example.com");

  private Uni<Answer<Deployment>> deploy(Map<String, String> target) {
    return provider.deploy(reserved(COMPLETE), target, intents.context());
  }

  private Uni<Answer<CertificateBundle>> export(boolean includePrivateKey) {
    return provider.export(reserved(COMPLETE), includePrivateKey, context());
  }

  private static Map<String, String> paid(Map<String, String> target) {
    Map<String, String> paid = new HashMap<>(target);
    paid.put("acceptFee", "true");
    return paid;
  }

  private void issued(String type) {
    String shown = FixtureServer.fixture("huawei/ShowCertificate.issued.json");
    vendor.on("show", Reply.of(200, shown.replace("DV_SSL_CERT_BASIC", type)));
  }

  @Test
  void handsAServiceACopy() {
    issued("DV_SSL_CERT_BASIC");
    vendor.on("push", Reply.of(204, ""));

    Deployment deployment = value(deploy(Map.of("service", "WAF", "project", "cn-north-4")));

    assertThat(deployment.state()).isEqualTo(Deployment.State.DEPLOYED);
    assertThat(deployment.target()).isEqualTo("WAF cn-north-4");
    assertThat(deployment.message()).contains("choose it there");
    assertThat(intents.operations()).containsExactly("PushCertificate after 1 requests");
    assertThat(vendor.received("push").getFirst().text())
        .isEqualTo("{\"target_project\":\"cn-north-4\",\"target_service\":\"WAF\"}");
  }

  @Test
  void handsSeveralProjectsACopyAndReportsWhichTookNone() {
    issued("DV_SSL_CERT");
    vendor.on("batch-push", answer("BatchPushCertificate"));

    Deployment deployment =
        value(deploy(Map.of("service", "WAF", "project", "cn-north-4,cn-east-3")));

    assertThat(deployment.state()).isEqualTo(Deployment.State.DEPLOY_FAILED);
    assertThat(deployment.message()).isEqualTo("cn-east-3: WAF.0012");
    assertThat(vendor.received("batch-push").getFirst().text())
        .isEqualTo(
            "{\"target_projects\":[\"cn-north-4\",\"cn-east-3\"],\"target_service\":\"WAF\"}");
  }

  @Test
  void takesAReportThatLeavesAProjectOutForNoSuccess() {
    issued("DV_SSL_CERT");
    vendor.on("batch-push", answer("BatchPushCertificate"));

    assertThat(await(deploy(Map.of("service", "WAF", "project", "cn-north-4,cn-south-1"))))
        .isInstanceOf(Failure.Unclear.class);
  }

  @Test
  void deploysOnTheResourcesThatDoNotHaveItYet() {
    issued("DV_SSL_CERT");
    vendor
        .on("deployed-resources", answer("ListDeployedResources"))
        .on("deploy", answer("DeployCertificate"));

    assertThat(value(deploy(CDN)).state()).isEqualTo(Deployment.State.DEPLOYED);
    assertThat(intents.operations()).containsExactly("DeployCertificate after 2 requests");
    assertThat(vendor.received("deploy").getFirst().text())
        .isEqualTo("{\"service_name\":\"CDN\",\"resources\":[{\"domain_name\":\"example.com\"}]}");
  }

  @Test
  void writesNothingWhenItIsDeployedAlready() {
    issued("DV_SSL_CERT");
    vendor.on("deployed-resources", answer("ListDeployedResources"));

    Deployment deployment =
        value(deploy(Map.of("service", "ELB", "project", "cn-north-4", "resources", "l1")));

    assertThat(deployment.state()).isEqualTo(Deployment.State.DEPLOYED);
    assertThat(deployment.vendorStatus()).isEqualTo("deployed before");
    assertThat(intents.operations()).isEmpty();
  }

  @Test
  void namesTheResourcesOfWafInFull() {
    issued("DV_SSL_CERT");
    vendor
        .on("deployed-resources", answer("ListDeployedResources.none"))
        .on("deploy", answer("DeployCertificate"));

    value(
        deploy(
            Map.of(
                "service", "WAF",
                "project", "cn-north-4",
                "resources", "w1",
                "type", "premium",
                "enterpriseProjectId", "0")));

    assertThat(vendor.received("deploy").getFirst().text())
        .isEqualTo(
            "{\"project_name\":\"cn-north-4\",\"service_name\":\"WAF\",\"resources\":"
                + "[{\"id\":\"w1\",\"type\":\"premium\",\"enterprise_project_id\":\"0\"}]}");
  }

  @Test
  void reportsWhichResourceFailedAndWhy() {
    issued("DV_SSL_CERT");
    vendor
        .on("deployed-resources", answer("ListDeployedResources.none"))
        .on("deploy", answer("DeployCertificate.failed"));

    Deployment deployment =
        value(deploy(Map.of("service", "ELB", "project", "cn-north-4", "resources", "982b")));

    assertThat(deployment.state()).isEqualTo(Deployment.State.DEPLOY_FAILED);
    assertThat(deployment.message()).contains("ELB.8904");
  }

  @Test
  void paysNoFeeWithoutBeingAllowedTo() {
    issued("DV_SSL_CERT_BASIC");
    vendor
        .on("deployed-resources", answer("ListDeployedResources.none"))
        .on("deploy", answer("DeployCertificate"));

    assertThat(refused(deploy(CDN)).code()).isEqualTo("Fee.NotAccepted");
    assertThat(intents.operations()).isEmpty();

    assertThat(value(deploy(paid(CDN))).state()).isEqualTo(Deployment.State.DEPLOYED);
  }

  @Test
  void deploysNothingThatIsNotIssued() {
    vendor.on("show", answer("ShowCertificate.validating"), answer("ShowCertificate.otherDomain"));

    assertThat(refused(deploy(CDN)).code()).isEqualTo("Certificate.NotIssued");
    assertThat(refused(deploy(CDN)).code()).isEqualTo("Certificate.Taken");
    assertThat(intents.operations()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "where=CDN; where: is none of",
        "project=cn-north-4; service: is missing",
        "service=OBS project=p; must be one of CDN, WAF, ELB",
        "service=WAF; project: has 0, 1 to 10 are needed where no resources are named",
        "service=ELB resources=l1; project: has 0, one is needed for resources of ELB",
        "service=ELB resources=l1 project=a,b; project: has 2, one is needed",
        "service=WAF resources=l1 project=a; type: is missing, must be one of cloud, premium",
        "service=ELB resources=l1 project=a type=cloud; type: counts for resources of WAF only",
        "service=WAF project=a enterpriseProjectId=0; counts for resources of WAF only",
        "service=CDN resources=a.com acceptFee=1; acceptFee: '1' is wrong",
        "service=CDN resources=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21;"
            + "resources: has 21"
      })
  void namesWhatIsWrongWithATarget(String options, String message) {
    Map<String, String> target = new HashMap<>();
    for (String option : options.split(" ")) {
      target.put(option.substring(0, option.indexOf('=')), option.replaceFirst(".*=", ""));
    }

    assertThat(refused(deploy(target)).message()).contains(message);
    assertThat(vendor.received()).isEmpty();
  }

  @Test
  void givesTheKeyOutOnlyWhenItIsAskedFor() {
    vendor.on("export", answer("ExportCertificate"));

    CertificateBundle without = value(export(false));
    assertThat(without.privateKey()).isNull();
    assertThat(without.certificate()).contains("leaf").doesNotContain("issuer");
    assertThat(without.chain()).contains("issuer").doesNotContain("leaf");

    CertificateBundle with = value(export(true));
    assertThat(with.privateKey().reveal()).contains("canary-key-51ee07");
    assertThat(with.toString() + without).doesNotContain("canary");
    assertThat(vendor.received("export").getFirst().body()).isEmpty();
  }

  @Test
  void exportsWithoutAKeyWhatTheApplicantHasTheKeyOf() {
    String exported = FixtureServer.fixture("huawei/ExportCertificate.json");
    vendor.on("export", Reply.of(200, exported.replace("\"private_key\": \"", "\"x\": \"")));

    assertThat(value(export(true)).privateKey()).isNull();
  }

  @Test
  void keepsTheKeyToItselfWhenTheAnswerIsNoCertificate() {
    String exported = FixtureServer.fixture("huawei/ExportCertificate.json");
    vendor.on("export", Reply.of(200, exported.replace("\"certificate\": \"", "\"x\": \"")));
    assertThat(refused(export(true)).toString()).contains("Incomplete").doesNotContain("canary");

    vendor.on("export", Reply.of(200, exported.substring(0, exported.length() - 10)));
    assertThat(refused(export(true)).toString()).contains("Malformed").doesNotContain("canary");
  }

  @Test
  void exportsNothingThatIsNotIssuedOrIsGone() {
    vendor.on("export", error(400, "status"), error(400, "unknownCertificate"));

    assertThat(refused(export(false)).code()).isEqualTo("SCM.0010");
    assertThat(await(export(false))).isInstanceOf(Failure.Absent.class);
  }
}
