package dev.polycert.vendor.tencent.ssl;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Failure;
import dev.polycert.call.WriteContext;
import dev.polycert.provider.Application;
import dev.polycert.provider.Information;
import dev.polycert.provider.Information.Organization;
import dev.polycert.provider.Information.Person;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Progress;
import dev.polycert.provider.Reference;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends the information of a bought certificate: first the data, then the order to go on with it.
 * Data that is submitted twice is merged, so both may be repeated after either failed.
 */
final class SslInformation {
  private static final Organization NO_ORGANIZATION =
      new Organization(null, null, null, null, null, null, null, null, null);
  private static final Person NO_PERSON = new Person(null, null, null, null, null, null);

  private final SslApi api;
  private final KeyPasswords passwords;

  SslInformation(SslApi api, KeyPasswords passwords) {
    this.api = api;
    this.passwords = passwords;
  }

  Uni<Answer<Progress>> submit(Application application, WriteContext context) {
    String id = application.requireReference().id(SslProgress.CERTIFICATE_ID);
    Uni<Answer<Progress>> committed =
        Answer.then(
            passwords.opened(
                application, password -> api.submit(request(id, application, password), context)),
            submitted -> commit(id, application, context));
    return Answer.recover(
        committed,
        failure ->
            failure.isRefused(TencentSslErrors.WRONG_STATUS)
                ? past(id, application, failure, context)
                : new Answer.Failed<Progress>(failure).now());
  }

  private Uni<Answer<Progress>> commit(String id, Application application, WriteContext context) {
    return api.commit(id, application.terms().validation().name(), context)
        .map(answer -> answer.then(committed -> Answer.of(committed(id, committed))));
  }

  private static Progress committed(String id, Answer.Success<SslApi.Committed> committed) {
    Integer number = committed.value().status();
    SslStatus status = SslStatus.of(number, null, false);
    return new Progress(
        status.phase(),
        Reference.of(SslProgress.CERTIFICATE_ID, id),
        List.of(),
        null,
        String.valueOf(number),
        status.message(),
        committed.requestId());
  }

  /** A certificate that no longer waits for information was submitted before: that is no error. */
  private Uni<Answer<Progress>> past(
      String id, Application application, Failure refused, CallContext context) {
    return api.describe(id, context)
        .map(
            answer -> {
              if (answer instanceof Answer.Success<SslCertificate>(var now, var requestId)) {
                Progress progress = SslProgress.of(application.domain(), now, requestId);
                if (progress.phase() != Phase.PENDING_INFORMATION) {
                  return Answer.of(progress);
                }
              }
              return new Answer.Failed<>(refused);
            });
  }

  /**
   * The members that are not there, as JSON paths of the request. The vendor's page marks hardly
   * any as mandatory, because they may come in several calls; its SDK marks these.
   */
  static List<String> missing(Information information) {
    Organization organization = organization(information);
    List<String> missing = new ArrayList<>();
    String prefix = "information.organization.";
    require(missing, prefix + "name", organization.name());
    require(missing, prefix + "division", organization.division());
    require(missing, prefix + "country", organization.country());
    require(missing, prefix + "region", organization.region());
    require(missing, prefix + "city", organization.city());
    require(missing, prefix + "address", organization.address());
    require(missing, prefix + "phoneAreaCode", organization.phoneAreaCode());
    require(missing, prefix + "phoneNumber", organization.phoneNumber());
    require(missing, "information.administrator.", person(information.administrator()));
    // The administrator serves as contact where none is given.
    if (information.contact() != null) {
      require(missing, "information.contact.", person(information.contact()));
    }
    return missing;
  }

  private static void require(List<String> missing, String prefix, Person person) {
    require(missing, prefix + "firstName", person.firstName());
    require(missing, prefix + "lastName", person.lastName());
    require(missing, prefix + "phone", person.phone());
    require(missing, prefix + "email", person.email());
    require(missing, prefix + "position", person.position());
  }

  private static void require(List<String> missing, String path, @Nullable String value) {
    if (value == null || value.isBlank()) {
      missing.add(path);
    }
  }

  /** The same progress; where it waits for information, with what is missing of that. */
  static Progress explained(Application application, Progress progress) {
    List<String> missing = missing(application.terms().information());
    return progress.phase() == Phase.PENDING_INFORMATION
            && progress.message() == null
            && !missing.isEmpty()
        ? SslProgress.explained(progress, "missing: " + String.join(", ", missing))
        : progress;
  }

  /** The body of SubmitCertificateInformation; without a CSR the vendor makes one with its key. */
  private static Map<String, @Nullable Object> request(
      String certificateId, Application application, @Nullable String keyPassword) {
    Information information = application.terms().information();
    Organization organization = organization(information);
    Person administrator = person(information.administrator());
    Person contact =
        person(information.contact() == null ? information.administrator() : information.contact());
    List<String> others = SslOptions.otherNames(application);
    Map<String, @Nullable Object> request = new LinkedHashMap<>();
    request.put("CertificateId", certificateId);
    request.put("CsrType", information.csr() == null ? "online" : "parse");
    request.put("CsrContent", information.csr());
    request.put("CertificateDomain", application.domain().ascii());
    request.put("DomainList", others.isEmpty() ? null : others);
    request.put("KeyPassword", keyPassword);
    request.put("OrganizationName", organization.name());
    request.put("OrganizationDivision", organization.division());
    request.put("OrganizationAddress", organization.address());
    request.put("OrganizationCountry", organization.country());
    request.put("OrganizationCity", organization.city());
    request.put("OrganizationRegion", organization.region());
    request.put("PostalCode", organization.postalCode());
    request.put("PhoneAreaCode", organization.phoneAreaCode());
    request.put("PhoneNumber", organization.phoneNumber());
    request.put("VerifyType", application.terms().validation().name());
    request.put("AdminFirstName", administrator.firstName());
    request.put("AdminLastName", administrator.lastName());
    request.put("AdminPhoneNum", administrator.phone());
    request.put("AdminEmail", administrator.email());
    request.put("AdminPosition", administrator.position());
    request.put("ContactFirstName", contact.firstName());
    request.put("ContactLastName", contact.lastName());
    request.put("ContactEmail", contact.email());
    request.put("ContactNumber", contact.phone());
    request.put("ContactPosition", contact.position());
    return request;
  }

  private static Organization organization(Information information) {
    return information.organization() == null ? NO_ORGANIZATION : information.organization();
  }

  private static Person person(@Nullable Person person) {
    return person == null ? NO_PERSON : FullName.split(person);
  }
}
