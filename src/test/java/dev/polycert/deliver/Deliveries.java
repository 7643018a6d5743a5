package dev.polycert.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Answer;
import dev.polycert.call.Failure;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.Pem;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Deliveries of certificates of one domain to one target. */
public final class Deliveries {
  private final Deliverer deliverer;
  private final Map<String, String> options;
  private final List<String> intents = new ArrayList<>();

  public Deliveries(Deliverer deliverer, Map<String, String> options) {
    this.deliverer = deliverer;
    this.options = options;
  }

  public Answer<String> deliver(CertificateBundle export, @Nullable String earlier) {
    return deliverer
        .deliver(DomainName.parse("www.example.com"), export, options, earlier, context())
        .await()
        .atMost(Duration.ofSeconds(30));
  }

  /** As an order does it that knows what its earlier delivery brought. */
  public Answer<Stage> advance(
      CertificateBundle export, String earlier, CertificateBundle brought) {
    return advance(export, earlier, brought, List.of());
  }

  /**
   * The same, after deliveries that were sent and got no answer.
   *
   * @param sent their certificates
   */
  public Answer<Stage> advance(
      CertificateBundle export,
      String earlier,
      CertificateBundle brought,
      List<CertificateBundle> sent) {
    return advance(export, earlier, fingerprint(brought), sent);
  }

  /** The same where no delivery has been confirmed. */
  public Answer<Stage> first(CertificateBundle export, List<CertificateBundle> sent) {
    return advance(export, null, (String) null, sent);
  }

  private Answer<Stage> advance(
      CertificateBundle export,
      @Nullable String earlier,
      @Nullable String brought,
      List<CertificateBundle> sent) {
    Consignment consignment =
        new Consignment(
            DomainName.parse("www.example.com"),
            export,
            options,
            Consignment.Source.NONE,
            earlier,
            brought,
            sent.stream().map(Deliveries::fingerprint).toList(),
            Map.of(),
            Map.of());
    return deliverer.advance(consignment, context()).await().atMost(Duration.ofSeconds(30));
  }

  private static String fingerprint(CertificateBundle certificate) {
    return Pem.fingerprint(certificate.certificate()).orElseThrow();
  }

  private WriteContext context() {
    return new WriteContext(
        Instant.now().plusSeconds(20),
        new Object(),
        operation -> Uni.createFrom().voidItem().invoke(() -> intents.add(operation)));
  }

  public String delivered(CertificateBundle export, @Nullable String earlier) {
    Answer<String> result = deliver(export, earlier);
    assertThat(result).isInstanceOf(Answer.Success.class);
    return ((Answer.Success<String>) result).value();
  }

  public Failure failed(CertificateBundle export, @Nullable String earlier) {
    Answer<String> result = deliver(export, earlier);
    assertThat(result).isInstanceOf(Answer.Failed.class);
    return ((Answer.Failed<String>) result).failure();
  }

  public VendorError refused(CertificateBundle export, @Nullable String earlier) {
    Failure failure = failed(export, earlier);
    assertThat(failure).isInstanceOf(Failure.Refused.class);
    return failure.error();
  }

  /** The writes that were announced. */
  public List<String> intents() {
    return intents;
  }
}
