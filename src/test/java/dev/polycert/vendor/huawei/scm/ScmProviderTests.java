package dev.polycert.vendor.huawei.scm;

import static dev.polycert.provider.Awaiting.context;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Answer;
import dev.polycert.call.Failure;
import dev.polycert.call.HttpTesting;
import dev.polycert.call.VendorError;
import dev.polycert.provider.Answers;
import dev.polycert.provider.Application;
import dev.polycert.provider.Applications;
import dev.polycert.provider.Awaiting;
import dev.polycert.provider.FixtureServer;
import dev.polycert.provider.FixtureServer.Received;
import dev.polycert.provider.FixtureServer.Reply;
import dev.polycert.provider.Information;
import dev.polycert.provider.Information.Organization;
import dev.polycert.provider.Information.Person;
import dev.polycert.provider.Plan;
import dev.polycert.provider.Preparation;
import dev.polycert.provider.Progress;
import dev.polycert.provider.ProviderConfig;
import dev.polycert.provider.RecordedIntents;
import dev.polycert.provider.Reference;
import dev.polycert.provider.TestConfig;
import dev.polycert.testing.Resources;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The provider against a vendor that answers from fixtures. */
abstract class ScmProviderTests {
  static final String ID = "scs0000000000001";
  static final Reference REFERENCE = Reference.of("certificateId", ID);
  static final Instant NOW = Instant.parse("2026-11-21T19:00:00.123Z");
  static final String PROJECT = "00000000000000000000000000000000";

  static final Information COMPLETE =
      new Information(null, person("张三", "13212345678", "admin@example.com"), null, null, true);

  static final Information WITH_ORGANIZATION =
      new Information(
          new Organization("华为成都分公司", "人力部", "CN", "四川", "成都", null, null, null, null),
          new Person(null, "Zhang", "San", "13212345678", "admin@example.com", null),
          person("环境", "13512345678", "jk@example.com"),
          "-----BEGIN CERTIFICATE REQUEST-----\nMIIB\n-----END CERTIFICATE REQUEST-----\n",
          true);

  private static final Pattern STATUS = Pattern.compile("(?:^|&)status=(\\w+)");

  @Inject Vertx vertx;

  @RegisterExtension final Resources resources = new Resources();
  FixtureServer vendor;
  RecordedIntents intents;
  HuaweiScmProvider provider;

  static Person person(String name, String phone, String email) {
    return new Person(name, null, null, phone, email, null);
  }

  @BeforeEach
  void start() {
    vendor = resources.add(new FixtureServer(vertx, ScmProviderTests::operation));
    intents = new RecordedIntents(() -> vendor.received().size());
    provider = provider(keys());
  }

  static Map<String, String> keys() {
    Map<String, String> keys = new HashMap<>();
    keys.put("HUAWEICLOUD_SDK_AK", "FAKEAKEXAMPLE0000000");
    keys.put("HUAWEICLOUD_SDK_SK", Answers.SECRET);
    keys.put("HUAWEICLOUD_SDK_PROJECT_ID", PROJECT);
    keys.put("HUAWEICLOUD_SDK_SECURITY_TOKEN", Answers.TOKEN);
    return keys;
  }

  HuaweiScmProvider provider(Map<String, String> environment) {
    Map<String, String> properties = new HashMap<>(environment);
    properties.put("polycert.provider.\"huawei-scm\".endpoint", vendor.uri().toString());
    properties.put("polycert.http.backoff", "1ms");
    properties.put("polycert.http.max-backoff", "2ms");
    SmallRyeConfig config = TestConfig.of(properties, ProviderConfig.class, ScmConfig.class);
    return new HuaweiScmProvider(
        HttpTesting.clients(config, vertx, Clock.systemUTC()),
        config.getConfigMapping(ScmConfig.class),
        config.getConfigMapping(ProviderConfig.class),
        config,
        Clock.fixed(NOW, ZoneOffset.UTC));
  }

  /** {@code list ALL}, {@code show}, {@code delete}, else how the path ends. */
  private static String operation(Received request) {
    String path = request.path();
    if (path.equals("/v3/scm/certificates")) {
      String query = String.valueOf(request.query());
      return "list "
          + STATUS
              .matcher(query)
              .results()
              .map(MatchResult::group)
              .findFirst()
              .orElse("")
              .replaceFirst(".*=", "");
    }
    return switch (request.method()) {
      case "GET" -> "show";
      case "DELETE" -> "delete";
      default -> path.substring(path.lastIndexOf('/') + 1);
    };
  }

  static Reply answer(String fixture) {
    return Reply.fixture(200, "huawei/" + fixture + ".json");
  }

  static Reply error(int status, String fixture) {
    return Reply.fixture(status, "huawei/error." + fixture + ".json");
  }

  /** The answer's value, or its failure. */
  static Object await(Uni<? extends Answer<?>> step) {
    return Awaiting.await(Object.class, step);
  }

  static Applications www() {
    return Applications.forDomain("www.example.com");
  }

  static Application reserved(Information information) {
    return www().information(information).reference(REFERENCE).application();
  }

  Object prepare(Applications application) {
    return await(provider.prepare(application.application(), context()));
  }

  Object place(Application application) {
    return await(provider.place(application, intents.context()));
  }

  Object find(Application application) {
    return await(provider.find(application, context()));
  }

  Object check() {
    return await(provider.check(reserved(COMPLETE), context()));
  }

  static VendorError refused(Uni<? extends Answer<?>> step) {
    return refusal(await(step));
  }

  static VendorError refusal(Object outcome) {
    assertThat(outcome).isInstanceOf(Failure.Refused.class);
    return ((Failure.Refused) outcome).error();
  }

  static Plan plan(Object outcome) {
    assertThat(outcome).isInstanceOf(Preparation.Ready.class);
    return ((Preparation.Ready) outcome).plan();
  }

  static Progress progress(Object outcome) {
    Object progress =
        outcome instanceof Preparation.Existing(Progress existing) ? existing : outcome;
    assertThat(progress).isInstanceOf(Progress.class);
    return (Progress) progress;
  }
}
