package dev.polycert.vendor.aws.acmrequest;

import static dev.polycert.provider.Awaiting.await;
import static dev.polycert.provider.Awaiting.context;
import static dev.polycert.provider.Awaiting.value;

import dev.polycert.call.Answer;
import dev.polycert.call.Failure;
import dev.polycert.call.HttpTesting;
import dev.polycert.call.VendorError;
import dev.polycert.provider.Application;
import dev.polycert.provider.Applications;
import dev.polycert.provider.Preparation;
import dev.polycert.provider.Progress;
import dev.polycert.provider.ProviderConfig;
import dev.polycert.provider.SandboxControl;
import dev.polycert.provider.Validation;
import dev.polycert.sandbox.RunningSandbox;
import dev.polycert.sandbox.aws.AcmEmulator;
import dev.polycert.testing.Resources;
import dev.polycert.vendor.aws.AwsTesting;
import dev.polycert.whole.secrecy.Canaries;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** ACM emulated, which verifies signatures and validations by itself, and a provider there. */
abstract class AcmFixture {
  @RegisterExtension
  static final RunningSandbox SANDBOX =
      new RunningSandbox(
          Map.of(
              "AWS_ACCESS_KEY_ID", Canaries.of("AWS_ACCESS_KEY_ID"),
              "AWS_SECRET_ACCESS_KEY", Canaries.of("AWS_SECRET_ACCESS_KEY"),
              "AWS_SESSION_TOKEN", Canaries.of("AWS_SESSION_TOKEN"),
              "polycert.sandbox.limits", "false"),
          AcmEmulator::new);

  static final String DOMAIN = "www.example.com";
  static final String ARN =
      "arn:aws:acm:eu-central-1:123456789012:certificate/12345678-1234-1234-1234-123456789012";

  @RegisterExtension final Resources resources = new Resources();
  AcmProvider provider;
  SandboxControl sandbox;

  @BeforeEach
  void connect() {
    sandbox = new SandboxControl(SANDBOX.uri("/"));
    provider = provider("eu-central-1", Clock.systemUTC());
  }

  final AcmProvider provider(String region, Clock clock) {
    SmallRyeConfig config = HttpTesting.config(Map.of("AWS_ACM_REGION", region));
    return new AcmProvider(
        AwsTesting.directServices(SANDBOX.uri("/"), resources.vertx()),
        config.getConfigMapping(ProviderConfig.class),
        config,
        clock,
        new Random(1));
  }

  static Application of(Applications applications) {
    return applications.application().of("ord_1");
  }

  static Applications bare() {
    return Applications.forDomain(DOMAIN);
  }

  final Applications planned(Applications bare) {
    return bare.plan(
        await(Preparation.Ready.class, provider.prepare(of(bare), context())).plan().settings());
  }

  final Application placed(Applications bare) {
    Applications planned = planned(bare);
    Progress placed = value(provider.place(of(planned), context()));
    return of(planned.reference(placed.reference()));
  }

  /** What to publish, which ACM shows at the second look. */
  final List<Validation> shown(Application placed) {
    value(provider.look(placed, context()));
    return value(provider.look(placed, context())).validations();
  }

  final Progress issued(Application placed) {
    sandbox.publish(shown(placed));
    return value(provider.check(placed, context()));
  }

  final VendorError refused(Uni<? extends Answer<?>> step) {
    return await(Failure.Refused.class, step).error();
  }

  final Progress existing(Applications wanted) {
    return await(Preparation.Existing.class, provider.prepare(of(wanted), context())).progress();
  }

  static Clock clock(Duration ahead) {
    return Clock.offset(Clock.systemUTC(), ahead);
  }

  static Applications paid(Applications applications) {
    return applications.option("exportable", "true").option("acceptFee", "true");
  }

  final void use(Application placed, String by) {
    sandbox.control(
        "POST", "aws-acm/use", Map.of("arn", placed.reference().id("certificateArn"), "by", by));
  }
}
