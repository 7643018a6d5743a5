package dev.polycert.deliver;

import dev.polycert.call.Descriptor;
import dev.polycert.provider.KeyForm;
import dev.polycert.provider.KeyStoreFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the files of a certificate are written: the options that targets with files have in common.
 *
 * @param store the one file that has all; null for PEM files
 * @param key how PEM files have the key
 * @param mode the permissions of the files with the key
 * @param owner the user that they belong to; null for that of the process or the session
 * @param group the group that they belong to; null for that of the process or the session
 */
public record FileForm(
    @Nullable KeyStoreFile store,
    KeyForm key,
    int mode,
    @Nullable String owner,
    @Nullable String group) {
  private static final String FORMAT = "format";
  private static final String KEY_FORMAT = "keyFormat";
  private static final String MODE = "mode";

  /** The options of the files' owner and group. */
  public static final String OWNER = "owner";

  public static final String GROUP = "group";

  private static final String PEM = "PEM";
  private static final String OWNER_ALONE = "0600";

  /** Group members and others get no rights: these files contain a key. */
  private static final Pattern MODES = Pattern.compile("0?[0-7][0-7]0");

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,31}");
  private static final List<KeyStoreFile> STORES = List.of(KeyStoreFile.values());
  private static final List<KeyForm> KEY_FORMS = List.of(KeyForm.PKCS8, KeyForm.TRADITIONAL);
  private static final Pattern PASSWORD = Pattern.compile("[ -~]{8,}");

  /** What a setting with the password of PKCS#12 and JKS files must be. */
  public static final String PASSWORD_RULE = "must be 8 or more printable ASCII characters";

  private static final Pattern NUMBER = Pattern.compile("\\d{1,10}");

  /** Why a certificate cannot be written so. */
  public static final String UNUSABLE =
      "certificate, chain and key do not make a file of this format; PEM without keyFormat takes"
          + " any";

  /** Four PEM files as they come, readable by their owner alone. */
  public static final FileForm PLAIN = of(Map.of());

  /**
   * Adds the options to the descriptor of a target.
   *
   * @param numbered whether owner and group have to be numbers
   * @param password the variable of the password of PKCS#12 and JKS files
   */
  public static Descriptor describe(Descriptor service, boolean numbered, String password) {
    String who = numbered ? "the number of the %s" : "the name or number of the %s";
    return service
        .option(
            FORMAT,
            "PEM (default), or one file beside cert.pem: PKCS12 and PKCS12_LEGACY (for Windows"
                + " Server 2016 and Java 8) as certificate.p12, JKS as certificate.jks; its"
                + " password is in `"
                + password
                + "`")
        .option(
            KEY_FORMAT,
            "of privkey.pem: PKCS8, or TRADITIONAL for PKCS#1 and SEC 1; as the provider gives it"
                + " when not given")
        .option(MODE, "the permissions of the files with the key, 0640 for example; default 0600")
        .option(OWNER, who.formatted("user") + " that the files get")
        .option(GROUP, who.formatted("group") + " that the files get");
  }

  /**
   * Checks the options.
   *
   * @param password whether the password of PKCS#12 and JKS files is set
   * @param variable where it is set
   * @return what is wrong, by option name
   */
  public static Map<String, String> wrong(
      Map<String, String> options, boolean numbered, boolean password, String variable) {
    Map<String, String> wrong = new HashMap<>();
    String format = options.getOrDefault(FORMAT, PEM);
    boolean pem = format.equals(PEM);
    if (!pem && find(STORES, format).isEmpty()) {
      wrong.put(FORMAT, "must be PEM, PKCS12, PKCS12_LEGACY or JKS");
    } else if (!pem && !password) {
      wrong.put(
          FORMAT,
          format + " needs a password of 8 or more printable ASCII characters in " + variable);
    }
    String key = options.get(KEY_FORMAT);
    if (key != null && find(KEY_FORMS, key).isEmpty()) {
      wrong.put(KEY_FORMAT, "must be PKCS8 or TRADITIONAL");
    } else if (key != null && !pem) {
      wrong.put(KEY_FORMAT, "is for the format PEM alone");
    }
    if (!MODES.matcher(options.getOrDefault(MODE, OWNER_ALONE)).matches()) {
      wrong.put(MODE, "must be three or four octal digits, the last of them 0: others get no key");
    }
    for (String name : new String[] {OWNER, GROUP}) {
      String value = options.get(name);
      if (value != null && !(numbered ? NUMBER : NAME).matcher(value).matches()) {
        wrong.put(name, numbered ? "must be a number" : "must be a name or a number");
      }
    }
    return wrong;
  }

  /** Reads options that are not wrong. */
  public static FileForm of(Map<String, String> options) {
    return new FileForm(
        find(STORES, options.getOrDefault(FORMAT, PEM)).orElse(null),
        find(KEY_FORMS, options.getOrDefault(KEY_FORMAT, "")).orElse(KeyForm.AS_GIVEN),
        Integer.parseInt(options.getOrDefault(MODE, OWNER_ALONE), 8),
        options.get(OWNER),
        options.get(GROUP));
  }

  /**
   * The password of PKCS#12 and JKS files: long enough, and of characters that all programs read
   * alike (RFC 7292, appendix B.1).
   */
  public static Optional<String> password(Optional<String> given) {
    return given.filter(text -> PASSWORD.matcher(text).matches());
  }

  private static <E extends Enum<E>> Optional<E> find(Iterable<E> values, String name) {
    for (E value : values) {
      if (value.name().equals(name)) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }
}
