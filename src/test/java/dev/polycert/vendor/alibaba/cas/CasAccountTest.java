package dev.polycert.vendor.alibaba.cas;

import static dev.polycert.provider.Awaiting.context;
import static dev.polycert.provider.Awaiting.value;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.call.Accounts;
import dev.polycert.call.NamedAccount;
import dev.polycert.provider.Applications;
import dev.polycert.testing.JsonHttp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What belongs to an account: its contacts, and its limits. */
class CasAccountTest extends CasProviderTests {
  private static final NamedAccount B = Accounts.forDomains("b");
  private static final Map<String, String> BOTH = new HashMap<>(CONTACTS);

  static {
    BOTH.put("POLYCERT_ACCOUNT__B__ALIBABA_CLOUD_CAS_CONTACT_IDS", "2001");
    BOTH.put("POLYCERT_ACCOUNT__B__ALIBABA_CLOUD_ACCESS_KEY_ID", "FAKEAKEXAMPLE0000000");
    BOTH.put("POLYCERT_ACCOUNT__B__ALIBABA_CLOUD_ACCESS_KEY_SECRET", "fake-secret-of-account-b");
  }

  /** The contacts on the instance of an application. */
  private List<String> contacts(Applications asked) {
    String instance = place(reserved(asked)).reference().id("instanceId");
    JsonNode shown =
        JsonHttp.read(
            new String(
                vendor.call("GetInstanceDetail", Map.of("InstanceId", instance)).body(), UTF_8));
    return shown.path("ContactIdList").valueStream().map(JsonNode::asText).toList();
  }

  @Test
  void theContactsAreThoseOfTheRequestElseOfTheAccount() {
    for (String id : List.of("2001", "3001", "3002", "3003")) {
      vendor.control("contact", "{\"id\":\"" + id + "\"}");
    }
    assertThat(contacts(www())).containsExactly("1001", "1002");
    assertThat(contacts(Applications.forDomain("a.example.com").option("contactIds", "3001, 3002")))
        .containsExactly("3001", "3002");
    provider = B.making(() -> provider(BOTH));
    assertThat(contacts(Applications.forDomain("b.example.com"))).containsExactly("2001");
    assertThat(contacts(Applications.forDomain("c.example.com").option("contactIds", "3003")))
        .containsExactly("3003");
  }

  @Test
  void aNamedAccountDoesNotTakeTheContactsOfTheDefaultOne() {
    AlibabaCasProvider without = B.making(() -> provider(CONTACTS));

    assertThat(without.account().missing())
        .contains("POLYCERT_ACCOUNT__B__ALIBABA_CLOUD_CAS_CONTACT_IDS");
  }

  @Test
  void ordersAndDeliveriesShareTheLimitsOfTheirAccount() {
    Map<String, String> settings = new HashMap<>(BOTH);
    settings.put("polycert.provider.\"alibaba-cas\".limits.ListUserCertificateOrder", "3");
    provider = provider(settings);
    plan(www());
    value(((Cas) make(Cas.class, settings)).list(false, context()));
    B.making(() -> (Cas) make(Cas.class, settings)).list(false, context()).await().indefinitely();

    assertThat(limits)
        .containsEntry("alibaba-cas/default/ListInstances", 10.0)
        .containsEntry("alibaba-cas/default/ListUserCertificateOrder", 3.0)
        .containsEntry("alibaba-cas@b/ListUserCertificateOrder", 3.0)
        .containsEntry("alibaba-cas/default/ListContact", 10.0)
        .hasSize(4);
  }
}
