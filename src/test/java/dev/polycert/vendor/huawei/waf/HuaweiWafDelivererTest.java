package dev.polycert.vendor.huawei.waf;

import static dev.polycert.deliver.IssuedCertificates.issued;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.call.Answer;
import dev.polycert.call.AnsweringClients;
import dev.polycert.call.HttpTesting;
import dev.polycert.call.VendorError;
import dev.polycert.deliver.Deliveries;
import dev.polycert.deliver.Stage;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.testing.Resources;
import dev.polycert.vendor.huawei.Uploads;
import io.smallrye.config.SmallRyeConfig;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A domain that fails keeps no other from the certificate, and only a list says what is gone. */
class HuaweiWafDelivererTest {
  private static final String OLD = "a".repeat(32);
  private static final String NEW = "b".repeat(32);
  private static final String WWW = "1".repeat(32);
  private static final String GONE = "2".repeat(32);
  private static final String API = "3".repeat(32);
  private static final String HALFWAY = "4".repeat(32);
  private static final String OTHERS = "5".repeat(32);

  @RegisterExtension final Resources resources = new Resources();

  /** Names of certificates and what uses them, by their ids. */
  private final Map<String, ObjectNode> certificates = new TreeMap<>();

  private final List<String> applied = new ArrayList<>();
  private boolean isDenied;
  private String refusal = "WAF.00014002";

  private Deliveries to(String hosts) {
    SmallRyeConfig config =
        HttpTesting.config(
            Map.of("HUAWEICLOUD_SDK_AK", "fake-key-id", "HUAWEICLOUD_SDK_SK", "fake-secret"));
    return new Deliveries(
        new HuaweiWafDeliverer(
            HttpTesting.clients(
                config,
                new AnsweringClients(config, resources.vertx(), this::answer),
                HttpTesting.calls(config, Clock.systemUTC()),
                resources.vertx()),
            config),
        Map.of("region", "cn-north-4", "projectId", "1".repeat(32), "hosts", hosts));
  }

  private Response answer(List<Object> call) {
    return switch (call.getFirst().toString()) {
      case "listCertificates" ->
          isDenied ? refused("WAF.00012003") : list(String.valueOf(call.get(6)));
      case "createCertificate" -> ok(held(NEW, "polycert-new"));
      case "applyCertificateToHost" -> apply(call.getLast().toString());
      default -> {
        certificates.remove(String.valueOf(call.get(3)));
        yield ok(JsonNodeFactory.instance.objectNode());
      }
    };
  }

  private ObjectNode held(String id, String name, String... hosts) {
    ObjectNode held = JsonNodeFactory.instance.objectNode().put("id", id).put("name", name);
    ArrayNode bound = held.putArray("bind_host");
    for (String host : hosts) {
      bound.addObject().put("id", host).put("waf_type", "cloud");
    }
    certificates.put(id, held);
    return held;
  }

  private Response list(String name) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode items = answer.putArray("items");
    certificates.values().stream()
        .filter(held -> name.equals("null") || held.path("name").asText().contains(name))
        .forEach(items::add);
    return ok(answer.put("total", items.size()));
  }

  private Response apply(String body) {
    if (body.contains(GONE)) {
      return refused(refusal);
    }
    List.of(WWW, API).stream().filter(body::contains).forEach(this::use);
    return ok(certificates.get(NEW));
  }

  private void use(String host) {
    applied.add(host);
    certificates.values().forEach(held -> without(held.withArray("bind_host"), host));
    certificates.get(NEW).withArray("bind_host").addObject().put("id", host);
  }

  private static void without(ArrayNode hosts, String host) {
    hosts.removeIf(one -> one.path("id").asText().equals(host));
  }

  private static Response ok(ObjectNode json) {
    return Response.ok(json.toString().getBytes(UTF_8)).build();
  }

  private static Response refused(String code) {
    String json = "{\"error_code\":\"%s\",\"error_msg\":\"is refused\"}".formatted(code);
    return Response.status(400).entity(json.getBytes(UTF_8)).build();
  }

  @Test
  void theOthersGetItAndTheDomainThatIsGoneIsNamed() {
    VendorError error =
        to(String.join(",", WWW, GONE, API)).refused(issued("www.example.com"), null);

    assertThat(applied).containsExactlyInAnyOrder(WWW, API);
    assertThat(error.code()).isEqualTo("WAF.00014002");
    assertThat(error.message()).contains(GONE).doesNotContain(WWW, API);
  }

  @Test
  void aRefusalOfTheCertificateIsNotSoughtAmongTheDomains() {
    refusal = "WAF.00011021";
    Deliveries deliveries = to(String.join(",", WWW, GONE, API));

    assertThat(deliveries.refused(issued("www.example.com"), null).message())
        .contains(WWW, GONE, API);
    assertThat(deliveries.intents()).containsExactly("CreateCertificate", "ApplyCertificateToHost");
  }

  @Test
  void whatUsesTheCertificateBeforeGetsTheRenewalToo() {
    held(OLD, "polycert-old", API);

    assertThat(to(WWW).delivered(issued("www.example.com"), OLD)).isEqualTo(NEW);

    assertThat(applied).containsExactlyInAnyOrder(WWW, API);
    assertThat(certificates).containsOnlyKeys(NEW);
  }

  @Test
  void oneThatWasRefusedHalfwayIsReplacedAndDeletedToo() {
    CertificateBundle halfway = issued("www.example.com");
    held(OLD, "polycert-old");
    held(HALFWAY, Uploads.name(halfway.certificate()).orElseThrow(), API);
    held(OTHERS, "polycert-others");

    Answer<Stage> answer =
        to(WWW)
            .advance(issued("www.example.com"), OLD, issued("www.example.com"), List.of(halfway));

    assertThat(answer).isEqualTo(Answer.of(new Stage.Done(NEW)));
    assertThat(applied).containsExactlyInAnyOrder(WWW, API);
    assertThat(certificates).containsOnlyKeys(NEW, OTHERS);
  }

  @Test
  void aDomainThatIsGoneKeepsNoOldCertificate() {
    held(OLD, "polycert-old", WWW);

    VendorError error = to(String.join(",", WWW, GONE)).refused(issued("www.example.com"), OLD);

    assertThat(error.message()).contains(GONE);
    assertThat(certificates).containsOnlyKeys(NEW);
  }

  @Test
  void aListThatIsRefusedDoesNotSayThatTheCertificateBeforeIsGone() {
    held(OLD, "polycert-old", API);
    isDenied = true;
    Deliveries deliveries = to(WWW);

    assertThat(deliveries.refused(issued("www.example.com"), OLD).code()).isEqualTo("WAF.00012003");
    assertThat(deliveries.intents()).isEmpty();
    assertThat(certificates).containsOnlyKeys(OLD);
  }
}
