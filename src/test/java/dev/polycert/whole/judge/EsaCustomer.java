package dev.polycert.whole.judge;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** Brings the emulated ESA into a state, by calling it with Alibaba Cloud's own SDK. */
record EsaCustomer(Emulation sandbox, EsaSdk sdk) {

  long site(String access, boolean active) {
    return site("example.com", access, active);
  }

  long site(String name, String access, boolean active) {
    String body =
        "{\"name\":\"%s\",\"access\":\"%s\",\"active\":%s}".formatted(name, access, active);
    return sandbox.control("POST", "alibaba-esa/site", body).get("SiteId").asLong();
  }

  static Map<String, Object> application(long site, String domain) {
    return Map.of("SiteId", site, "Domains", domain, "Type", "lets_encrypt");
  }

  String applied(long site, String domain) throws Exception {
    return sdk.call("ApplyCertificate", application(site, domain)).at("/Result/0/Id").asText();
  }

  String issued(long site, String domain) throws Exception {
    String id = applied(site, domain);
    publish(certificate(site, id).get("Result"));
    certificate(site, id);
    return id;
  }

  JsonNode certificate(long site, String id) throws Exception {
    return sdk.call("GetCertificate", Map.of("SiteId", site, "Id", id));
  }

  void publish(JsonNode applying) {
    JsonNode record = applying.get("DCV").get(0);
    publish(record.get("Key").asText(), record.get("Value").asText());
  }

  void publish(String name, String text) {
    sandbox.publish(name, "TXT", text);
  }

  /** Status and code that a call is refused with. */
  String refusal(String operation, Map<String, ?> parameters) {
    var error = EsaSdk.refusal(() -> sdk.call(operation, parameters));
    return error.getStatusCode() + " " + error.getCode();
  }
}
