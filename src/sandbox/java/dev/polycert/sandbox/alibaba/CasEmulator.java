package dev.polycert.sandbox.alibaba;

import static com.fasterxml.jackson.databind.node.JsonNodeFactory.instance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.sandbox.ControlBody;
import dev.polycert.sandbox.ForwardingEmulator;
import dev.polycert.sandbox.Query;
import dev.polycert.sandbox.StockControl;
import dev.polycert.sandbox.VendorEmulator;
import dev.polycert.sandbox.World;
import dev.polycert.sandbox.alibaba.AcsGateway.Answer;
import dev.polycert.sandbox.alibaba.AcsGateway.Answer.Refusal;
import dev.polycert.sandbox.alibaba.AcsGateway.Answer.Success;
import dev.polycert.sandbox.alibaba.CasCertificates.Uploaded;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Alibaba Cloud CAS, API 2020-04-07: uploads here, instances beside it. */
@ApplicationScoped
public class CasEmulator implements ForwardingEmulator {
  private static final String PROVIDER = CasInstances.PROVIDER;
  private static final int LONGEST_NAME = 64;
  private static final int LARGEST_PAGE = 100;
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu-MM-dd").withZone(ZoneOffset.UTC);

  // The vendor publishes no codes for these.
  private static final Refusal NOT_FOUND =
      new Refusal(404, "NotFound", "The specified certificate is not found.");
  private static final Refusal NAME_REPEAT =
      new Refusal(400, "NameRepeat", "The certificate name already exists.");

  private final World world;
  private final CasCertificates certificates;
  private final CasReads reads;
  private final StockControl control;
  private final AcsGateway gateway;

  public CasEmulator(World world, CasCertificates certificates) {
    this.world = world;
    this.certificates = certificates;
    var instances = new CasInstances(world, certificates);
    var applications = new CasApplications(world, instances, certificates);
    control =
        new StockControl(
            (count, body) -> instances.stock(count, body.flag("bought").orElse(true)),
            (domain, body) ->
                applications.fail(
                    domain,
                    body.optionalText("message").orElse("the CA did not pass the application")));
    Map<String, Function<Query, Answer>> operations =
        new HashMap<>(
            Map.of(
                "UploadUserCertificate", this::upload,
                "ListUserCertificateOrder", this::list,
                "GetUserCertificateDetail", this::detail,
                "DeleteUserCertificate", this::delete,
                "ListCloudResources", this::resources));
    operations.putAll(applications.operations());
    reads = new CasReads(world, instances, certificates);
    operations.putAll(reads.operations());
    gateway = new AcsGateway(world, PROVIDER, "cas", "2020-04-07", operations);
  }

  @Override
  public VendorEmulator target() {
    return gateway;
  }

  @Override
  public Reply control(String method, String path, ControlBody body) {
    switch (method + " " + path) {
      case "POST contact" -> reads.addContact(body.text("id"));
      case "POST company" -> reads.addCompany(body.text("id"));
      default -> {
        return control.control(method, path, body);
      }
    }
    return Reply.json(200, "{}");
  }

  private Answer upload(Query parameters) {
    var refusal =
        Refusals.missing(parameters, "Name").or(() -> KeyPairs.refusal(parameters, "Cert", "Key"));
    if (refusal.isPresent()) {
      return refusal.get();
    }
    var name = parameters.text("Name").orElseThrow();
    if (name.length() > LONGEST_NAME) {
      return Refusals.invalid("Name", "at most " + LONGEST_NAME + " characters");
    }
    if (certificates.all().stream().anyMatch(one -> one.name().equals(name))) {
      return NAME_REPEAT;
    }
    var facts = CertificateFacts.of(parameters.text("Cert").orElseThrow()).orElseThrow();
    var uploaded = certificates.add(name, facts);
    world.ledger(
        PROVIDER, "UploadUserCertificate", facts.names().getFirst(), uploaded.identifier());
    return new Success(
        instance
            .objectNode()
            .put("CertId", uploaded.id())
            .put("ResourceId", "cas-upload-" + uploaded.id()));
  }

  /** Without a status it lists those that are valid. */
  private Answer list(Query parameters) {
    boolean expired = parameters.text("Status").filter("EXPIRED"::equals).isPresent();
    boolean uploads =
        parameters.text("OrderType").filter(List.of("UPLOAD", "CERT")::contains).isPresent();
    var found =
        certificates.all().stream()
            .filter(one -> uploads && one.isUpload() && isExpired(one) == expired)
            .toList();
    return page(parameters, "CertificateOrderList", "TotalCount", found, this::json);
  }

  private boolean isExpired(Uploaded one) {
    return !one.facts().notAfter().isAfter(world.now());
  }

  private ObjectNode json(Uploaded one) {
    return instance
        .objectNode()
        .put("CertificateId", one.id())
        .put("Name", one.name())
        .put("CommonName", one.facts().commonName())
        .put("Sans", String.join(",", one.facts().names()))
        .put("Issuer", one.facts().issuerCommonName())
        .put("SerialNo", one.facts().serialNumber())
        .put("Sha2", one.facts().sha256().toUpperCase(Locale.ROOT))
        .put("StartDate", DAY.format(one.facts().notBefore()))
        .put("EndDate", DAY.format(one.facts().notAfter()))
        .put("Expired", isExpired(one))
        .put("Upload", true);
  }

  private Answer detail(Query parameters) {
    return parameters
        .text("CertId")
        .flatMap(certificates::find)
        .<Answer>map(one -> new Success(detail(one, parameters.text("CertFilter"))))
        .orElse(NOT_FOUND);
  }

  /**
   * @param filter {@code true} leaves the certificate's text and its key out
   */
  private ObjectNode detail(Uploaded one, Optional<String> filter) {
    var facts = one.facts();
    var fields =
        instance
            .objectNode()
            .put("Id", one.id())
            .put("Name", one.name())
            .put("CertIdentifier", one.identifier())
            .put("InstanceId", one.instanceId())
            .put("Common", facts.commonName())
            .put("Sans", String.join(",", facts.names()))
            .put("Issuer", facts.issuerCommonName())
            .put("SerialNo", facts.serialNumber())
            .put("Sha2", facts.sha256().toUpperCase(Locale.ROOT))
            .put("Algorithm", facts.publicKeyAlgorithm().equals("ECDSA") ? "ECC" : "RSA")
            .put("NotBefore", facts.notBefore().toEpochMilli())
            .put("NotAfter", facts.notAfter().toEpochMilli())
            .put("Expired", isExpired(one))
            .put("BuyInAliyun", !one.isUpload());
    if (filter.filter("true"::equals).isEmpty()) {
      fields.put("Cert", facts.pem());
      if (!one.key().isEmpty()) {
        fields.put("Key", one.key());
      }
    }
    return fields;
  }

  private Answer delete(Query parameters) {
    var missing = Refusals.missing(parameters, "CertId");
    if (missing.isPresent()) {
      return missing.get();
    }
    return certificates.remove(parameters.text("CertId").orElseThrow())
        ? new Success(instance.objectNode())
        : NOT_FOUND;
  }

  private Answer resources(Query parameters) {
    var ids = Arrays.asList(parameters.text("CertIds").orElse("[]").split("[\\[\\], ]+"));
    var found =
        certificates.uses().stream()
            .filter(
                use -> ids.size() == 0 || ids.contains(use.identifier().replaceFirst("-.*", "")))
            .toList();
    return page(
        parameters,
        "Data",
        "Total",
        found,
        use ->
            instance
                .objectNode()
                .put("CertId", Long.parseLong(use.identifier().replaceFirst("-.*", "")))
                .put("CloudName", "aliyun")
                .put("CloudProduct", use.product())
                .put("Domain", use.where())
                .put("EnableHttps", 1)
                .put("RegionId", CasCertificates.REGION));
  }

  /** One page of a listing. */
  static <T> Answer page(
      Query parameters, String list, String total, List<T> found, Function<T, ObjectNode> json) {
    var number = parameters.text("CurrentPage").orElse("1");
    var size = parameters.text("ShowSize").orElse("50");
    if (!number.matches("[1-9]\\d{0,6}")) {
      return Refusals.invalid("CurrentPage", "an integer from 1");
    }
    if (!size.matches("[1-9]\\d{0,2}") || Integer.parseInt(size) > LARGEST_PAGE) {
      return Refusals.invalid("ShowSize", "an integer from 1 to " + LARGEST_PAGE);
    }
    var page = new Page(Integer.parseInt(number), Integer.parseInt(size));
    var fields = instance.objectNode();
    fields.put("CurrentPage", page.number()).put("ShowSize", page.size());
    fields.put(total, found.size());
    var array = fields.putArray(list);
    page.of(found).forEach(one -> array.add(json.apply(one)));
    return new Success(fields);
  }
}
