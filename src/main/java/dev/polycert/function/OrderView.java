package dev.polycert.function;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.polycert.call.SecretOptions;
import dev.polycert.domain.DomainName;
import dev.polycert.domain.ServedAddress;
import dev.polycert.order.Delivery;
import dev.polycert.order.Order;
import dev.polycert.order.OrderId;
import dev.polycert.order.OrderState;
import dev.polycert.order.Publication;
import dev.polycert.order.Served;
import dev.polycert.provider.CertificateFacts;
import dev.polycert.provider.Information;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Reference;
import dev.polycert.provider.RenewalWindow;
import dev.polycert.provider.Validation;
import dev.polycert.provider.ValidationMethod;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An order in an answer.
 *
 * @param domain A-labels
 * @param unicode U-labels, where they differ
 * @param version the number of recorded transitions
 * @param options the provider's options; those that may be secret are masked
 * @param information data about the applicant, without the CSR and the password
 * @param csrGiven whether the applicant gave a CSR
 * @param keyPasswordGiven whether the applicant gave a password for the vendor's key files
 * @param reference what the vendor calls the order
 * @param validations what to publish
 * @param vendorStatus the vendor's last status verbatim
 * @param nextStepAt when the next step is due
 * @param deadline when the state ends by itself
 * @param watched whether Polycert only watches it and does not renew it
 * @param suggestedRenewal when the CA suggests the renewal
 * @param publications the DNS records that are published for its validation
 * @param deliveries the targets that the certificate is delivered to
 * @param delivered whether every target has the certificate; null where there are none
 * @param served what the hosts served when we last looked; null before that
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record OrderView(
    OrderId id,
    String domain,
    @Nullable String unicode,
    String provider,
    String account,
    @Nullable String label,
    int generation,
    @Nullable OrderId renewalOf,
    long version,
    OrderState state,
    ValidationMethod validation,
    KeyAlgorithm keyAlgorithm,
    Map<String, String> options,
    @Nullable Information information,
    boolean csrGiven,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean keyPasswordGiven,
    @Nullable Reference reference,
    @JsonIgnoreProperties("keyAuthorization") List<Validation> validations,
    @Nullable CertificateFacts certificate,
    @Nullable String vendorStatus,
    @Nullable String message,
    @Nullable ErrorView error,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant appliedAt,
    @Nullable Instant nextStepAt,
    @Nullable Instant deadline,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean watched,
    @Nullable RenewalWindow suggestedRenewal,
    List<PublicationView> publications,
    List<DeliveryView> deliveries,
    @Nullable Boolean delivered,
    @Nullable ServedView served) {
  static OrderView of(Order order) {
    Information information = order.terms().information();
    return new OrderView(
        order.id(),
        order.domain().ascii(),
        unicode(order.domain()),
        order.provider(),
        order.account(),
        order.identity().label(),
        order.generation(),
        order.renewalOf(),
        order.version(),
        order.state(),
        order.terms().validation(),
        order.terms().keyAlgorithm(),
        masked(order.terms().options()),
        shown(information),
        information.csr() != null,
        information.keyPassword() != null,
        order.reference(),
        order.validations(),
        order.certificate(),
        order.vendorStatus(),
        order.message(),
        ErrorView.ofNullable(order.error()),
        order.createdAt(),
        order.updatedAt(),
        order.placement().appliedAt(),
        order.nextStepAt(),
        order.deadline(),
        order.watched(),
        order.issuance().suggested(),
        publications(order),
        deliveries(order),
        delivered(order),
        ServedView.of(order));
  }

  static @Nullable Boolean delivered(Order order) {
    return order.deliveries().isEmpty()
        ? null
        : (Boolean)
            order.deliveries().stream()
                .allMatch(delivery -> delivery.state() == Delivery.State.DELIVERED);
  }

  static List<PublicationView> publications(Order order) {
    return order.publications().stream().map(PublicationView::of).toList();
  }

  static List<DeliveryView> deliveries(Order order) {
    return order.deliveries().stream().map(DeliveryView::of).toList();
  }

  /**
   * A DNS record that is published for an order.
   *
   * @param writtenName the name that it is written under, when a CNAME delegates there
   */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record PublicationView(
      String recordName,
      @Nullable String writtenName,
      @Nullable String writer,
      Publication.State state,
      @Nullable ErrorView error) {

    static PublicationView of(Publication record) {
      boolean elsewhere = !record.writtenName().equals(record.recordName());
      return new PublicationView(
          record.recordName(),
          elsewhere ? record.writtenName() : null,
          record.writer(),
          record.state(),
          ErrorView.ofNullable(record.error()));
    }
  }

  /**
   * A delivery of the certificate.
   *
   * @param serves where it is said to be served; left out for the names of the certificate
   * @param place what the target calls the delivered certificate
   * @param progress what is known of a delivery that takes several steps and is not done
   */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record DeliveryView(
      String to,
      Map<String, String> options,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<String> serves,
      Delivery.State state,
      @Nullable String place,
      Map<String, String> progress,
      @Nullable ErrorView error) {

    static DeliveryView of(Delivery delivery) {
      return new DeliveryView(
          delivery.target().to(),
          masked(delivery.target().options()),
          delivery.target().serves(),
          delivery.state(),
          delivery.place(),
          delivery.progress() == null ? Map.of() : delivery.progress().state(),
          ErrorView.ofNullable(delivery.error()));
    }
  }

  /**
   * What the hosts of an order served when we last looked.
   *
   * @param everywhere whether every address serves the order's certificate; false where no address
   *     was looked at
   * @param lookedAt when that was
   * @param nextLookAt when the sweep looks again; null when it does not
   */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ServedView(
      boolean everywhere,
      Instant lookedAt,
      @Nullable Instant nextLookAt,
      List<AddressView> addresses) {

    static @Nullable ServedView of(Order order) {
      Served served = order.issuance().served();
      Instant at = served == null ? null : served.at();
      return served == null || at == null
          ? null
          : new ServedView(
              served.everywhere(),
              at,
              served.next(),
              served.addresses().stream().map(it -> AddressView.of(it, at)).toList());
    }
  }

  /**
   * What one address served.
   *
   * @param detail what is wrong, as the rest of a sentence that begins with the host
   * @param daysLeft whole days that the certificate had left then, negative after its end
   */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record AddressView(
      String host,
      @Nullable String address,
      ServedAddress.Status status,
      @Nullable String detail,
      @Nullable String serialNumber,
      @Nullable String fingerprint,
      @Nullable Instant notAfter,
      @Nullable Long daysLeft) {

    static AddressView of(ServedAddress seen, Instant now) {
      return new AddressView(
          seen.host(),
          seen.address(),
          seen.status(),
          seen.detail(),
          seen.serialNumber(),
          seen.fingerprint(),
          seen.notAfter(),
          seen.daysLeft(now));
    }
  }

  /** The U-label form; null where it equals the A-labels. */
  static @Nullable String unicode(DomainName domain) {
    return domain.unicode().equals(domain.ascii()) ? null : domain.unicode();
  }

  private static Map<String, String> masked(Map<String, String> options) {
    Map<String, String> masked = new TreeMap<>();
    options.forEach(
        (name, value) -> masked.put(name, SecretOptions.hides(name, value) ? "***" : value));
    return masked;
  }

  private static @Nullable Information shown(Information given) {
    Information rest = given.forAnswers();
    return rest.equals(Information.none()) ? null : rest;
  }
}
