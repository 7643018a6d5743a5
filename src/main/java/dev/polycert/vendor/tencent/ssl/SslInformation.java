package dev.polycert.vendor.tencent.ssl;

import dev.polycert.provider.Application;
import dev.polycert.provider.Information;
import dev.polycert.provider.Information.Organization;
import dev.polycert.provider.Information.Person;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What SubmitCertificateInformation needs. The vendor's page marks hardly any member as mandatory,
 * because they may come in several calls; its SDK marks these.
 */
final class SslInformation {
  private static final Organization NO_ORGANIZATION =
      new Organization(null, null, null, null, null, null, null, null, null);
  private static final Person NOBODY = new Person(null, null, null, null, null, null);

  private SslInformation() {}

  /** The members that are not there, as JSON paths of the request. */
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
    require(missing, "information.contact.", person(information.contact()));
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

  /** The body of SubmitCertificateInformation; without a CSR the vendor makes one with its key. */
  static SubmitInformationRequest request(String certificateId, Application application) {
    Information information = application.terms().information();
    Organization organization = organization(information);
    Person administrator = person(information.administrator());
    Person contact = person(information.contact());
    return new SubmitInformationRequest(
        certificateId,
        information.csr() == null ? "online" : "parse",
        information.csr(),
        application.domain().ascii(),
        organization.name(),
        organization.division(),
        organization.address(),
        organization.country(),
        organization.city(),
        organization.region(),
        organization.postalCode(),
        organization.phoneAreaCode(),
        organization.phoneNumber(),
        application.terms().validation().name(),
        administrator.firstName(),
        administrator.lastName(),
        administrator.phone(),
        administrator.email(),
        administrator.position(),
        contact.firstName(),
        contact.lastName(),
        contact.email(),
        contact.phone(),
        contact.position());
  }

  private static Organization organization(Information information) {
    return information.organization() == null ? NO_ORGANIZATION : information.organization();
  }

  private static Person person(@Nullable Person person) {
    return person == null ? NOBODY : person;
  }
}
