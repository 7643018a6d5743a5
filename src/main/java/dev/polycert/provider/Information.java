package dev.polycert.provider;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Data of the applicant: organisation, administrator and contact. It may come in parts, which
 * {@link #merge} puts together.
 *
 * @param csr a PKCS#10 request in PEM, when the applicant keeps the key
 * @param agreePrivacyProtection the applicant's consent that Huawei Cloud demands
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Information(
    @Nullable Organization organization,
    @Nullable Person administrator,
    @Nullable Person contact,
    @Nullable String csr,
    @Nullable Boolean agreePrivacyProtection) {

  public static Information none() {
    return new Information(null, null, null, null, null);
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
            : agreePrivacyProtection);
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
