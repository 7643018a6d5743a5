package dev.polycert.function.read;

import dev.polycert.provider.CertificateRequest;
import dev.polycert.provider.Information;
import dev.polycert.provider.Information.Organization;
import dev.polycert.provider.Information.Person;
import dev.polycert.vault.Vault;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the data about the applicant. Rejects only what no vendor accepts, because each vendor has
 * rules of its own.
 */
public final class InformationReader {
  /** The most bytes of each text: no vendor accepts more than 255 characters. */
  private static final int LONGEST = 512;

  /** The most bytes of a CSR: the longest key and a hundred names of usual length fit. */
  private static final int LONGEST_CSR = 16 << 10;

  private static final Pattern EMAIL = Pattern.compile("[^\\s@]+@[^\\s@]+\\.[^\\s@.]+");
  private static final Pattern PHONE = Pattern.compile("\\+?[0-9][0-9 ()-]{3,30}");
  private static final Pattern PHONE_AREA_CODE = Pattern.compile("\\+?[0-9]{1,8}");
  private static final Pattern COUNTRY = Pattern.compile("[A-Za-z]{2}");

  /** The most bytes of a password. */
  private static final int LONGEST_PASSWORD = 128;

  private InformationReader() {}

  /**
   * Reads an object of a request; a member that was left out is null.
   *
   * @param vault seals the password, so that nothing else ever holds it
   */
  public static Information read(Fields information, Vault vault) {
    return new Information(
        information.has("organization") ? organization(information.object("organization")) : null,
        information.has("administrator") ? person(information.object("administrator")) : null,
        information.has("contact") ? person(information.object("contact")) : null,
        csr(information),
        information.flag("agreePrivacyProtection"),
        keyPassword(information, vault));
  }

  private static Organization organization(Fields fields) {
    return new Organization(
        fields.text("name", LONGEST),
        fields.text("division", LONGEST),
        matching(fields, "country", COUNTRY, "a country code of two letters, such as DE"),
        fields.text("region", LONGEST),
        fields.text("city", LONGEST),
        fields.text("address", LONGEST),
        fields.text("postalCode", LONGEST),
        matching(fields, "phoneAreaCode", PHONE_AREA_CODE, "digits, such as 0755"),
        matching(fields, "phoneNumber", PHONE, "a phone number, such as 12345678"));
  }

  private static Person person(Fields fields) {
    return new Person(
        fields.text("name", LONGEST),
        fields.text("firstName", LONGEST),
        fields.text("lastName", LONGEST),
        matching(fields, "phone", PHONE, "a phone number, such as +49 30 1234567"),
        matching(fields, "email", EMAIL, "an address, such as admin@example.com"),
        fields.text("position", LONGEST));
  }

  private static @Nullable String matching(
      Fields fields, String name, Pattern pattern, String expected) {
    String text = fields.text(name, LONGEST);
    if (text != null && !pattern.matcher(text).matches()) {
      fields.error(name, "expected " + expected + ", got " + Fields.quote(text));
    }
    return text;
  }

  private static @Nullable String keyPassword(Fields fields, Vault vault) {
    String password = fields.text(Information.KEY_PASSWORD, LONGEST_PASSWORD);
    if (password == null) {
      return null;
    }
    if (fields.has("csr")) {
      fields.error(
          Information.KEY_PASSWORD,
          "is for the key files that the vendor makes; with a csr the key stays with you");
      return null;
    }
    if (!vault.configured()) {
      fields.error(Information.KEY_PASSWORD, "is stored sealed, and POLYCERT_VAULT_KEY is not set");
      return null;
    }
    return vault.sealText(Information.KEY_PASSWORD, password);
  }

  private static @Nullable String csr(Fields fields) {
    String text = fields.text("csr", LONGEST_CSR);
    if (text == null) {
      return null;
    }
    try {
      return CertificateRequest.read(text).pem();
    } catch (CertificateRequest.InvalidRequestException e) {
      fields.error("csr", e.why());
      return null;
    }
  }
}
