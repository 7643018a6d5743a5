package dev.polycert.sandbox.huawei;

import static dev.polycert.sandbox.huawei.ScmCalls.CERTIFICATES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScmDeploymentTest {
  private static final String PUSH =
      "{\"target_project\":\"cn-north-4\",\"target_service\":\"WAF\"}";

  private final ScmCalls calls = new ScmCalls();

  private JsonNode deploy(String id, String body) {
    return calls.ok("POST", CERTIFICATES + "/" + id + "/deploy", body).get("failure_list");
  }

  private String refusal(String id, String operation, String body) {
    return calls.refusal("POST", CERTIFICATES + "/" + id + "/" + operation, body);
  }

  private JsonNode deployed(String id, String service) {
    return calls
        .ok(
            "POST",
            "/v3/scm/deployed-resources",
            "{\"certificate_ids\":[\"%s\"],\"service_names\":[\"%s\"]}".formatted(id, service))
        .at("/results/0");
  }

  @Test
  void pushesWithoutAWord() {
    var path = CERTIFICATES + "/" + calls.issued("www.example.com") + "/push";
    var reply = calls.emulator.handle(calls.request("POST", path, PUSH));
    assertThat(reply.status()).isEqualTo(204);
    assertThat(reply.body()).isEmpty();
    assertThat(calls.refusal("POST", path, PUSH.replace("WAF", "OBS"))).isEqualTo("400 SCM.0030");
  }

  @Test
  void pushesToSeveralProjects() {
    var id = calls.issued("www.example.com");
    var answer =
        calls.ok(
            "POST",
            CERTIFICATES + "/" + id + "/batch-push",
            "{\"target_service\":\"waf\",\"target_projects\":[\"cn-north-7\",\"cn-east-3\"]}");
    assertThat(answer.get("results").findValuesAsText("project_name"))
        .containsExactly("cn-north-7", "cn-east-3");
    assertThat(answer.get("results").findValuesAsText("message")).containsOnly("success");
    assertThat(refusal(id, "batch-push", "{\"target_service\":\"WAF\",\"target_projects\":[]}"))
        .isEqualTo("400 SCM.0005");
  }

  @Test
  void showsWhereACertificateIsDeployed() {
    var id = calls.issued("www.example.com");
    assertThat(deployed(id, "ALL").get("total_num").asInt()).isZero();
    var cdn = "{\"service_name\":\"CDN\",\"resources\":[{\"domain_name\":\"www.example.com\"}]}";
    assertThat(deploy(id, cdn)).isEmpty();
    var elb =
        "{\"service_name\":\"ELB\",\"project_name\":\"cn-north-4\",\"resources\":[{\"id\":\"l1\"}]}";
    assertThat(deploy(id, elb)).isEmpty();

    var all = deployed(id, "ALL");
    assertThat(all.get("total_num").asInt()).isEqualTo(2);
    assertThat(all.findValuesAsText("resource_name")).containsExactly("www.example.com", "l1");
    assertThat(all.findValuesAsText("region_id")).containsExactly("global", "cn-north-4");
    assertThat(deployed(id, "WAF").get("total_num").asInt()).isZero();

    var next = calls.issued("*.example.com");
    assertThat(deploy(next, cdn)).isEmpty();
    assertThat(deployed(id, "CDN").get("total_num").asInt()).isZero();
    assertThat(deployed(next, "CDN").get("total_num").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"service_name\":\"CDN\",\"resources\":[]}",
        "{\"service_name\":\"CDN\",\"resources\":[{\"id\":\"x\"}]}",
        "{\"service_name\":\"ELB\",\"resources\":[{\"id\":\"x\"}]}",
        "{\"service_name\":\"WAF\",\"project_name\":\"p\",\"resources\":[{\"id\":\"x\"}]}"
      })
  void refusesResourcesThatAreNotNamed(String body) {
    assertThat(refusal(calls.issued("www.example.com"), "deploy", body)).isEqualTo("400 SCM.0005");
  }
}
