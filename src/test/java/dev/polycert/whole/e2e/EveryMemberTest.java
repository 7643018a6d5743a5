package dev.polycert.whole.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.provider.CertificateProvider;
import dev.polycert.testing.Csrs;
import dev.polycert.testing.HttpAnswer;
import dev.polycert.vault.TestVault;
import dev.polycert.vendor.acme.FakeCas;
import io.quarkus.arc.All;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Nothing that a request to apply can say is dropped in silence: with each member, at each
 * provider, another call goes out, or the member is refused by its name, or a note of the answer
 * names it.
 *
 * <p>The members are those that the API itself lists to a request with an unknown one, so that a
 * new member fails here until it has a sample, and is handled.
 */
@QuarkusTest
@TestProfile(EveryMemberTest.Sealing.class)
class EveryMemberTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What Polycert does itself; each has tests of its own. */
  private static final Set<String> OWN =
      Set.of(
          "domains",
          "providers",
          "strategy",
          "deliver",
          "reissue",
          "reissueBefore",
          "label",
          "dryRun",
          // Walked one by one, with all that is in them.
          "information",
          "providerOptions");

  /** Options that change which calls are made, and not what is in them: see their own tests. */
  private static final Set<String> OWN_OPTIONS =
      Set.of("alibaba-esa.verifySite", "huawei-scm.buy", "aws-acm.region");

  private static final String CONTACTS = "ALIBABA_CLOUD_CAS_CONTACT_IDS";
  private static final String MARK = "Walked";
  private static final Pattern PART = Pattern.compile("^information[.]\\w+");

  /** A value for each member, by the last part of its path. */
  private static final Map<String, Object> SAMPLES =
      Map.ofEntries(
          Map.entry("validation", "FILE"),
          Map.entry("keyAlgorithm", "EC_P256"),
          Map.entry("agreePrivacyProtection", false),
          Map.entry("keyPassword", "walked-password"),
          Map.entry("name", MARK + ".Name"),
          Map.entry("division", MARK),
          Map.entry("country", "DE"),
          Map.entry("region", MARK),
          Map.entry("city", MARK),
          Map.entry("address", MARK),
          Map.entry("postalCode", MARK),
          Map.entry("phoneAreaCode", "0999"),
          Map.entry("phoneNumber", "99999999"),
          Map.entry("firstName", MARK),
          Map.entry("lastName", MARK),
          Map.entry("phone", "99999999999"),
          Map.entry("email", "walked@example.com"),
          Map.entry("position", MARK));

  private static final Map<String, String> OPTIONS =
      Map.ofEntries(
          Map.entry("acme.alternativeNames", "more.walk.example.com"),
          Map.entry("acme.ca", "other"),
          Map.entry("acme.preferredChain", "Other Root"),
          Map.entry("acme.profile", "shortlived"),
          Map.entry("tencent-ssl.alias", MARK),
          Map.entry("tencent-ssl.alternativeNames", "more.walk.example.com"),
          Map.entry("tencent-ssl.certificateId", "Walked01"),
          Map.entry("tencent-ssl.contactEmail", "walked@example.com"),
          Map.entry("tencent-ssl.contactPhone", "13999999999"),
          Map.entry("tencent-ssl.deleteDnsAutoRecord", "true"),
          Map.entry("tencent-ssl.oldCertificateId", "Walked01"),
          Map.entry("tencent-ssl.packageType", "2"),
          Map.entry("tencent-ssl.projectId", "77"),
          Map.entry("tencent-ssl.validityPeriod", "3"),
          Map.entry("tencent-edgeone.zoneId", "zone-walked"),
          Map.entry("alibaba-cas.alternativeNames", "more.walk.example.com"),
          Map.entry("alibaba-cas.brand", "GlobalSign"),
          Map.entry("alibaba-cas.certificateType", "OV"),
          Map.entry("alibaba-cas.companyId", "47305"),
          Map.entry("alibaba-cas.contactIds", "1002"),
          Map.entry("alibaba-cas.instanceId", "cas_dv-cn-walked"),
          Map.entry("alibaba-cas.instanceType", "BUY"),
          Map.entry("alibaba-esa.siteId", "7777777777777"),
          Map.entry("alibaba-esa.type", "digicert_single"),
          Map.entry("huawei-scm.alternativeNames", "more.walk.example.com"),
          Map.entry("huawei-scm.brand", "TRUSTASIA"),
          Map.entry("huawei-scm.caHashAlgorithm", "SHA-256"),
          Map.entry("huawei-scm.certificateId", "scs7777777777777"),
          Map.entry("huawei-scm.domainMethod", "EMAIL"),
          Map.entry("huawei-scm.type", "OV_SSL_CERT"),
          Map.entry("huawei-scm.years", "3"),
          Map.entry("aws-acm.acceptFee", "true"),
          Map.entry("aws-acm.alternativeNames", "more.walk.example.com"),
          Map.entry(
              "aws-acm.certificateArn", "arn:aws:acm:eu-central-1:123456789012:certificate/walked"),
          Map.entry("aws-acm.exportable", "true"));

  /** The writes of an application; what only looks has ids in it that differ each time. */
  private static final Set<String> WRITES =
      Set.of(
          "ApplyCertificate",
          "ApplyFreeCertificate",
          "UpdateInstance",
          "SubmitCertificateInformation",
          "CommitCertificateInformation",
          "SubscribeCertificate",
          "RequestCertificate");

  /** A way of applying that takes members of its own. */
  private enum Way {
    TENCENT_FREE("tencent-ssl"),
    TENCENT_BOUGHT("tencent-ssl"),
    EDGEONE("tencent-edgeone"),
    CAS("alibaba-cas"),
    ESA("alibaba-esa"),
    HUAWEI("huawei-scm"),
    ACM("aws-acm"),
    ACME("acme");

    private final String provider;

    Way(String provider) {
      this.provider = provider;
    }
  }

  @Inject @All List<CertificateProvider> providers;

  private int domains;

  /** With a vault key, so that a password can be kept. */
  public static final class Sealing implements QuarkusTestProfile {
    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(new TestResourceEntry(FakeCas.class));
    }

    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "polycert.vault.key",
          TestVault.KEY,
          CONTACTS,
          "1001",
          "AWS_ACM_REGION",
          "eu-central-1",
          "polycert.http.limit-factor",
          "50",
          // The client of this test opens one for each call.
          "polycert.server.max-connections",
          "5000");
    }
  }

  @BeforeEach
  void reset() {
    Api.reset();
  }

  /** What a request came to, and the calls that it led to. */
  private record Walked(int status, JsonNode answer, List<String> writes, String sent) {

    /** Whether the member made a difference, or is named. */
    boolean shows(String member, Walked without, String sample) {
      return status == 400
          ? named(answer.path("errors"), member)
          : sent.contains(sample)
              || !writes.equals(without.writes)
              || Stream.of("notes", "error", "message")
                  .anyMatch(text -> named(answer.at("/entries/0/" + text), member));
    }

    /** Whether a text names it, or the part of the information that it is in. */
    private static boolean named(JsonNode texts, String member) {
      Matcher part = PART.matcher(member);
      return texts.toString().contains(member)
          || (part.find()
              && Pattern.compile(Pattern.quote(part.group()) + "(?![.\\w])")
                  .matcher(texts.toString())
                  .find());
    }
  }

  @Test
  void everyProviderIsWalked() {
    assertThat(providers.stream().map(provider -> provider.descriptor().id()))
        .containsExactlyInAnyOrderElementsOf(
            new TreeSet<>(List.of(Way.values()).stream().map(way -> way.provider).toList()));
  }

  @TestFactory
  List<DynamicTest> everyMemberIsSentRefusedOrReported() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Way way : Way.values()) {
      Walked without = walk(way, base(way));
      for (String member : members()) {
        tests.add(
            DynamicTest.dynamicTest(way + " " + member, () -> assertShown(way, without, member)));
      }
    }
    return tests;
  }

  @TestFactory
  List<DynamicTest> everyOptionIsSentOrRefused() {
    List<DynamicTest> tests = new ArrayList<>();
    for (CertificateProvider provider : providers) {
      String id = provider.descriptor().id();
      provider.descriptor().options().stream()
          .map(option -> id + "." + option.name())
          .filter(option -> !OWN_OPTIONS.contains(option))
          .forEach(
              option -> tests.add(DynamicTest.dynamicTest(option, () -> assertOption(id, option))));
    }
    return tests;
  }

  private void assertShown(Way way, Walked without, String member) {
    ObjectNode request = base(way);
    String last = member.substring(member.lastIndexOf('.') + 1);
    Object value = last.equals("csr") ? csr(request) : SAMPLES.get(last);
    assertThat(value).as("a sample of the new member %s", member).isNotNull();
    ObjectNode at = request;
    for (String part : member.split("[.]")) {
      if (part.equals(last)) {
        at.set(part, JSON.valueToTree(value));
      } else {
        at = at.withObjectProperty(part);
      }
    }

    Walked with = walk(way, request);

    assertThat(with.shows(member, without, String.valueOf(value)))
        .as("%s at %s: %s", member, way, with)
        .isTrue();
  }

  private void assertOption(String id, String option) {
    Way way =
        option.equals("tencent-ssl.alternativeNames")
            ? Way.TENCENT_BOUGHT
            : List.of(Way.values()).stream()
                .filter(each -> each.provider.equals(id))
                .findFirst()
                .orElseThrow();
    String value = OPTIONS.get(option);
    assertThat(value).as("a sample of the new option %s", option).isNotNull();
    ObjectNode request = base(way);
    ObjectNode options = request.withObjectProperty("providerOptions").withObjectProperty(id);
    if (way == Way.HUAWEI && Set.of("brand", "type", "years").contains(name(option))) {
      // What is bought differs, where nothing bought fits.
      options.put("buy", true).put("brand", "CFCA").put("type", "DV_SSL_CERT");
    }
    if (option.equals("tencent-ssl.deleteDnsAutoRecord")) {
      request.put("validation", "DNS_AUTO");
    }
    Walked without = walk(way, request.deepCopy());
    options.put(name(option), value);

    Walked with = walk(way, request);

    assertThat(with.shows(name(option), without, value)).as("%s: %s", option, with).isTrue();
  }

  private static String name(String option) {
    return option.substring(option.indexOf('.') + 1);
  }

  /** It has a key already, about which the request can say nothing else. */
  private static String csr(ObjectNode request) {
    request.remove("keyAlgorithm");
    return Csrs.of(request.at("/domains/0").asText()).pem();
  }

  // --- the members that there are ---

  private static List<String> members() {
    List<String> members = new ArrayList<>(known("", "{%s}"));
    members.removeAll(OWN);
    known("information", "{\"information\":{%s}}")
        .forEach(
            part -> {
              String path = "information." + part;
              List<String> inner = known(path, "{\"information\":{\"" + part + "\":{%s}}}");
              if (inner.isEmpty()) {
                members.add(path);
              }
              inner.forEach(member -> members.add(path + "." + member));
            });
    assertThat(members).contains("validation", "information.csr", "information.contact.email");
    return members;
  }

  /** The members that an object of a request may have, out of the error for one that it may not. */
  private static List<String> known(String path, String request) {
    String unknown = "qqqqqqqqqqqqqqqqqqqqqqqqqqqqqq";
    HttpAnswer response =
        Api.polycert().body(request.formatted("\"" + unknown + "\":1")).post("/apply");
    Matcher listed =
        Pattern.compile(
                Pattern.quote((path.isEmpty() ? "" : path + ".") + unknown)
                    + "\",\"message\":\"unknown; known: ([^\"]+)\"")
            .matcher(response.text());
    return listed.find() ? List.of(listed.group(1).split(", ")) : List.of();
  }

  // --- requests ---

  private ObjectNode base(Way way) {
    ObjectNode request = JSON.createObjectNode();
    request.putArray("domains").add("w" + domains++ + ".walk.example.com");
    request.putArray("providers").add(way.provider);
    if (way == Way.ACME) {
      request.put("keyAlgorithm", "EC_P384");
    }
    if (way == Way.HUAWEI || way == Way.TENCENT_BOUGHT) {
      ObjectNode information = request.putObject("information");
      information
          .putObject("organization")
          .put("name", "Example Ltd")
          .put("division", "IT")
          .put("country", "CN")
          .put("region", "Guangdong")
          .put("city", "Shenzhen")
          .put("address", "1 Way")
          .put("phoneAreaCode", "0755")
          .put("phoneNumber", "12345678");
      for (String who : List.of("administrator", "contact")) {
        information
            .putObject(who)
            .put("firstName", "Wang")
            .put("lastName", "Fang")
            .put("phone", "13800000000")
            .put("email", who + "@example.com")
            .put("position", "CTO");
      }
      if (way == Way.HUAWEI) {
        information.put("agreePrivacyProtection", true);
      }
    }
    return request;
  }

  /** Sends a request on a clean slate, and lets the order take its next step. */
  private Walked walk(Way way, ObjectNode request) {
    Api.reset();
    Api.sandbox().post("/journal").require(200);
    FakeCas.forget();
    String domain = request.at("/domains/0").asText();
    if (way == Way.TENCENT_BOUGHT) {
      String id =
          Api.sandbox()
              .body(Map.of("domain", domain))
              .post("/tencent-ssl/paid")
              .json()
              .text("certificateId");
      ObjectNode options =
          request.withObjectProperty("providerOptions").withObjectProperty("tencent-ssl");
      options.put("certificateId", id);
    }
    HttpAnswer response = Api.polycert().body(request.toString()).post("/apply");
    JsonNode answer = read(response);
    String order = answer.at("/entries/0/orderId").asText();
    // An order at acme takes several steps until its CA gets the request for the certificate.
    for (int i = 0; i < (way == Way.ACME ? 5 : 1) && !order.isEmpty() && !isOver(order); i++) {
      Api.post("/check-verification", Map.of("orders", List.of(order)));
    }
    if (way == Way.ACME) {
      List<String> called = FakeCas.calls().stream().map(call -> alike(call, domain)).toList();
      return new Walked(response.status(), answer, called, called + FakeCas.requests());
    }
    JsonNode calls = read(Api.sandbox().get("/journal")).path("entries");
    List<String> writes = new ArrayList<>();
    StringBuilder sent = new StringBuilder();
    for (JsonNode call : calls) {
      String text = call.path("sent").asText();
      sent.append(text).append('\n');
      if (WRITES.contains(call.path("operation").asText())) {
        writes.add(
            call.path("operation").asText()
                + " "
                + alike(text.substring(text.indexOf('?')), domain));
      }
    }
    return new Walked(response.status(), answer, writes, sent.toString());
  }

  private static boolean isOver(String order) {
    return Set.of("ISSUED", "FAILED")
        .contains(Api.polycert().get("/orders/" + order).json().text("state"));
  }

  /** The same for every domain, and without the ids that the sandbox makes anew each time. */
  private static String alike(String sent, String domain) {
    return sent.replace(domain, "DOMAIN")
        .replaceAll("zone-[0-9a-z]+", "ZONE")
        .replaceAll("SiteId=\\d+", "SITE")
        .replaceAll("InstanceId=[\\w-]+", "INSTANCE")
        .replaceAll("\"(IdempotencyToken|Value)\":\"[^\"]+\"", "ORDER")
        .replaceAll("\"CertificateId\":\"[^\"]+\"", "ID");
  }

  private static JsonNode read(HttpAnswer response) {
    try {
      return JSON.readTree(response.text());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
