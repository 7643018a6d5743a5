package dev.polycert.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.dns.HostedZones.Hosted;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which of several zones of one name is written. */
class HostedZonesTest {
  private static final Hosted LIVE =
      new Hosted("Z1", List.of("ns-1.dns.example.", "ns-2.dns.example."));
  private static final Hosted OLD = new Hosted("Z2", List.of("ns-3.dns.example"));
  private static final Hosted SILENT = new Hosted("Z3", List.of());

  private Optional<List<String>> delegated = Optional.of(List.of("NS-2.dns.example"));
  private String ids = "other.example=Z9";
  private final List<String> looks = new ArrayList<>();

  private Answer<String> used(Hosted... hosted) {
    WriterConfig config =
        WriterTesting.config(Map.of("polycert.dns-writer.\"route53\".zone-ids", ids))
            .getConfigMapping(WriterConfig.class);
    return new HostedZones(config, (zone, deadline) -> Uni.createFrom().item(delegated))
        .of(
            "route53",
            (zone, context) -> {
              looks.add(zone);
              return Answer.of(List.of(hosted)).now();
            })
        .with("example.com", new CallContext(Instant.MAX), id -> Answer.of(id).now())
        .await()
        .indefinitely();
  }

  private VendorError refused(Hosted... hosted) {
    return ((Answer.Failed<String>) used(hosted)).failure().error();
  }

  @Test
  void theOnlyOneNeedsNoLook() {
    delegated = Optional.empty();

    assertThat(used(SILENT)).isEqualTo(Answer.of("Z3"));
  }

  @Test
  void theOneThatTheDnsDelegatesToIsWritten() {
    assertThat(used(OLD, LIVE)).isEqualTo(Answer.of("Z1"));
    assertThat(used(SILENT, LIVE)).isEqualTo(Answer.of("Z1"));
  }

  @Test
  void theOneThatIsConfiguredNeedsNoQuestion() {
    ids = "EXAMPLE.com. = Z2, other.example=Z9";

    assertThat(used(OLD, LIVE)).isEqualTo(Answer.of("Z2"));
    assertThat(looks).isEmpty();
  }

  @Test
  void severalThatNothingTellsApartAreNamed() {
    delegated = Optional.of(List.of("ns.elsewhere.example"));

    VendorError error = refused(OLD, SILENT);

    assertThat(error.errorClass()).isEqualTo(ErrorClass.FINAL);
    assertThat(error.code()).isEqualTo("Dns.SeveralZones");
    assertThat(error.message())
        .isEqualTo(
            "these credentials see 2 public zones example.com: Z2 (ns-3.dns.example), Z3; the DNS"
                + " delegates to ns.elsewhere.example: set polycert.dns-writer.\"route53\".zone-ids"
                + " to example.com=<id>");
  }

  @Test
  void twoWithTheSameServersAreNotGuessedAt() {
    assertThat(refused(LIVE, new Hosted("Z4", LIVE.servers())).code())
        .isEqualTo("Dns.SeveralZones");
  }

  @Test
  void aDnsThatDoesNotAnswerIsAskedAgain() {
    delegated = Optional.empty();

    assertThat(refused(OLD, LIVE).errorClass()).isEqualTo(ErrorClass.RETRY);
  }

  @Test
  void aSettingThatCannotBeReadIsNamed() {
    ids = "Z2";

    VendorError error = refused(OLD, LIVE);

    assertThat(error.errorClass()).isEqualTo(ErrorClass.CREDENTIALS);
    assertThat(error.message()).contains("zone-ids: 'Z2'", "write example.com=<id>");
  }
}
