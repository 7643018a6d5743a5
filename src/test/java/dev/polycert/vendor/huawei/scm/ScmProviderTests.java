package dev.polycert.vendor.huawei.scm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Answer;
import dev.polycert.call.Failure;
import dev.polycert.provider.Preparation;
import dev.polycert.provider.Progress;
import dev.polycert.call.CallContext;
import dev.polycert.call.RestClients;
import dev.polycert.call.Callers;
import dev.polycert.call.VendorError;
import dev.polycert.provider.Answers;
import dev.polycert.provider.Application;
import dev.polycert.provider.Applications;
import dev.polycert.provider.FixtureServer;
import dev.polycert.provider.FixtureServer.Received;
import dev.polycert.provider.FixtureServer.Reply;
import dev.polycert.provider.Information;
import dev.polycert.provider.Information.Organization;
import dev.polycert.provider.Information.Person;
import dev.polycert.provider.Plan;
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
import java.time.Duration;
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

  @Inject RestClients clients;
  @Inject Callers calls;
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
    SmallRyeConfig config = TestConfig.of(properties, ProviderConfig.class, ScmConfig.class);
    return new HuaweiScmProvider(
        config,
        config.getConfigMapping(ScmConfig.class),
        config.getConfigMapping(ProviderConfig.class),
        clients,
        calls,
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

  static Outcome await(Uni<Answer<Progress>> step) {
    return step.await().atMost(Duration.ofSeconds(20));
  }

  static CallContext reading() {
    return CallContext.readOnly(Instant.now().plusSeconds(20));
  }

  static Applications www() {
    return Applications.forDomain("www.example.com");
  }

  static Application reserved(Information information) {
    return www().information(information).reference(REFERENCE).application();
  }

  Outcome prepare(Applications application) {
    return await(provider.prepare(application.application(), reading()));
  }

  Outcome place(Application application) {
    return await(provider.place(application, intents.context()));
  }

  Outcome find(Application application) {
    return await(provider.find(application, reading()));
  }

  Outcome check() {
    return await(provider.check(reserved(COMPLETE), reading()));
  }

  static <T> Answer<T> asked(Uni<Answer<T>> question) {
    return question.await().atMost(Duration.ofSeconds(20));
  }

  static <T> T value(Answer<T> result) {
    assertThat(result).isInstanceOf(Result.Value.class);
    return ((Answer.Success<T>) result).value();
  }

  static <T> VendorError refused(Answer<T> result) {
    assertThat(result).isInstanceOf(Result.Failed.class);
    return refusal(((Answer.Failed<T>) result).outcome());
  }

  static VendorError refusal(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Failure.Refused.class);
    return ((Failure.Refused) outcome).error();
  }

  static Plan plan(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Preparation.Ready.class);
    return ((Preparation.Ready) outcome).plan();
  }

  static Progress progress(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Progress.class);
    return (Progress) outcome;
  }
}
