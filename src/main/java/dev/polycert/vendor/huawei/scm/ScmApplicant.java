package dev.polycert.vendor.huawei.scm;

import dev.polycert.call.Trimmed;
import dev.polycert.provider.Application;
import dev.polycert.provider.Information;
import dev.polycert.provider.Information.Organization;
import dev.polycert.provider.Information.Person;
import dev.polycert.provider.ValidationMethod;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks an applicant's information against what SCM takes, and writes the application with it. */
final class ScmApplicant {
  private static final Pattern NAME = Pattern.compile("[A-Za-z\\p{IsHan}_\\-,.]+");
  private static final Pattern HAN = Pattern.compile("\\p{IsHan}");
  private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+");
  private static final int LONGEST_COMPANY_FIELD = 63;
  private static final int LONGEST_CSR = 5120;

  private final Application application;
  private final Information information;
  private final boolean withOrganization;

  /**
   * @param withOrganization whether the certificate names the organisation, or the API asks for it
   */
  ScmApplicant(Application application, boolean withOrganization) {
    this.application = application;
    this.information = application.terms().information();
    this.withOrganization = withOrganization;
  }

  /** The applicant of a certificate of that type; an unknown type says nothing. */
  static ScmApplicant of(Application application, String type, ScmConfig.ApiVersion version) {
    return new ScmApplicant(
        application, version == ScmConfig.ApiVersion.V2 || ScmOptions.namesOrganization(type));
  }

  /** The mandatory members that are not given yet, as JSON paths. */
  List<String> missing() {
    List<String> missing = new ArrayList<>();
    Person administrator = information.administrator();
    String person = "information.administrator.";
    require(missing, person + "name", name(administrator));
    require(missing, person + "phone", member(administrator, Person::phone));
    require(missing, person + "email", member(administrator, Person::email));
    if (withOrganization) {
      Organization organization = information.organization();
      String company = "information.organization.";
      require(missing, company + "name", member(organization, Organization::name));
      require(missing, company + "country", member(organization, Organization::country));
      require(missing, company + "region", member(organization, Organization::region));
      require(missing, company + "city", member(organization, Organization::city));
    }
    if (!Boolean.TRUE.equals(information.agreePrivacyProtection())) {
      missing.add("information.agreePrivacyProtection");
    }
    return missing;
  }

  private static void require(List<String> missing, String path, @Nullable String value) {
    if (value == null) {
      missing.add(path);
    }
  }

  /** What is given but not as SCM takes it, one sentence each, without the values. */
  List<String> invalid() {
    List<String> invalid = new ArrayList<>();
    String name = name(information.administrator());
    if (name != null && !takesName(name)) {
      invalid.add(
          "information.administrator.name must be 4 to 100 bytes of Chinese or English letters"
              + " and _ - , . without blanks (Zhang.San)");
    }
    checkEmail(invalid, "administrator", information.administrator());
    checkEmail(invalid, "contact", information.contact());
    checkOrganization(invalid, information.organization());
    String csr = information.csr();
    if (csr != null && csr.length() > LONGEST_CSR) {
      invalid.add("information.csr must have at most " + LONGEST_CSR + " characters");
    }
    return invalid;
  }

  private static boolean takesName(String name) {
    int bytes = name.getBytes(StandardCharsets.UTF_8).length;
    return bytes >= 4 && bytes <= 100 && NAME.matcher(name).matches();
  }

  private static void checkEmail(List<String> invalid, String who, @Nullable Person person) {
    String email = member(person, Person::email);
    if (email != null && !EMAIL.matcher(email).matches()) {
      invalid.add("information." + who + ".email must be an address like admin@example.com");
    }
  }

  private static void checkOrganization(List<String> invalid, @Nullable Organization organization) {
    checkLength(invalid, "name", member(organization, Organization::name));
    checkLength(invalid, "division", member(organization, Organization::division));
    checkLength(invalid, "region", member(organization, Organization::region));
    checkLength(invalid, "city", member(organization, Organization::city));
    String country = member(organization, Organization::country);
    if (country != null && !country.matches("[A-Za-z]{2}")) {
      invalid.add("information.organization.country must be two letters (CN)");
    }
  }

  private static void checkLength(List<String> invalid, String member, @Nullable String value) {
    if (value != null && value.length() > LONGEST_COMPANY_FIELD) {
      invalid.add(
          "information.organization."
              + member
              + " must have at most "
              + LONGEST_COMPANY_FIELD
              + " characters");
    }
  }

  /** Everything that keeps the application from being sent, one sentence each. */
  List<String> problems() {
    return Stream.concat(missing().stream().map(path -> path + " is missing"), invalid().stream())
        .toList();
  }

  /** The application with a certificate of that brand and type, when there are no problems. */
  ScmApi.ApplyRequest request(ScmConfig.ApiVersion version, String brand, String type) {
    Organization organization = information.organization();
    Person administrator = information.administrator();
    Person contact = information.contact();
    String csr = Trimmed.orNull(information.csr());
    boolean v3 = version == ScmConfig.ApiVersion.V3;
    return new ScmApi.ApplyRequest(
        application.domain().ascii(),
        ScmOptions.sans(application),
        csr,
        member(organization, Organization::name),
        member(organization, Organization::division),
        member(organization, Organization::region),
        member(organization, Organization::city),
        member(organization, Organization::country),
        name(administrator),
        member(administrator, Person::phone),
        member(administrator, Person::email),
        name(contact),
        member(contact, Person::phone),
        member(contact, Person::email),
        application.terms().validation() == ValidationMethod.DNS_AUTO,
        true,
        v3 ? ScmOptions.domainMethod(application) : null,
        v3 && csr == null ? application.terms().keyAlgorithm().name() : null,
        v3 ? ScmOptions.caHashAlgorithm(application, brand, type) : null);
  }

  /** Chinese names are joined last name first; others get dots, because SCM takes no blanks. */
  private static @Nullable String name(@Nullable Person person) {
    String whole = member(person, Person::name);
    String first = member(person, Person::firstName);
    String last = member(person, Person::lastName);
    if (whole != null) {
      return HAN.matcher(whole).find()
          ? whole.replaceAll("\\s+", "")
          : whole.replaceAll("\\.?\\s+", ".");
    }
    if (first == null || last == null) {
      return first != null ? first : last;
    }
    return HAN.matcher(last + first).find() ? last + first : first + "." + last;
  }

  private static <T> @Nullable String member(@Nullable T of, Function<T, @Nullable String> member) {
    return of == null ? null : Trimmed.orNull(member.apply(of));
  }
}
