package dev.polycert.vendor.huawei.elb;

import static dev.polycert.call.ErrorClass.FINAL;
import static dev.polycert.call.ErrorClass.RETRY;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Client;
import dev.polycert.call.Clients;
import dev.polycert.call.Descriptor;
import dev.polycert.call.ErrorTable;
import dev.polycert.call.JsonBody;
import dev.polycert.call.JsonEnvelope;
import dev.polycert.call.Service;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.deliver.Consignment;
import dev.polycert.deliver.Deliverer;
import dev.polycert.deliver.Stage;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.KeyForm;
import dev.polycert.provider.Pem;
import dev.polycert.vendor.huawei.HuaweiEnvelope;
import dev.polycert.vendor.huawei.RegionalProduct;
import dev.polycert.vendor.huawei.Uploads;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * Makes certificates of ELB, and replaces their contents under the same id, so that all listeners
 * that use them serve the renewal.
 */
@ApplicationScoped
public class HuaweiElbDeliverer implements Deliverer {
  private static final String CERTIFICATE_ID = "certificateId";
  private static final String ENTERPRISE_PROJECT = "enterpriseProjectId";

  private static final Descriptor SERVICE =
      RegionalProduct.describe(
              "huawei-elb",
              "a certificate of Huawei Cloud ELB; a renewal replaces its content under the same"
                  + " id, and all listeners follow")
          .access(
              "a user that may `elb:certificates:list`, `elb:certificates:create` and"
                  + " `elb:certificates:put`")
          .option(
              CERTIFICATE_ID,
              "the id of a server certificate that is there, for example one that listeners use"
                  + " already; made when not given")
          .option(ENTERPRISE_PROJECT, "the enterprise project of a certificate that is made");

  private static final Pattern ID = Pattern.compile("[0-9a-z-]{1,64}");

  /** "The number of domain names cannot exceed 100" ("Updating a Certificate"). */
  private static final int MOST_NAMES = 100;

  private static final String OTHERS = "Certificate.OtherNames";
  private static final String NO_SERVER = "Certificate.NoServer";
  private static final String REPLACED = "Certificate.Replaced";

  /** The refusals that no repeated try changes. */
  private static final Set<String> FOR_GOOD = Set.of(OTHERS, NO_SERVER, REPLACED);

  /**
   * "Error Codes", as far as operations on certificates have them. The list is not complete: what
   * is not here is classified by its HTTP status.
   */
  static final ErrorTable ERRORS =
      HuaweiEnvelope.gatewayErrors()
          .put(FINAL, "ELB.0002", "ELB.0230", "ELB.1001", "ELB.1004", "ELB.1005", "ELB.1011")
          .put(FINAL, "ELB.5020")
          // "Contact customer service": failures of the service itself.
          .put(RETRY, "ELB.0004", "ELB.5033")
          // Of API v3: there is no such thing, and a conflict with what is there.
          .put(FINAL, "ELB.8904", "ELB.8907")
          .build();

  private static final HuaweiEnvelope ENVELOPE = new HuaweiEnvelope(ERRORS);

  private final RegionalProduct<ElbApi> product;
  private final Clock clock;

  HuaweiElbDeliverer(Clients clients, Config config, Clock clock) {
    product = new RegionalProduct<>(SERVICE, "elb", ElbApi.class, clients, config);
    this.clock = clock;
  }

  @Override
  public Service service() {
    return product.service();
  }

  @Override
  public Optional<String> place() {
    return Optional.of(CERTIFICATE_ID);
  }

  @Override
  public Map<String, String> wrong(Map<String, String> options) {
    Map<String, String> wrong = product.wrong(options);
    String id = options.get(CERTIFICATE_ID);
    if (id != null && !ID.matcher(id).matches()) {
      wrong.put(CERTIFICATE_ID, "must be the id of a certificate, 32 letters and digits");
    }
    return wrong;
  }

  /** Huawei Cloud's pages show keys in OpenSSL's own form. */
  @Override
  public KeyForm keyForm() {
    return KeyForm.TRADITIONAL;
  }

  @Override
  public boolean refusesForGood(VendorError error) {
    return FOR_GOOD.contains(error.code());
  }

  /** The target and the certificate of a delivery. */
  private record Errand(
      Client<ElbApi> client,
      String project,
      CertificateBundle certificate,
      String name,
      WriteContext context) {}

  /** A certificate that is there, without its key, which ELB shows as well. */
  private record Held(String id, String name, String type, String content) {}

  @Override
  public Uni<Answer<String>> deliver(
      DomainName domain,
      CertificateBundle certificate,
      Map<String, String> options,
      @Nullable String earlier,
      WriteContext context) {
    return deliver(
        Consignment.first(domain, certificate, options, Consignment.Source.NONE, earlier), context);
  }

  @Override
  public Uni<Answer<Stage>> advance(Consignment consignment, WriteContext context) {
    return deliver(consignment, context).map(answer -> answer.map(Stage.Done::new));
  }

  /** Looks first, so that it makes nothing twice and sends no certificate that is there already. */
  private Uni<Answer<String>> deliver(Consignment consignment, WriteContext context) {
    Map<String, String> options = consignment.options();
    CertificateBundle certificate = consignment.certificate();
    String earlier = consignment.earlier();
    Map<String, String> wrong = wrong(options);
    Optional<String> name = Uploads.name(certificate.certificate());
    if (!wrong.isEmpty() || name.isEmpty()) {
      return (wrong.isEmpty()
              ? Answer.<String>refused(Pem.UNREADABLE)
              : Uploads.<String>refused("Target.Invalid", wrong.toString()))
          .now();
    }
    Errand errand =
        new Errand(
            product.client(options), product.project(options), certificate, name.get(), context);
    String chosen = options.get(CERTIFICATE_ID);
    if (chosen != null) {
      return Answer.then(
          find(errand, chosen, null),
          found -> replaceOther(errand, chosen, found.value().stream().findFirst()));
    }
    return earlier == null
        ? first(errand, consignment)
        : Answer.then(
            find(errand, earlier, null),
            found ->
                found.value().isEmpty()
                    ? first(errand, consignment)
                    : renew(errand, consignment, found.value().getFirst()));
  }

  /**
   * Replaces a certificate that we made, but not what somebody else has put in its place, for as
   * long as that is valid. If the certificate that we brought is unknown, its name identifies it,
   * because the name is made of the fingerprint.
   */
  private Uni<Answer<String>> renew(Errand errand, Consignment consignment, Held there) {
    Optional<String> fingerprint = Pem.fingerprint(there.content);
    boolean untouched =
        Uploads.name(there.content).filter(there.name::equals).isPresent()
            || fingerprint
                .filter(it -> consignment.brought() != null && !consignment.isOfOthers(it))
                .isPresent()
            || Uploads.isSame(there.content, errand.certificate.certificate());
    return untouched || !isValid(there.content)
        ? replace(errand, there, errand.name)
        : Uploads.<String>refused(
                REPLACED,
                "somebody has put another certificate in the place of %s, for %s; name it as certificateId to have it replaced all the same"
                    .formatted(there.id, Uploads.dnsNames(there.content)))
            .now();
  }

  /**
   * Replaces a certificate that somebody else made, if none of its names is left without one. One
   * that has ended has no names to lose.
   */
  private Uni<Answer<String>> replaceOther(Errand errand, String id, Optional<Held> found) {
    if (found.isEmpty()) {
      return Uploads.<String>refused(
              "Certificate.NotFound", "there is no certificate " + id + " in this project")
          .now();
    }
    Held there = found.get();
    if (!there.type.equals("server")) {
      return Uploads.<String>refused(
              NO_SERVER, id + " is a certificate of the type " + there.type + ", not server")
          .now();
    }
    List<String> lost = Uploads.uncovered(there.content, errand.certificate.certificate());
    if (!lost.isEmpty() && isValid(there.content)) {
      return Uploads.<String>refused(
              OTHERS,
              "%s is a valid certificate for %s too, which the new one is not for; name another id, or apply for all of its names: %s"
                  .formatted(id, lost, Uploads.dnsNames(there.content)))
          .now();
    }
    return replace(errand, there, null);
  }

  private boolean isValid(String certificate) {
    Instant now = clock.instant();
    return Pem.certificate(certificate)
        .filter(it -> it.getNotAfter().toInstant().isAfter(now))
        .isPresent();
  }

  /** Looks for it, and for one of ours that no answer confirmed, which it then replaces. */
  private Uni<Answer<String>> first(Errand errand, Consignment consignment) {
    List<String> names =
        Stream.concat(
                Stream.of(errand.name), consignment.sent().reversed().stream().map(Uploads::nameOf))
            .distinct()
            .toList();
    return first(errand, names, consignment.options());
  }

  private Uni<Answer<String>> first(
      Errand errand, List<String> names, Map<String, String> options) {
    if (names.isEmpty()) {
      return create(errand, options.get(ENTERPRISE_PROJECT));
    }
    String name = names.getFirst();
    return Answer.then(
        find(errand, null, name),
        found ->
            found.value().stream()
                .filter(held -> held.name.equals(name))
                .filter(held -> Uploads.name(held.content).filter(name::equals).isPresent())
                .findFirst()
                .map(held -> replace(errand, held, errand.name))
                .orElseGet(() -> first(errand, names.subList(1, names.size()), options)));
  }

  private static Uni<Answer<List<Held>>> find(
      Errand errand, @Nullable String id, @Nullable String name) {
    CallContext context = errand.context;
    return errand.client.read(
        "ListCertificates",
        context,
        api -> api.listCertificates(errand.project, errand.project, id, name),
        ENVELOPE.decoder(
            JsonEnvelope.allOf(
                "certificates",
                item -> id == null || id.equals(JsonEnvelope.first(item, "id")),
                HuaweiElbDeliverer::held),
            "certificates"));
  }

  private static Held held(JsonNode item) {
    return new Held(
        item.path("id").asText(),
        item.path("name").asText(),
        item.path("type").asText("server"),
        item.path("certificate").asText());
  }

  private static Uni<Answer<String>> create(Errand errand, @Nullable String enterpriseProject) {
    ObjectNode certificate = content(errand).put("name", errand.name).put("type", "server");
    if (enterpriseProject != null) {
      certificate.put("enterprise_project_id", enterpriseProject);
    }
    byte[] body = body(certificate);
    return errand.client.write(
        "CreateCertificate",
        errand.context,
        api -> api.createCertificate(errand.project, errand.project, body),
        ENVELOPE.decoder(HuaweiElbDeliverer::id, "the certificate's id"));
  }

  /**
   * Replaces a content, unless it is the same.
   *
   * @param rename the name that it gets; null to leave it
   */
  private static Uni<Answer<String>> replace(Errand errand, Held there, @Nullable String rename) {
    if (Uploads.isSame(there.content, errand.certificate.certificate())) {
      return Answer.of(there.id).now();
    }
    ObjectNode certificate = content(errand);
    if (rename != null && Uploads.isOurs(there.name)) {
      certificate.put("name", rename);
    }
    byte[] body = body(certificate);
    return errand.client.write(
        "UpdateCertificate",
        errand.context,
        api -> api.updateCertificate(errand.project, errand.project, there.id, body),
        ENVELOPE.decoder(
            root -> id(root).filter(there.id::equals), "the id of the certificate " + there.id));
  }

  /** Listeners that choose by SNI do so by the names in {@code domain}. */
  private static ObjectNode content(Errand errand) {
    CertificateBundle bundle = errand.certificate;
    List<String> names = Uploads.dnsNames(bundle.certificate());
    ObjectNode content =
        JsonNodeFactory.instance
            .objectNode()
            .put("certificate", bundle.fullChain())
            .put("private_key", Pem.text(Objects.requireNonNull(bundle.privateKey()).reveal()));
    return names.isEmpty() || names.size() > MOST_NAMES
        ? content
        : content.put("domain", String.join(",", names));
  }

  private static byte[] body(ObjectNode certificate) {
    return JsonBody.of(JsonNodeFactory.instance.objectNode().set("certificate", certificate));
  }

  private static Optional<String> id(JsonNode root) {
    return Optional.ofNullable(JsonEnvelope.first(root.path("certificate"), "id"))
        .filter(id -> !id.isEmpty());
  }
}
