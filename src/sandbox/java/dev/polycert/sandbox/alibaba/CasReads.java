package dev.polycert.sandbox.alibaba;

import static com.fasterxml.jackson.databind.node.JsonNodeFactory.instance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.sandbox.Query;
import dev.polycert.sandbox.World;
import dev.polycert.sandbox.alibaba.AcsGateway.Answer;
import dev.polycert.sandbox.alibaba.AcsGateway.Answer.Refusal;
import dev.polycert.sandbox.alibaba.AcsGateway.Answer.Success;
import dev.polycert.sandbox.alibaba.CasInstance.Proof;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** The operations of instances that change nothing, apart from the CA's looks at proofs. */
final class CasReads {
  private static final Refusal NO_TASK =
      new Refusal(404, "NotFound", "The specified task is not found.");

  /** The vendor shows that a certificate ends soon. */
  private static final Duration SOON = Duration.ofDays(30);

  private static final List<String> CONTACTS = List.of("1001", "1002");
  private static final List<String> COMPANIES = List.of("47305");

  private final World world;
  private final CasInstances instances;
  private final CasCertificates certificates;
  private final Set<String> contacts = new TreeSet<>(CONTACTS);
  private final Set<String> companies = new TreeSet<>(COMPANIES);

  CasReads(World world, CasInstances instances, CasCertificates certificates) {
    this.world = world;
    this.instances = instances;
    this.certificates = certificates;
    world.onReset(
        () -> {
          contacts.clear();
          contacts.addAll(CONTACTS);
          companies.clear();
          companies.addAll(COMPANIES);
        });
  }

  void addContact(String id) {
    contacts.add(id);
  }

  void addCompany(String id) {
    companies.add(id);
  }

  Map<String, Function<Query, Answer>> operations() {
    return Map.of(
        "ListInstances", this::list,
        "GetInstanceDetail", this::detail,
        "GetTaskAttribute", this::task,
        "ListContact", this::contacts,
        "ListCompanies", this::companies);
  }

  private Answer list(Query parameters) {
    var keyword = parameters.text("Keyword").orElse("");
    var found =
        List.copyOf(instances.all()).stream()
            .filter(one -> matches(parameters, "Status", one.status()))
            .filter(one -> matches(parameters, "InstanceType", one.product().type()))
            .filter(one -> matches(parameters, "CertificateType", one.product().certificateType()))
            .filter(one -> matches(parameters, "Brand", one.product().brand()))
            .filter(one -> matches(parameters, "CertificateStatus", certificateStatus(one)))
            .filter(
                one ->
                    String.join(",", one.written().names()).contains(keyword)
                        || one.id().contains(keyword))
            .toList();
    return CasEmulator.page(parameters, "InstanceList", "TotalCount", found, this::json);
  }

  private static boolean matches(Query parameters, String name, String value) {
    return parameters.text(name).filter(wanted -> !wanted.equals(value)).isEmpty();
  }

  private ObjectNode json(CasInstance one) {
    var product = one.product();
    var written = one.written();
    var fields =
        instance
            .objectNode()
            .put("InstanceId", one.id())
            .put("InstanceType", product.type())
            .put("Spec", product.spec())
            .put("Brand", product.brand())
            .put("CertificateType", product.certificateType())
            .put("FullDomainCount", product.singles())
            .put("WildcardDomainCount", product.wildcards())
            .put("Status", one.status())
            .put("AutoReissue", written.autoReissue());
    if (!written.names().isEmpty()) {
      fields
          .put("Domain", String.join(",", written.names()))
          .put("KeyAlgorithm", written.keyAlgorithm());
    }
    if (!one.certificateId().isEmpty()) {
      fields.put("InstanceEndTime", one.paidUntil().getEpochSecond());
    }
    if (!one.pendingResult().isEmpty()) {
      fields.put("PendingResult", one.pendingResult());
    }
    certificates
        .find(one.certificateId())
        .ifPresent(
            certificate ->
                fields
                    .put("CertificateId", certificate.id())
                    .put("CertIdentifier", certificate.identifier())
                    .put("CertificateName", certificate.name())
                    .put("CertificateStatus", certificateStatus(one))
                    .put("CertificateNotBefore", certificate.facts().notBefore().getEpochSecond())
                    .put("CertificateNotAfter", certificate.facts().notAfter().getEpochSecond()));
    return fields;
  }

  private String certificateStatus(CasInstance one) {
    return certificates
        .find(one.certificateId())
        .map(
            certificate -> {
              var left = Duration.between(world.now(), certificate.facts().notAfter());
              return one.revoked() != null
                  ? "revoked"
                  : left.isNegative()
                      ? "expired"
                      : left.compareTo(SOON) < 0 ? "willExpire" : "issued";
            })
        .orElse("");
  }

  private Answer detail(Query parameters) {
    var missing = Refusals.missing(parameters, "InstanceId");
    if (missing.isPresent()) {
      return missing.get();
    }
    return parameters
        .text("InstanceId")
        .flatMap(instances::find)
        .<Answer>map(one -> new Success(detail(one)))
        .orElse(CasInstances.NOT_FOUND);
  }

  private ObjectNode detail(CasInstance one) {
    instances.look(one);
    var fields = json(one);
    var written = one.written();
    if (!written.names().isEmpty()) {
      fields
          .put("ValidationMethod", written.validationMethod())
          .put("GenerateCsrMethod", written.csr() == null ? "online" : "upload");
      Optional.ofNullable(written.csr()).ifPresent(csr -> fields.put("Csr", csr));
      var ids = fields.putArray("ContactIdList");
      if (!written.companyId().isEmpty()) {
        fields.put("CompanyId", Long.parseLong(written.companyId()));
      }
      written.contacts().forEach(contact -> ids.add(Long.parseLong(contact)));
    }
    var proofs = fields.putArray("DomainValidationList");
    one.proofs().forEach(proof -> proofs.add(json(proof)));
    return fields;
  }

  private static ObjectNode json(Proof proof) {
    return instance
        .objectNode()
        .put("Domain", proof.domain())
        .put("RootDomain", proof.rootDomain())
        .put("ValidationType", proof.type())
        .put("ValidationKey", proof.key())
        .put("ValidationValue", proof.value());
  }

  private Answer task(Query parameters) {
    var missing = Refusals.missing(parameters, "TaskId");
    if (missing.isPresent()) {
      return missing.get();
    }
    return parameters
        .text("TaskId")
        .flatMap(instances::find)
        .flatMap(one -> Optional.ofNullable(one.task()))
        .<Answer>map(
            task ->
                new Success(
                    instance
                        .objectNode()
                        .put("TaskStatus", task.status())
                        .put("TaskMessage", task.message())))
        .orElse(NO_TASK);
  }

  private Answer contacts(Query parameters) {
    return CasEmulator.page(
        parameters,
        "ContactList",
        "TotalCount",
        List.copyOf(contacts),
        id ->
            instance
                .objectNode()
                .put("ContactId", Long.parseLong(id))
                .put("Name", "Li Ming")
                .put("Email", "admin@example.com")
                .put("EmailStatus", 1)
                .put("Mobile", "13800000000")
                .put("MobileStatus", 1));
  }

  private Answer companies(Query parameters) {
    return CasEmulator.page(
        parameters,
        "CompanyList",
        "TotalCount",
        companies.stream()
            .filter(id -> parameters.text("CompanyId").filter(it -> !it.equals(id)).isEmpty())
            .toList(),
        id ->
            instance
                .objectNode()
                .put("CompanyId", Long.parseLong(id))
                .put("CompanyName", "Example Ltd"));
  }
}
