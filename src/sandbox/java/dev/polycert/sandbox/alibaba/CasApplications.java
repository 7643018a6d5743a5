package dev.polycert.sandbox.alibaba;

import static com.fasterxml.jackson.databind.node.JsonNodeFactory.instance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.sandbox.Csr;
import dev.polycert.sandbox.DomainNames;
import dev.polycert.sandbox.Query;
import dev.polycert.sandbox.World;
import dev.polycert.sandbox.alibaba.AcsGateway.Answer;
import dev.polycert.sandbox.alibaba.AcsGateway.Answer.Refusal;
import dev.polycert.sandbox.alibaba.AcsGateway.Answer.Success;
import dev.polycert.sandbox.alibaba.CasInstance.Written;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The operations of instances that change something. */
final class CasApplications {
  // Seen by the vendor's own tools; the vendor publishes no list.
  private static final Refusal STATUS =
      new Refusal(
          400,
          "OperationDenied.StatusNotSupport",
          "The current status does not support this operation.");
  private static final Refusal NAMES =
      new Refusal(
          400, "DomainAndProductNotMatch", "The domain names do not match the purchased product.");

  private static final Map<String, List<String>> CHOICES =
      Map.of(
          "ValidationMethod", List.of("DNS", "HTTP"),
          "KeyAlgorithm", List.of("RSA_2048", "ECC_256"),
          "GenerateCsrMethod", List.of("online", "upload"),
          "AutoReissue", List.of("enable", "disable"));

  private final World world;
  private final CasInstances instances;
  private final CasCertificates certificates;

  CasApplications(World world, CasInstances instances, CasCertificates certificates) {
    this.world = world;
    this.instances = instances;
    this.certificates = certificates;
  }

  Map<String, Function<Query, Answer>> operations() {
    return Map.of(
        "UpdateInstance", on(this::update),
        "ApplyCertificate", on((found, none) -> apply(found)),
        "CancelPendingCertificate", on((found, none) -> cancel(found)),
        "RevokeCertificate", on(this::revoke));
  }

  private Function<Query, Answer> on(BiFunction<CasInstance, Query, Answer> operation) {
    return parameters ->
        Refusals.missing(parameters, "InstanceId")
            .<Answer>map(refusal -> refusal)
            .orElseGet(
                () ->
                    parameters
                        .text("InstanceId")
                        .flatMap(instances::find)
                        .map(found -> operation.apply(found, parameters))
                        .orElse(CasInstances.NOT_FOUND));
  }

  /** A complete application on a bought instance is sent at once. */
  private Answer update(CasInstance found, Query parameters) {
    var refusal = refusal(found, parameters);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    found.write(written(found, parameters));
    if (found.product().isBought() && found.written().completeFor(found.product())) {
      begin(found);
    }
    return new Success(fields());
  }

  private static Optional<Refusal> refusal(CasInstance found, Query parameters) {
    for (var choice : CHOICES.entrySet()) {
      var value = parameters.text(choice.getKey());
      if (value.isPresent() && !choice.getValue().contains(value.get())) {
        return Optional.of(
            Refusals.invalid(choice.getKey(), "one of " + String.join(", ", choice.getValue())));
      }
    }
    if (!found.open()) {
      return Optional.of(STATUS);
    }
    var names = names(parameters);
    var csr = csr(parameters);
    if (parameters.text("GenerateCsrMethod").filter("upload"::equals).isPresent()
        && (csr.isEmpty() || names.isEmpty() || !Csr.isFor(csr.get(), names.getFirst()))) {
      return Optional.of(Refusals.invalid("Csr", "a PKCS#10 request for the domain"));
    }
    return names.stream().allMatch(DomainNames::valid) && found.product().takes(names)
        ? Optional.empty()
        : Optional.of(NAMES);
  }

  private static Optional<String> csr(Query parameters) {
    return parameters
        .text("Csr")
        .filter(any -> parameters.text("GenerateCsrMethod").filter("upload"::equals).isPresent());
  }

  private static List<String> names(Query parameters) {
    return Arrays.stream(parameters.text("Domain").orElse("").split(","))
        .map(name -> name.strip().toLowerCase(Locale.ROOT))
        .filter(name -> !name.isEmpty())
        .distinct()
        .toList();
  }

  /** Parameters that are not given stay as they were. */
  private static Written written(CasInstance found, Query parameters) {
    var before = found.written();
    var names = names(parameters);
    var contacts =
        IntStream.rangeClosed(1, 10)
            .mapToObj(number -> parameters.text("ContactIdList." + number))
            .flatMap(Optional::stream)
            .toList();
    return new Written(
        names.isEmpty() ? before.names() : names,
        parameters.text("ValidationMethod").orElse(before.validationMethod()),
        parameters.text("KeyAlgorithm").orElse("RSA_2048"),
        csr(parameters).orElse(null),
        contacts.isEmpty() ? before.contacts() : contacts,
        parameters.text("CompanyId").orElse(before.companyId()),
        parameters.text("AutoReissue").orElse(before.autoReissue()));
  }

  private Answer apply(CasInstance found) {
    if (!found.open()) {
      return STATUS;
    }
    if (!found.written().completeFor(found.product())) {
      return new Refusal(
          400, "MissingParameter", "The instance lacks a domain, a contact or a company.");
    }
    begin(found);
    return new Success(fields());
  }

  private void begin(CasInstance found) {
    found.apply();
    world.ledger(
        CasInstances.PROVIDER, "ApplyCertificate", found.written().names().getFirst(), found.id());
  }

  private Answer cancel(CasInstance found) {
    if (!found.status().equals(CasInstance.PENDING) || found.withdrawing()) {
      return STATUS;
    }
    found.withdraw();
    return new Success(fields());
  }

  private Answer revoke(CasInstance found, Query parameters) {
    var id = parameters.text("CertificateId").orElse(found.certificateId());
    if (found.certificateId().isEmpty()
        || found.revoked() != null
        || certificates.find(id).isEmpty()) {
      return STATUS;
    }
    found.revoke(world.now());
    return new Success(fields());
  }

  private static ObjectNode fields() {
    return instance.objectNode();
  }

  /** Lets the CA end the open applications for a domain, and returns their number. */
  int fail(String domain, String message) {
    var open =
        instances.all().stream()
            .filter(one -> one.status().equals(CasInstance.PENDING))
            .filter(one -> one.written().names().contains(domain))
            .toList();
    open.forEach(one -> one.fail(message));
    return open.size();
  }
}
