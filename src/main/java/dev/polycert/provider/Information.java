package dev.polycert.provider;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Data of the applicant: organisation, administrator and contact. It may come in parts, which
 * {@link #merge} puts together.
 *
 * @param csr a PKCS#10 request in PEM, when the applicant keeps the key
 * @param agreePrivacyProtection the applicant's consent that Huawei Cloud demands
 * @param keyPassword the password of the key files that the vendor makes, sealed by the vault
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Information(
    @Nullable Organization organization,
    @Nullable Person administrator,
    @Nullable Person contact,
    @Nullable String csr,
    @Nullable Boolean agreePrivacyProtection,
    @Nullable String keyPassword) {

  /** The name of {@link #keyPassword}, in requests and in the vault. */
  public static final String KEY_PASSWORD = "keyPassword";

  /** Information without a password. */
  public Information(
      @Nullable Organization organization,
      @Nullable Person administrator,
      @Nullable Person contact,
      @Nullable String csr,
      @Nullable Boolean agreePrivacyProtection) {
    this(organization, administrator, contact, csr, agreePrivacyProtection, null);
  }

  public static Information none() {
    return new Information(null, null, null, null, null);
  }

  /** A part, by its name in a request. */
  public enum Part {
    ORGANIZATION("organization", Information::organization),
    ADMINISTRATOR("administrator", Information::administrator),
    CONTACT("contact", Information::contact),
    CSR("csr", Information::csr),
    CONSENT("agreePrivacyProtection", Information::agreePrivacyProtection),
    KEY_PASSWORD(Information.KEY_PASSWORD, Information::keyPassword);

    private final String member;
    private final Function<Information, @Nullable Object> part;

    Part(String member, Function<Information, @Nullable Object> part) {
      this.member = member;
      this.part = part;
    }

    public String member() {
      return member;
    }

    boolean in(Information information) {
      return part.apply(information) != null;
    }
  }

  /**
   * The organisation that applies.
   *
   * @param country ISO 3166-1 alpha-2
   * @param region province or state
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Organization(
      @Nullable String name,
      @Nullable String division,
      @Nullable String country,
      @Nullable String region,
      @Nullable String city,
      @Nullable String address,
      @Nullable String postalCode,
      @Nullable String phoneAreaCode,
      @Nullable String phoneNumber) {}

  /**
   * A person who belongs to the organisation or acts for it.
   *
   * @param name the full name, where it is not last and first name joined
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Person(
      @Nullable String name,
      @Nullable String firstName,
      @Nullable String lastName,
      @Nullable String phone,
      @Nullable String email,
      @Nullable String position) {}

  /** Takes each member from {@code later} where it has one, and keeps the others. */
  public Information merge(Information later) {
    return new Information(
        merge(organization, later.organization),
        merge(administrator, later.administrator),
        merge(contact, later.contact),
        later.csr != null ? later.csr : csr,
        later.agreePrivacyProtection != null
            ? later.agreePrivacyProtection
            : agreePrivacyProtection,
        later.keyPassword != null ? later.keyPassword : keyPassword);
  }

  /** The same without what answers leave out: the CSR for its length, the password as a secret. */
  public Information forAnswers() {
    return new Information(organization, administrator, contact, null, agreePrivacyProtection);
  }

  /**
   * The values that are given, by the paths of their members in a request. The password is left
   * out: sealed values cannot be compared.
   */
  public Map<String, String> members(String path) {
    Map<String, String> members = new TreeMap<>();
    put(members, path + ".csr", csr);
    put(
        members,
        path + ".agreePrivacyProtection",
        agreePrivacyProtection == null ? null : agreePrivacyProtection.toString());
    if (organization != null) {
      String in = path + ".organization.";
      put(members, in + "name", organization.name);
      put(members, in + "division", organization.division);
      put(members, in + "country", organization.country);
      put(members, in + "region", organization.region);
      put(members, in + "city", organization.city);
      put(members, in + "address", organization.address);
      put(members, in + "postalCode", organization.postalCode);
      put(members, in + "phoneAreaCode", organization.phoneAreaCode);
      put(members, in + "phoneNumber", organization.phoneNumber);
    }
    put(members, path + ".administrator.", administrator);
    put(members, path + ".contact.", contact);
    return members;
  }

  private static void put(Map<String, String> members, String in, @Nullable Person person) {
    if (person != null) {
      put(members, in + "name", person.name);
      put(members, in + "firstName", person.firstName);
      put(members, in + "lastName", person.lastName);
      put(members, in + "phone", person.phone);
      put(members, in + "email", person.email);
      put(members, in + "position", person.position);
    }
  }

  private static void put(Map<String, String> members, String name, @Nullable String value) {
    if (value != null) {
      members.put(name, value);
    }
  }

  private static @Nullable Organization merge(@Nullable Organization a, @Nullable Organization b) {
    if (a == null || b == null) {
      return b == null ? a : b;
    }
    return new Organization(
        pick(a, b, Organization::name),
        pick(a, b, Organization::division),
        pick(a, b, Organization::country),
        pick(a, b, Organization::region),
        pick(a, b, Organization::city),
        pick(a, b, Organization::address),
        pick(a, b, Organization::postalCode),
        pick(a, b, Organization::phoneAreaCode),
        pick(a, b, Organization::phoneNumber));
  }

  private static @Nullable Person merge(@Nullable Person a, @Nullable Person b) {
    if (a == null || b == null) {
      return b == null ? a : b;
    }
    return new Person(
        pick(a, b, Person::name),
        pick(a, b, Person::firstName),
        pick(a, b, Person::lastName),
        pick(a, b, Person::phone),
        pick(a, b, Person::email),
        pick(a, b, Person::position));
  }

  private static <T> @Nullable String pick(T a, T b, Function<T, @Nullable String> member) {
    String later = member.apply(b);
    return later != null ? later : member.apply(a);
  }
}
